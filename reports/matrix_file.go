package reports

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
)

// SaveMatrix writes a matrix into a folder, as JSON and as Markdown, by these names.
func SaveMatrix(dir, jsonName string, matrix any, textName, markdown string) error {
	data, err := json.MarshalIndent(matrix, "", "  ")
	if err != nil {
		return err
	}
	return errors.Join(
		ReplaceFile(filepath.Join(dir, jsonName), append(data, '\n')),
		ReplaceFile(filepath.Join(dir, textName), []byte(markdown)))
}

// LoadMatrix reads the JSON that lies in a folder; nil where there is none that can be read.
func LoadMatrix[T any](dir, jsonName string) *T {
	data, err := os.ReadFile(filepath.Join(dir, jsonName))
	if err != nil {
		return nil
	}
	var m T
	if json.Unmarshal(data, &m) != nil {
		return nil
	}
	return &m
}
