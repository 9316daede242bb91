// Package corpus tries the suite on running lanes that are changed, one way after the other, and taken back: broken on purpose
// (mutants), or given another habit (benign). What a run should come to is its callers' matter.
package corpus

import (
	"path/filepath"

	"github.com/gateproof/gateproof/reports"
)

// Corpus is a collection of changed clusters, by its name in the folder of reports.
type Corpus string

// The corpora. A bench's is of one run, on clusters as they are.
const (
	Mutants Corpus = "mutants"
	Benign  Corpus = "benign"
	Bench   Corpus = "bench"
)

// Folder is where a run's reports are.
func (c Corpus) Folder(name string) string {
	dir, err := filepath.Abs(filepath.Join(reports.Out(), string(c), name))
	if err != nil {
		return name
	}
	return dir
}
