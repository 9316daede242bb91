package benign

import "github.com/gateproof/gateproof/reports"

// The matrix' names in the folder of reports.
const (
	File     = "benign-matrix.json"
	HTMLFile = "benign-matrix.html"
	TextFile = "benign-matrix.md"
)

// Save writes the matrix into a folder, as JSON and as Markdown.
func (m Matrix) Save(dir string) error {
	return reports.SaveMatrix(dir, File, m, TextFile, m.Markdown())
}

// Load reads the matrix that lies in a folder; nil where there is none that can be read.
func Load(dir string) *Matrix { return reports.LoadMatrix[Matrix](dir, File) }
