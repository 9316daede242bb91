// Package render writes all reports of a run.
package render

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/gateproof/gateproof/reports"
	"github.com/gateproof/gateproof/reports/benign"
	"github.com/gateproof/gateproof/reports/conformance"
	"github.com/gateproof/gateproof/reports/html"
	"github.com/gateproof/gateproof/reports/kill"
)

// All writes every report of the run into each folder, beside its JUnit files. A file is replaced as a whole. The page has
// the kill matrix and the benign matrix that lie in the first folder.
func All(dirs []string, run reports.Run) error {
	var kills *kill.Matrix
	var healthy *benign.Matrix
	if len(dirs) > 0 {
		kills, healthy = kill.Load(dirs[0]), benign.Load(dirs[0])
	}
	texts, err := texts(run, kills, healthy)
	errs := []error{err}
	for _, dir := range dirs {
		errs = append(errs, into(dir, run, texts))
	}
	return errors.Join(errs...)
}

// texts are the reports that are the same in every folder, by file name. One that fails does not keep the others.
func texts(run reports.Run, kills *kill.Matrix, healthy *benign.Matrix) (map[string][]byte, error) {
	report, err := conformance.From(run)
	if err != nil {
		return nil, err
	}
	out := map[string][]byte{}
	var errs []error
	for name, write := range map[string]func(io.Writer) error{
		reports.ReportYAML:  func(w io.Writer) error { return writeForm(w, report.YAML) },
		reports.ReportJSON:  func(w io.Writer) error { return writeForm(w, report.JSON) },
		reports.SummaryFile: func(w io.Writer) error { return reports.Markdown(w, run) },
		reports.MetricsFile: func(w io.Writer) error { return reports.Metrics(w, run) },
		reports.HTMLFile:    func(w io.Writer) error { return html.Render(w, run, kills, healthy) },
	} {
		var text bytes.Buffer
		if err := write(&text); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", name, err))
			continue
		}
		out[name] = text.Bytes()
	}
	return out, errors.Join(errs...)
}

func into(dir string, run reports.Run, texts map[string][]byte) error {
	errs := []error{run.Save(filepath.Join(dir, reports.RunFile)), reports.WriteJUnit(dir, run)}
	for name, text := range texts {
		errs = append(errs, reports.ReplaceFile(filepath.Join(dir, name), text))
	}
	data, err := metadata(dir, run)
	if err != nil {
		return errors.Join(append(errs, fmt.Errorf("%s: %w", reports.MetadataFile, err))...)
	}
	return errors.Join(append(errs, reports.ReplaceFile(filepath.Join(dir, reports.MetadataFile), data))...)
}

func writeForm(w io.Writer, form func() ([]byte, error)) error {
	data, err := form()
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

// metadata is what Prow adds to a job's finished.json: each text is a column that TestGrid can show. What others have
// written into the file stays.
func metadata(dir string, run reports.Run) ([]byte, error) {
	all := map[string]any{}
	if data, err := os.ReadFile(filepath.Join(dir, reports.MetadataFile)); err == nil {
		if err := json.Unmarshal(data, &all); err != nil {
			return nil, fmt.Errorf("the file that is there: %w", err)
		}
	}
	var names, versions, runtimes []string
	for _, l := range run.Lanes {
		names = append(names, l.Name)
		versions = addOnce(versions, l.Version)
		runtimes = addOnce(runtimes, l.Facts["container runtime"])
	}
	for key, value := range map[string]string{
		"kubernetes-version": strings.Join(versions, " "), "lanes": strings.Join(names, " "), "runtime": strings.Join(runtimes, " "),
		"gateproof-version": run.SuiteVersion, "gateproof-result": string(run.Outcome()),
	} {
		all[key] = value
	}
	data, err := json.MarshalIndent(all, "", "  ")
	return append(data, '\n'), err
}

func addOnce(list []string, word string) []string {
	if word == "" || slices.Contains(list, word) {
		return list
	}
	return append(list, word)
}
