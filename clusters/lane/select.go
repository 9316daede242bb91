package lane

import (
	"embed"
	"io/fs"
	"os"
	"slices"
	"strings"

	"golang.org/x/mod/semver"

	"github.com/gateproof/gateproof/clusters/input"
	"github.com/gateproof/gateproof/clusters/kubeversion"
)

//go:embed declared/*.yaml
var laneFiles embed.FS

// declaredIn is where the declared lanes' folder is in the repository.
const declaredIn = "clusters/lane/"

func declaredFile(name string) string { return declaredIn + "declared/" + name + ".yaml" }

// DefaultNames is what a run tests when nothing is chosen.
const DefaultNames = "on,off"

// All are the declared lanes, by version and name.
func All() ([]Lane, error) {
	paths, err := fs.Glob(laneFiles, "declared/*.yaml")
	if err != nil {
		return nil, err
	}
	var lanes []Lane
	for _, p := range paths {
		data, err := laneFiles.ReadFile(p)
		if err != nil {
			return nil, err
		}
		lane, err := Decode(declaredIn+p, data)
		if err != nil {
			return nil, err
		}
		lanes = append(lanes, lane)
	}
	slices.SortStableFunc(lanes, func(a, b Lane) int { return kubeversion.Compare(a.Version, b.Version) })
	return lanes, nil
}

// Select resolves LANES: names of declared lanes, the beginnings of several (shapes for shapes-on and shapes-off), and paths of lane files, separated by commas; "" means the
// default lanes, "all" every declared one that can be booted, but for those on request. The order is kept. Errors are input.Err and say what is allowed.
func Select(spec string) ([]Lane, error) {
	declared, err := All()
	if err != nil {
		return nil, err
	}
	if strings.TrimSpace(spec) == "" {
		spec = DefaultNames
	}
	var chosen []Lane
	for _, word := range strings.Split(spec, ",") {
		found, err := findLanes(declared, strings.TrimSpace(word))
		if err != nil {
			return nil, err
		}
		for _, lane := range found {
			if i := slices.IndexFunc(chosen, func(l Lane) bool { return l.Name == lane.Name }); i >= 0 {
				return nil, input.Errorf("%s: lane %q is chosen twice (%s and %s)", input.Name("LANES"), lane.Name, chosen[i].File, lane.File)
			}
			chosen = append(chosen, lane)
		}
	}
	return chosen, nil
}

// Words names lanes as Select reads them.
func Words(lanes []Lane) string {
	var out []string
	for _, l := range lanes {
		out = append(out, l.Word())
	}
	return strings.Join(out, ",")
}

// findLanes are the lane of that name, or of that file, or else all whose names begin with it and a dash, and that can be booted.
func findLanes(declared []Lane, word string) ([]Lane, error) {
	if strings.ContainsRune(word, '/') || strings.HasSuffix(word, ".yaml") || strings.HasSuffix(word, ".yml") {
		data, err := os.ReadFile(word)
		if err != nil {
			return nil, input.Errorf("%s: lane file: %w", input.Name("LANES"), err)
		}
		lane, err := Decode(word, data)
		return []Lane{lane}, err
	}
	if word == "all" {
		return slices.DeleteFunc(slices.Clone(declared), func(l Lane) bool { return l.CannotBoot() != "" || l.OnRequest }), nil
	}
	var set []Lane
	for _, l := range declared {
		if l.Name == word {
			return []Lane{l}, nil
		}
		if strings.HasPrefix(l.Name, word+"-") && word != "" && l.CannotBoot() == "" {
			set = append(set, l)
		}
	}
	if set != nil {
		return set, nil
	}
	return nil, input.Errorf("%s: there is no lane %q; declared lanes: %s (or give the path of a lane file)",
		input.Name("LANES"), word, strings.Join(Names(declared), ", "))
}

// Fitting names the declared lanes that are for a release, or says how one is declared.
func Fitting(version string) string {
	declared, _ := All() // a unit test reads the files
	var names []string
	for _, l := range declared {
		if semver.MajorMinor(l.Version) == semver.MajorMinor(version) {
			names = append(names, l.Name)
		}
	}
	if len(names) == 0 {
		return "no declared lane is for it: LANES=FILE names one of your own, with version: " + version
	}
	return "lanes for it: LANES=" + strings.Join(names, ",")
}
