// Package life is the life of the feature gate as a record for programs: its stage in each release that has a lane, what it is by default, what
// happens where it is off, and what a run found of that.
package life

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/mod/semver"

	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/reports"
)

// Life is the gate's.
type Life struct {
	APIVersion string    `json:"apiVersion" jsonschema:"enum=gateproof/gate-v1"`
	Gate       string    `json:"gate"`
	Field      string    `json:"field"`    // of the API that the gate is for
	Releases   []Release `json:"releases"` // in their order
}

// Release is the gate in one minor release.
type Release struct {
	Minor    string           `json:"minor" jsonschema:"pattern=^v[0-9]+[.][0-9]+$"`
	Stage    Stage            `json:"stage" jsonschema:"enum=alpha,enum=beta,enum=stable,enum=removed"`
	Default  bool             `json:"default"`       // whether containers share where the gate is not named
	Off      Off              `json:"off,omitempty"` // what becomes of a pod that asks for sharing where the gate is off; "" where no lane says so
	Lanes    []string         `json:"lanes"`         // that declare it
	Boots    bool             `json:"boots"`         // whether one of them can be booted; the others are for clusters that run
	Measured map[string]Found `json:"measured,omitempty"`
}

// Found is what a run found on a lane.
type Found struct {
	Version string          `json:"version"` // v1.16.15
	Holds   int             `json:"holds"`   // conformance claims
	Against []string        `json:"against,omitempty"`
	Result  reports.Outcome `json:"result" jsonschema:"enum=success,enum=partial,enum=failure"`
}

// Stage is the feature's, as Kubernetes names them.
type Stage string

// The stages.
const (
	Alpha   Stage = "alpha"
	Beta    Stage = "beta"
	Stable  Stage = "stable"  // the gate is locked to true
	Removed Stage = "removed" // no component knows it
)

// Off is what an API server does with the field while the gate is off.
type Off string

// What is done with it.
const (
	Dropped    Off = "field-dropped"
	Refused    Off = "pod-refused"
	Impossible Off = "impossible" // the gate cannot be off
)

// Of is the life that lanes declare, of those that are of one release and run by our nodes' own runtime.
func Of(lanes []lane.Lane) (Life, error) {
	by := map[string][]lane.Lane{}
	for _, l := range lanes {
		if len(l.Runtimes())+len(l.Containerds()) == 0 && l.ContainerRuntime == "" && !l.AppArmor && len(l.Versions()) == 1 && l.Claims == nil && l.Elsewhere == "" {
			minor := semver.MajorMinor(l.Version)
			by[minor] = append(by[minor], l)
		}
	}
	out := Life{APIVersion: "gateproof/gate-v1", Gate: lane.Gate, Field: "PodSpec.shareProcessNamespace"}
	for minor, of := range by {
		r, err := release(minor, of)
		if err != nil {
			return out, err
		}
		out.Releases = append(out.Releases, r)
	}
	slices.SortFunc(out.Releases, func(a, b Release) int { return semver.Compare(a.Minor, b.Minor) })
	return out, fill(out.Releases)
}

func release(minor string, lanes []lane.Lane) (Release, error) {
	r := Release{Minor: minor}
	for _, l := range lanes {
		r.Lanes = append(r.Lanes, l.Name)
		r.Boots = r.Boots || l.CannotBoot() == ""
		value, uniform := l.Uniform()
		switch {
		case l.Expect.Naming == lane.LockedTrue:
			r.Stage, r.Default, r.Off = Stable, true, Impossible
		case l.Expect.Naming == lane.Unknown:
			r.Stage, r.Default, r.Off = Removed, true, Impossible
		case !l.Names() && l.Expect.Processes == lane.Isolated:
			r.Stage, r.Off = Alpha, offOf(l)
		case !l.Names():
			r.Stage, r.Default = Beta, true
		case uniform && !value:
			r.Off = offOf(l)
		}
	}
	slices.Sort(r.Lanes)
	return r, nil
}

func offOf(l lane.Lane) Off {
	if l.Expect.Field == lane.Refused {
		return Refused
	}
	return Dropped
}

// fill gives a release whose lanes all name the gate the stage of its neighbours, which must be one.
func fill(all []Release) error {
	for i := range all {
		if all[i].Stage != "" {
			continue
		}
		if i == 0 || i == len(all)-1 || all[i-1].Stage == "" || all[i-1].Stage != all[i+1].Stage {
			return fmt.Errorf("no lane says what the gate's stage is in %s: declare one that does not name it", all[i].Minor)
		}
		all[i].Stage, all[i].Default = all[i-1].Stage, all[i-1].Default
	}
	return nil
}

// Measure adds what a run found.
func (l *Life) Measure(run reports.Run) {
	for i, r := range l.Releases {
		for _, found := range run.Lanes {
			if (slices.Contains(r.Lanes, found.Name) || !l.declares(found.Name)) && semver.MajorMinor(found.Version) == r.Minor {
				if l.Releases[i].Measured == nil {
					l.Releases[i].Measured = map[string]Found{}
				}
				l.Releases[i].Measured[found.Name] = foundIn(run, found)
			}
		}
	}
}

// declares says whether the lane is one of the declared ones; another is a cluster that somebody has.
func (l *Life) declares(name string) bool {
	return slices.ContainsFunc(l.Releases, func(r Release) bool { return slices.Contains(r.Lanes, name) })
}

func foundIn(run reports.Run, l reports.Lane) Found {
	alone := run
	alone.Lanes, alone.Infrastructure = []reports.Lane{l}, nil
	f := Found{Version: l.Version, Result: alone.Outcome()}
	for _, r := range l.Results {
		switch {
		case r.Kind != reports.Conformance:
		case r.Verdict == reports.Holds:
			f.Holds++
		case r.Verdict == reports.Contradicted:
			f.Against = append(f.Against, r.Claim)
		}
	}
	return f
}

// Table is the docs' table.
func (l Life) Table() string {
	var out strings.Builder
	out.WriteString("| release | stage | by default | where it is off | lanes |\n|---|---|---|---|---|\n")
	for _, r := range l.Releases {
		state := "off"
		if r.Default {
			state = "on"
		}
		off := map[Off]string{Dropped: "the field is dropped", Refused: "the pod is refused", Impossible: "it cannot be", "": "no lane says"}[r.Off]
		boots := ""
		if !r.Boots {
			boots = " (for clusters that run)"
		}
		fmt.Fprintf(&out, "| %s | %s | %s | %s | %s%s |\n", r.Minor, r.Stage, state, cmp.Or(off, string(r.Off)), "`"+strings.Join(r.Lanes, "`, `")+"`", boots)
	}
	return out.String()
}
