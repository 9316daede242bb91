package reports

import (
	"regexp"
	"strings"

	"github.com/onsi/ginkgo/v2/types"
)

// selection puts Ginkgo's filters into words, as flags; empty when every spec was asked for.
func selection(c types.SuiteConfig, focused bool) string {
	var out []string
	add := func(flag string, values ...string) {
		for _, v := range values {
			if v != "" {
				out = append(out, flag+"="+v)
			}
		}
	}
	add("--label-filter", c.LabelFilter)
	add("--focus", c.FocusStrings...)
	add("--skip", c.SkipStrings...)
	add("--focus-file", c.FocusFiles...)
	add("--skip-file", c.SkipFiles...)
	add("--sem-ver-filter", c.SemVerFilter)
	if focused {
		out = append(out, "focus marks in the suite's source")
	}
	return strings.Join(out, " ")
}

// selector tells the specs that were asked for from those that a filter left out. Ginkgo's report has one state,
// skipped and no message, both for a spec that was filtered out and for one that an interrupt kept from
// starting, so its filters are asked again. Focus marks leave no trace: under them, such a spec counts as left out.
func selector(r types.Report) func(types.SpecReport) bool {
	c := r.SuiteConfig
	var tests []func(types.SpecReport) bool
	if filter, err := types.ParseLabelFilter(c.LabelFilter); err == nil && c.LabelFilter != "" {
		tests = append(tests, func(s types.SpecReport) bool { return filter(append(s.Labels(), r.SuiteLabels...)) })
	}
	if c.SemVerFilter != "" {
		tests = append(tests, func(s types.SpecReport) bool {
			ok, err := s.MatchesSemVerFilter(c.SemVerFilter)
			return ok || err != nil
		})
	}
	locations := func(s types.SpecReport) []types.CodeLocation {
		return append(s.ContainerHierarchyLocations[:len(s.ContainerHierarchyLocations):len(s.ContainerHierarchyLocations)],
			s.LeafNodeLocation)
	}
	if files, err := types.ParseFileFilters(c.FocusFiles); err == nil && len(files) > 0 {
		tests = append(tests, func(s types.SpecReport) bool { return files.Matches(locations(s)) })
	}
	if files, err := types.ParseFileFilters(c.SkipFiles); err == nil && len(files) > 0 {
		tests = append(tests, func(s types.SpecReport) bool { return !files.Matches(locations(s)) })
	}
	text := func(s types.SpecReport) string { return r.SuiteDescription + " " + s.FullText() }
	if re, err := regexp.Compile(strings.Join(c.FocusStrings, "|")); err == nil && len(c.FocusStrings) > 0 {
		tests = append(tests, func(s types.SpecReport) bool { return re.MatchString(text(s)) })
	}
	if re, err := regexp.Compile(strings.Join(c.SkipStrings, "|")); err == nil && len(c.SkipStrings) > 0 {
		tests = append(tests, func(s types.SpecReport) bool { return !re.MatchString(text(s)) })
	}
	return func(s types.SpecReport) bool {
		if !s.State.Is(types.SpecStateSkipped) || !s.Failure.IsZero() {
			return true // it started, or says itself why not
		}
		if r.SuiteHasProgrammaticFocus {
			return false
		}
		for _, selects := range tests {
			if !selects(s) {
				return false
			}
		}
		return true
	}
}
