package conformance

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"sigs.k8s.io/yaml"

	"github.com/gateproof/gateproof/reports"
)

// digest is over the report's JSON without the digest itself.
func (r Report) digest() (string, error) {
	r.Digest = ""
	return digestOf(r)
}

// digestOf is over any version's JSON: fields in the type's order, maps by key, so that the same content has the same bytes.
func digestOf(report any) (string, error) {
	data, err := json.Marshal(report)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("sha256:%x", sha256.Sum256(data)), nil
}

// JSON is the report's JSON form.
func (r Report) JSON() ([]byte, error) {
	data, err := json.MarshalIndent(r, "", "  ")
	return append(data, '\n'), err
}

// YAML is the report's YAML form.
func (r Report) YAML() ([]byte, error) { return yaml.Marshal(r) }

// Validate reads a report, in JSON or YAML, and refuses one that is empty, of an unknown version, or not what a run has
// made: edited, or with counts or a result that do not follow from its claims. One of v1 is returned in the words of this
// version; its APIVersion stays.
func Validate(data []byte) (Report, error) {
	var r Report
	if len(bytes.TrimSpace(data)) == 0 {
		return r, errors.New("the report is empty")
	}
	text, err := yaml.YAMLToJSONStrict(data)
	if err != nil {
		return r, fmt.Errorf("the report is no YAML or JSON: %w", err)
	}
	var of struct{ APIVersion, Kind string }
	_ = json.Unmarshal(text, &of) // what is no object is refused below
	switch {
	case of.Kind == Kind && of.APIVersion == v1:
		return readV1(text)
	case of.Kind != Kind || of.APIVersion != APIVersion:
		return r, fmt.Errorf("apiVersion and kind are %q and %q, not %q (or %q) and %q", of.APIVersion, of.Kind, APIVersion, v1, Kind)
	}
	if err := strictly(text, &r); err != nil {
		return r, err
	}
	want, err := r.digest()
	return r, errors.Join(r.check(), edited(r.Digest, want, err))
}

// strictly refuses fields that the version does not have.
func strictly(text []byte, out any) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(out); err != nil {
		return fmt.Errorf("the report does not have the fields of its version of %s: %w", Kind, err)
	}
	return nil
}

func edited(have, want string, err error) error {
	if err == nil && have != want {
		err = fmt.Errorf("digest is %q, the content's is %q: the report was edited", have, want)
	}
	return err
}

func (r Report) check() error {
	var errs []error
	if r.Suite.Version == "" || r.Date.IsZero() {
		errs = append(errs, errors.New("suite.version and date: both are needed"))
	}
	if len(r.Lanes) == 0 {
		errs = append(errs, errors.New("lanes: there is none"))
	}
	seen := map[string]bool{}
	for i, l := range r.Lanes {
		if len(l.Claims) == 0 {
			errs = append(errs, fmt.Errorf("lanes[%d] (%s): no claims", i, l.Name))
		}
		if want := l.count(); l.Statistics != want {
			errs = append(errs, fmt.Errorf("lanes[%d] (%s): statistics say %+v, its claims %+v", i, l.Name, l.Statistics, want))
		}
		for _, c := range l.Claims {
			if at := l.Name + "/" + c.Node + "/" + c.ID; seen[at] {
				errs = append(errs, fmt.Errorf("lanes[%d] (%s): claim %s is there twice", i, l.Name, c.ID))
			} else {
				seen[at] = true
			}
			errs = append(errs, c.check(fmt.Sprintf("lanes[%d] (%s): claim %s", i, l.Name, c.ID)))
		}
	}
	if want := r.outcome(); r.Result != want {
		errs = append(errs, fmt.Errorf("result is %q, from the claims follows %q", r.Result, want))
	}
	return errors.Join(errs...)
}

// check wants a verdict, and the reason of any that is not plain.
func (c Claim) check(where string) error {
	switch c.Verdict {
	case reports.Holds, reports.NotRun:
		return nil
	case reports.Contradicted:
		if c.Failure != "" {
			return nil
		}
	case reports.NotObserved:
		if c.Reason != "" && slices.Contains(reports.Causes(), c.Cause) {
			return nil
		}
	case reports.NotApplicable:
		if c.Reason != "" {
			return nil
		}
	default:
		return fmt.Errorf("%s is %q, which is no verdict", where, c.Verdict)
	}
	return fmt.Errorf("%s is %s and does not say why", where, c.Verdict)
}
