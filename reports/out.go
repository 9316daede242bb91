package reports

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
)

// DirEnv names another folder for generated files than the repository's own.
const DirEnv = "REPORTS_DIR"

// Out is the folder for generated files: the repository's own, or the one that DirEnv names.
func Out(root string) string {
	if dir := os.Getenv(DirEnv); dir != "" {
		return dir
	}
	return filepath.Join(root, "reports", "out")
}

// OutDirs lists the folders that reports are written to: the repository's own, and $ARTIFACTS where it is set.
func OutDirs(root string) []string {
	dirs := []string{Out(root)}
	if dir := os.Getenv("ARTIFACTS"); dir != "" && filepath.Clean(dir) != filepath.Clean(dirs[0]) {
		dirs = append(dirs, dir)
	}
	return dirs
}

// The names of the reports beside RunFile and the JUnit files.
const (
	ReportYAML   = "report.yaml"   // the conformance report
	ReportJSON   = "report.json"   // the same
	SummaryFile  = "summary.md"    // for pull requests
	MetricsFile  = "metrics.prom"  // for Prometheus
	HTMLFile     = "report.html"   // one self-contained page
	MetadataFile = "metadata.json" // for Prow
)

// ours matches the names that WriteJUnit gives.
var ours = regexp.MustCompile(`^junit_[A-Za-z0-9.-]+_01\.xml$`)

// generated are the names of files that each run makes anew.
var generated = []string{RunFile, ReportYAML, ReportJSON, SummaryFile, MetricsFile, HTMLFile, MetadataFile}

// Clean removes an earlier run's reports from the repository's own folder, so that none of them is
// taken for this run's: call it before the suite starts. $ARTIFACTS is the user's: there, a file is at most replaced by one of the same name.
func Clean(root string) error {
	entries, err := os.ReadDir(Out(root))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	errs := []error{err}
	for _, e := range entries {
		if e.Type().IsRegular() && (ours.MatchString(e.Name()) || slices.Contains(generated, e.Name())) {
			errs = append(errs, os.Remove(filepath.Join(Out(root), e.Name())))
		}
	}
	return errors.Join(errs...)
}
