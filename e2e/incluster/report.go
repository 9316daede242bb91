package incluster

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"

	"github.com/gateproof/gateproof/reports"
)

// ReportName is the ConfigMap's, in the namespace of the run's pod, that gets the reports.
const ReportName = "gateproof-report"

// namespaceFile is where a pod has the name of its namespace.
const namespaceFile = "/var/run/secrets/kubernetes.io/serviceaccount/namespace"

// roomFor is how much a ConfigMap can hold, less some for its own fields; in bytes.
const roomFor = 1<<20 - 16<<10

// Leave puts the reports in dir into the ConfigMap: a pod that has ended can be asked for nothing but its log. It returns kubectl's line for it.
func Leave(ctx context.Context, dir string) (line string, err error) {
	data, err := collect(dir)
	if err != nil {
		return "", err
	}
	config, err := rest.InClusterConfig()
	if err != nil {
		return "", err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return "", err
	}
	namespace, err := os.ReadFile(namespaceFile)
	if err != nil {
		return "", err
	}
	ns := strings.TrimSpace(string(namespace))
	report := &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: ReportName, Namespace: ns}, Data: data}
	_, err = client.CoreV1().ConfigMaps(ns).Create(ctx, report, metav1.CreateOptions{})
	if errors.IsAlreadyExists(err) { // an earlier run's; the run has no right to delete it
		var replaced []byte
		if replaced, err = json.Marshal([]map[string]any{{"op": "replace", "path": "/data", "value": data}}); err == nil {
			_, err = client.CoreV1().ConfigMaps(ns).Patch(ctx, ReportName, types.JSONPatchType, replaced, metav1.PatchOptions{})
		}
	}
	if err != nil {
		return "", fmt.Errorf("leaving the reports in ConfigMap %s/%s: %w", ns, ReportName, err)
	}
	return fmt.Sprintf(`kubectl get configmap --namespace %s %s --output go-template='{{index .data "%s"}}'`, ns, ReportName, reports.ReportYAML), nil
}

// collect reads the reports that fit, the smaller and more asked for first.
func collect(dir string) (map[string]string, error) {
	junit, err := filepath.Glob(filepath.Join(dir, "junit_*.xml"))
	if err != nil {
		return nil, err
	}
	data, room := map[string]string{}, roomFor
	for _, path := range append([]string{filepath.Join(dir, reports.ReportYAML), filepath.Join(dir, reports.SummaryFile)}, junit...) {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		if len(text) <= room {
			data[filepath.Base(path)] = string(text)
			room -= len(text)
		}
	}
	return data, nil
}
