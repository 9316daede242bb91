package clusters

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"k8s.io/client-go/tools/clientcmd"
)

// kubeconfigFiles are the files of a kubeconfig as KUBECONFIG has it: one path, or several, separated as in PATH.
func kubeconfigFiles(paths string) []string {
	var out []string
	for _, path := range filepath.SplitList(paths) {
		if path != "" && !slices.Contains(out, path) {
			out = append(out, path)
		}
	}
	return out
}

// LoadKubeconfig reads what KUBECONFIG names, as kubectl does: several files are merged, what an earlier one says holds, and one
// that is not there is left out. Where none is, the error says so: an empty configuration would mean the cluster that this
// process itself runs in. context is "" for the current one.
func LoadKubeconfig(paths, context string) (clientcmd.ClientConfig, error) {
	rules := &clientcmd.ClientConfigLoadingRules{}
	files := kubeconfigFiles(paths)
	if len(files) == 1 {
		rules.ExplicitPath = files[0]
	} else {
		rules.Precedence = files
		if !slices.ContainsFunc(files, there) {
			return nil, fmt.Errorf("none of these files is there: %s", strings.Join(files, ", "))
		}
	}
	return clientcmd.NewNonInteractiveDeferredLoadingClientConfig(rules, &clientcmd.ConfigOverrides{CurrentContext: context}), nil
}

func there(path string) bool {
	_, err := os.Stat(path)
	return !errors.Is(err, fs.ErrNotExist)
}

// AbsoluteKubeconfig is the same for a process that works in another folder.
func AbsoluteKubeconfig(paths string) (string, error) {
	files := kubeconfigFiles(paths)
	for i, path := range files {
		abs, err := filepath.Abs(path)
		if err != nil {
			return "", err
		}
		files[i] = abs
	}
	return strings.Join(files, string(os.PathListSeparator)), nil
}
