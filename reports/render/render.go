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
	"strings"

	"github.com/gateproof/gateproof/reports"
	"github.com/gateproof/gateproof/reports/conformance"
	"github.com/gateproof/gateproof/reports/html"
)

// All writes every report of the run into each folder, beside its JUnit files. A file is replaced as a whole.
func All(dirs []string, run reports.Run) error {
	var errs []error
	for _, dir := range dirs {
		errs = append(errs, into(dir, run))
	}
	return errors.Join(errs...)
}

func into(dir string, run reports.Run) error {
	report, err := conformance.From(run)
	if err != nil {
		return err
	}
	errs := []error{run.Save(filepath.Join(dir, reports.RunFile)), reports.WriteJUnit(dir, run)}
	for name, write := range map[string]func(io.Writer) error{
		reports.ReportYAML:   func(w io.Writer) error { return writeForm(w, report.YAML) },
		reports.ReportJSON:   func(w io.Writer) error { return writeForm(w, report.JSON) },
		reports.SummaryFile:  func(w io.Writer) error { return reports.Markdown(w, run) },
		reports.MetricsFile:  func(w io.Writer) error { return reports.Metrics(w, run) },
		reports.HTMLFile:     func(w io.Writer) error { return html.Render(w, run) },
		reports.MetadataFile: func(w io.Writer) error { return metadata(w, dir, run) },
	} {
		var out bytes.Buffer
		if err := write(&out); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", name, err))
			continue
		}
		errs = append(errs, reports.ReplaceFile(filepath.Join(dir, name), out.Bytes()))
	}
	return errors.Join(errs...)
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
func metadata(w io.Writer, dir string, run reports.Run) error {
	all := map[string]any{}
	if data, err := os.ReadFile(filepath.Join(dir, reports.MetadataFile)); err == nil {
		if err := json.Unmarshal(data, &all); err != nil {
			return fmt.Errorf("the file that is there: %w", err)
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
	if err != nil {
		return err
	}
	_, err = w.Write(append(data, '\n'))
	return err
}

func addOnce(list []string, word string) []string {
	for _, w := range list {
		if w == word {
			return list
		}
	}
	if word == "" {
		return list
	}
	return append(list, word)
}
