package conformance

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"

	"sigs.k8s.io/yaml"

	"github.com/gateproof/gateproof/reports"
)

// digest is over the report's JSON without the digest itself.
func (r Report) digest() (string, error) {
	r.Digest = ""
	data, err := json.Marshal(r) // fields in the type's order, maps by key: the same content has the same bytes
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

// Validate reads a report, in JSON or YAML, and refuses one that is empty, not of this version, or not what a run has
// made: edited, or with counts or a result that do not follow from its claims.
func Validate(data []byte) (Report, error) {
	var r Report
	if len(bytes.TrimSpace(data)) == 0 {
		return r, errors.New("the report is empty")
	}
	text, err := yaml.YAMLToJSONStrict(data)
	if err != nil {
		return r, fmt.Errorf("the report is no YAML or JSON: %w", err)
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&r); err != nil {
		return r, fmt.Errorf("the report does not have the fields of %s %s: %w", APIVersion, Kind, err)
	}
	if r.APIVersion != APIVersion || r.Kind != Kind {
		return r, fmt.Errorf("apiVersion and kind are %q and %q, not %q and %q", r.APIVersion, r.Kind, APIVersion, Kind)
	}
	return r, r.check()
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
			if at := l.Name + "/" + c.ID; seen[at] {
				errs = append(errs, fmt.Errorf("lanes[%d] (%s): claim %s is there twice", i, l.Name, c.ID))
			} else {
				seen[at] = true
			}
			if c.Verdict == reports.Contradicted && c.Failure == "" || c.Verdict == reports.NotApplicable && c.Reason == "" {
				errs = append(errs, fmt.Errorf("lanes[%d] (%s): claim %s is %s and does not say why", i, l.Name, c.ID, c.Verdict))
			}
		}
	}
	if want := r.outcome(); r.Result != want {
		errs = append(errs, fmt.Errorf("result is %q, from the claims follows %q", r.Result, want))
	}
	want, err := r.digest()
	if err == nil && r.Digest != want {
		err = fmt.Errorf("digest is %q, the content's is %q: the report was edited", r.Digest, want)
	}
	return errors.Join(append(errs, err)...)
}
