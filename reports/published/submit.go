package published

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"time"

	"github.com/gateproof/gateproof/reports/conformance"
)

// Submitted is the entry that a report makes, whose folder is what its first lane says; runtime is for a report that does not say by which OCI runtime
// pods ran. What cannot be looked up by others is an error.
func Submitted(data []byte, runtime string) (Entry, error) {
	report, err := conformance.Validate(data)
	if err != nil {
		return Entry{}, err
	}
	if len(report.Lanes) == 0 {
		return Entry{}, errors.New("it has no lane")
	}
	l := report.Lanes[0]
	runtime = cmp.Or(runtimeOf(l), runtime)
	switch {
	case l.Kubernetes.Version == "":
		return Entry{}, errors.New("it does not say of which release it is")
	case runtime == "":
		return Entry{}, errors.New("it does not say by which OCI runtime its pods ran, since the run could not look at nodes: --runtime runc does")
	case report.Date.After(time.Now()):
		return Entry{}, fmt.Errorf("it is of the future: %s", report.Date)
	}
	e := Entry{l.Kubernetes.Version, runtime, report}
	return e, e.Check()
}

// Path is where the entry is, below the folder of results.
func (e Entry) Path() string { return path.Join(e.Version, e.Runtime, fileName) }

// Beside refuses an entry that is of another suite than the results that are there. One that is there by its path would be replaced.
func (e Entry) Beside(dir fs.FS) error {
	there, err := Load(dir)
	if err != nil {
		return err
	}
	with := Results{Entries: []Entry{e}}
	for _, other := range there.Entries {
		if other.Path() != e.Path() {
			with.Entries = append(with.Entries, other)
		}
	}
	return with.aligned()
}
