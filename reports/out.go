package reports

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// DirEnv names another folder for generated files than the usual one.
const DirEnv = "REPORTS_DIR"

// ArtifactsEnv names a folder of the user's that gets reports, too.
const ArtifactsEnv = "ARTIFACTS"

// Out is the folder for generated files: the one that DirEnv names; in gateproof's repository reports/out; elsewhere gateproof-reports.
func Out() string {
	if dir := os.Getenv(DirEnv); dir != "" {
		return dir
	}
	if root := Repository(); root != "" {
		return filepath.Join(root, "reports", "out")
	}
	return "gateproof-reports"
}

// Repository is the root of gateproof's sources that the working folder is in, "" outside.
func Repository() string {
	dir, err := os.Getwd()
	for err == nil {
		if text, err := os.ReadFile(filepath.Join(dir, "go.mod")); err == nil {
			if first, _, _ := strings.Cut(string(text), "\n"); strings.TrimSpace(first) == "module github.com/gateproof/gateproof" {
				return dir
			}
			return ""
		}
		if dir == filepath.Dir(dir) {
			return ""
		}
		dir = filepath.Dir(dir)
	}
	return ""
}

// OutDirs lists the folders that reports are written to: Out, and $ARTIFACTS where it is set.
func OutDirs() []string {
	dirs := []string{Out()}
	if dir := os.Getenv(ArtifactsEnv); dir != "" && filepath.Clean(dir) != filepath.Clean(dirs[0]) {
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

// Clean removes an earlier run's reports from Out, so that none of them is
// taken for this run's: call it before the suite starts. $ARTIFACTS is the user's: there, a file is at most replaced by one of the same name.
func Clean() error {
	entries, err := os.ReadDir(Out())
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	errs := []error{err}
	for _, e := range entries {
		if e.Type().IsRegular() && (ours.MatchString(e.Name()) || slices.Contains(generated, e.Name())) {
			errs = append(errs, os.Remove(filepath.Join(Out(), e.Name())))
		}
	}
	return errors.Join(errs...)
}
