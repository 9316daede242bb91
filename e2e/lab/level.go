package lab

import (
	"fmt"
	"slices"
	"sync"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime"
	psa "k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
)

// Level is one of Pod Security's, which a namespace enforces on the pods in it.
type Level = psa.Level

// The levels that namespaces of a run have.
const (
	Privileged = psa.LevelPrivileged // refuses nothing
	Baseline   = psa.LevelBaseline
)

// LevelOf is the strictest level of Pod Security that admits every pod that the fixtures hold or have templates of, by the checks of
// Pod Security itself, in their newest edition.
func LevelOf(fixtures ...string) (Level, error) {
	level := psa.LevelRestricted
	for _, fixture := range fixtures {
		objects, err := Objects(fixture)
		if err != nil {
			return "", err
		}
		for _, o := range objects {
			of, err := o.level()
			if err != nil {
				return "", fmt.Errorf("fixture %s: %s: %w", fixture, o, err)
			}
			if psa.CompareLevels(of, level) < 0 {
				level = of
			}
		}
	}
	return level, nil
}

var levelChecks = sync.OnceValues(func() (policy.Evaluator, error) { return policy.NewEvaluator(policy.DefaultChecks(), nil) })

// level is the strictest that admits the pod that the object is or has a template of.
func (o Object) level() (Level, error) {
	checks, err := levelChecks()
	if err != nil {
		return "", err
	}
	fields, _, err := unstructured.NestedMap(o.Object, append(o.template(), "spec")...)
	if err != nil {
		return "", err
	}
	var pod corev1.Pod
	if err := runtime.DefaultUnstructuredConverter.FromUnstructured(fields, &pod.Spec); err != nil {
		return "", err
	}
	for _, level := range []Level{psa.LevelRestricted, Baseline} {
		results := checks.EvaluatePod(psa.LevelVersion{Level: level, Version: psa.LatestVersion()}, &pod.ObjectMeta, &pod.Spec)
		if !slices.ContainsFunc(results, func(r policy.CheckResult) bool { return !r.Allowed }) {
			return level, nil
		}
	}
	return Privileged, nil
}
