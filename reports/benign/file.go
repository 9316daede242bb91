package benign

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"

	"github.com/gateproof/gateproof/reports"
)

// The matrix' names in the folder of reports.
const (
	File     = "benign-matrix.json"
	HTMLFile = "benign-matrix.html"
	TextFile = "benign-matrix.md"
)

// Save writes the matrix into a folder, as JSON and as Markdown.
func (m Matrix) Save(dir string) error {
	data, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	return errors.Join(
		reports.ReplaceFile(filepath.Join(dir, File), append(data, '\n')),
		reports.ReplaceFile(filepath.Join(dir, TextFile), []byte(m.Markdown())))
}

// Load reads the matrix that lies in a folder; nil where there is none that can be read.
func Load(dir string) *Matrix {
	data, err := os.ReadFile(filepath.Join(dir, File))
	if err != nil {
		return nil
	}
	var m Matrix
	if json.Unmarshal(data, &m) != nil {
		return nil
	}
	return &m
}
