package look

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
)

// kind is what of a pod was changed.
type kind string

// The kinds of changes, in the order in which they are shown.
const (
	theField   kind = "the field"
	containers kind = "containers"
	commands   kind = "commands"
	imagesOf   kind = "images"
	security   kind = "security"
	resources  kind = "resources"
	scheduling kind = "placement"
	variables  kind = "environment"
	volumes    kind = "volumes"
)

// change is one thing that admission made of a pod otherwise than it was sent. Its words name no values of variables, and not the
// pod, so that one habit of the cluster reads the same for all pods.
type change struct {
	kind  kind
	words string
}

// changes compares a pod as it was sent with the answer to its create. What the API server adds to every pod is left out.
func changes(sent, got *corev1.Pod) []change {
	var out []change
	add := func(k kind, format string, args ...any) { out = append(out, change{k, fmt.Sprintf(format, args...)}) }

	for _, f := range []struct{ name, sent, got string }{
		{"shareProcessNamespace", shown(sent.Spec.ShareProcessNamespace), shown(got.Spec.ShareProcessNamespace)},
		{"hostPID", shown(&sent.Spec.HostPID), shown(&got.Spec.HostPID)},
	} {
		if f.sent != f.got {
			add(theField, "%s: %s has become %s", f.name, f.sent, f.got)
		}
	}
	out = append(out, strangers("init container", sent.Spec.InitContainers, got.Spec.InitContainers)...)
	out = append(out, strangers("container", sent.Spec.Containers, got.Spec.Containers)...)
	for _, lists := range [][2][]corev1.Container{{sent.Spec.InitContainers, got.Spec.InitContainers}, {sent.Spec.Containers, got.Spec.Containers}} {
		for _, s := range lists[0] {
			if i := slices.IndexFunc(lists[1], func(c corev1.Container) bool { return c.Name == s.Name }); i >= 0 {
				out = append(out, inContainer(s, lists[1][i])...)
			}
		}
	}
	out = append(out, differences(security, "pod's ", sent.Spec.SecurityContext, got.Spec.SecurityContext)...)
	out = append(out, profiles(sent, got)...)
	out = append(out, placement(sent, got)...)
	for _, v := range got.Spec.Volumes {
		if !slices.ContainsFunc(sent.Spec.Volumes, func(s corev1.Volume) bool { return s.Name == v.Name }) && !isToken(v) {
			add(volumes, "volume %s added", v.Name)
		}
	}
	return distinct(out)
}

// strangers are the containers that were not sent, by name and by where they stand, and those of ours that are gone.
func strangers(what string, sent, got []corev1.Container) []change {
	var out []change
	ours := func(c corev1.Container) bool {
		return slices.ContainsFunc(sent, func(s corev1.Container) bool { return s.Name == c.Name })
	}
	first := slices.IndexFunc(got, ours)
	for i, c := range got {
		if ours(c) {
			continue
		}
		where := "appended"
		if i < first {
			where = "prepended"
		}
		words := fmt.Sprintf("%s %s %s (%s)", what, c.Name, where, c.Image)
		if c.RestartPolicy != nil {
			words += ", which restarts: " + string(*c.RestartPolicy)
		}
		out = append(out, change{containers, words})
	}
	for _, c := range sent {
		if !slices.ContainsFunc(got, func(g corev1.Container) bool { return g.Name == c.Name }) {
			out = append(out, change{containers, fmt.Sprintf("%s %s taken away", what, c.Name)})
		}
	}
	return out
}

// inContainer is what was changed in one of our containers.
func inContainer(sent, got corev1.Container) []change {
	var out []change
	add := func(k kind, format string, args ...any) { out = append(out, change{k, fmt.Sprintf(format, args...)}) }
	if sent.Image != got.Image {
		add(imagesOf, "%s has become %s", sent.Image, got.Image)
	}
	if !slices.Equal(sent.Command, got.Command) {
		add(commands, "the command of %s has become %q", sent.Name, got.Command)
	}
	if !slices.Equal(sent.Args, got.Args) {
		add(commands, "the arguments of %s have become %q", sent.Name, got.Args)
	}
	if sent.Stdin != got.Stdin || sent.TTY != got.TTY {
		add(commands, "stdin, tty of %s have become %t, %t", sent.Name, got.Stdin, got.TTY)
	}
	for _, p := range []struct {
		name      string
		sent, got *corev1.Probe
	}{{"liveness", sent.LivenessProbe, got.LivenessProbe}, {"readiness", sent.ReadinessProbe, got.ReadinessProbe}, {"startup", sent.StartupProbe, got.StartupProbe}} {
		if p.sent == nil && p.got != nil {
			add(commands, "a %s probe added", p.name)
		}
	}
	if sent.Lifecycle == nil && got.Lifecycle != nil {
		add(commands, "a lifecycle hook added")
	}
	for _, v := range got.Env {
		if !slices.ContainsFunc(sent.Env, func(s corev1.EnvVar) bool { return s.Name == v.Name }) {
			add(variables, "variable %s added", v.Name)
		}
	}
	if len(got.EnvFrom) > len(sent.EnvFrom) {
		add(variables, "variables of %d more objects added", len(got.EnvFrom)-len(sent.EnvFrom))
	}
	for _, m := range got.VolumeMounts {
		if m.MountPath != tokenPath && !slices.ContainsFunc(sent.VolumeMounts, func(s corev1.VolumeMount) bool { return s.MountPath == m.MountPath }) {
			add(volumes, "%s mounted", m.MountPath)
		}
	}
	out = append(out, amounts("limit", sent.Resources.Limits, got.Resources.Limits)...)
	// A request that was not sent is the limit's, by the API's own default.
	out = append(out, amounts("request", merged(sent.Resources.Limits, sent.Resources.Requests), got.Resources.Requests)...)
	return append(out, differences(security, "container's ", sent.SecurityContext, got.SecurityContext)...)
}

// tokenPath is where the service account's token is mounted, which every pod has that does not say otherwise.
const tokenPath = "/var/run/secrets/kubernetes.io/serviceaccount"

// isToken says that the volume is the service account's token: a projected one by now, a Secret before.
func isToken(v corev1.Volume) bool {
	return strings.HasPrefix(v.Name, "kube-api-access-") || v.Secret != nil && strings.Contains(v.Secret.SecretName, "-token-")
}

func merged(a, b corev1.ResourceList) corev1.ResourceList {
	out := corev1.ResourceList{}
	maps.Copy(out, a)
	maps.Copy(out, b)
	return out
}

// amounts are the resources that are asked for otherwise.
func amounts(what string, sent, got corev1.ResourceList) []change {
	var out []change
	for _, name := range slices.Sorted(maps.Keys(got)) {
		now, was := got[name], sent[name]
		if now.Cmp(was) != 0 {
			out = append(out, change{resources, fmt.Sprintf("%s %s=%s", what, name, now.String())})
		}
	}
	return out
}

// placement is what was added of where the pod may run, and by what.
func placement(sent, got *corev1.Pod) []change {
	var out []change
	add := func(format string, args ...any) {
		out = append(out, change{scheduling, fmt.Sprintf(format, args...)})
	}
	if was, now := name(sent.Spec.RuntimeClassName), name(got.Spec.RuntimeClassName); was != now {
		add("RuntimeClass %s", cmp.Or(now, "taken away"))
	}
	for _, t := range got.Spec.Tolerations {
		if !usual(t) && !slices.Contains(sent.Spec.Tolerations, t) {
			add("toleration of %s", cmp.Or(t.Key, "every taint"))
		}
	}
	for _, key := range slices.Sorted(maps.Keys(got.Spec.NodeSelector)) {
		if sent.Spec.NodeSelector[key] != got.Spec.NodeSelector[key] {
			add("nodeSelector %s=%s", key, got.Spec.NodeSelector[key])
		}
	}
	if sent.Spec.Affinity == nil && got.Spec.Affinity != nil {
		add("affinity added")
	}
	if class := got.Spec.PriorityClassName; class != sent.Spec.PriorityClassName {
		add("priorityClassName %s", class)
	}
	if s := got.Spec.SchedulerName; s != "" && s != cmp.Or(sent.Spec.SchedulerName, corev1.DefaultSchedulerName) {
		add("scheduler %s", s)
	}
	if account := got.Spec.ServiceAccountName; account != cmp.Or(sent.Spec.ServiceAccountName, "default") && account != "" {
		add("serviceAccountName %s", account)
	}
	return out
}

// usual is a toleration that the API server gives every pod.
func usual(t corev1.Toleration) bool {
	return t.Key == corev1.TaintNodeNotReady || t.Key == corev1.TaintNodeUnreachable
}

// profiles are the annotations by which older servers give a container an AppArmor or seccomp profile.
func profiles(sent, got *corev1.Pod) []change {
	var out []change
	for _, key := range slices.Sorted(maps.Keys(got.Annotations)) {
		if _, was := sent.Annotations[key]; !was && (strings.Contains(key, "apparmor") || strings.Contains(key, "seccomp")) {
			out = append(out, change{security, fmt.Sprintf("%s=%s", key, got.Annotations[key])})
		}
	}
	return out
}

// differences compares two objects field by field, as JSON has them.
func differences(k kind, of string, sent, got any) []change {
	was, now := flat(sent), flat(got)
	var out []change
	for _, path := range slices.Sorted(maps.Keys(now)) {
		if was[path] != now[path] {
			out = append(out, change{k, fmt.Sprintf("%s%s=%s", of, path, now[path])})
		}
	}
	for _, path := range slices.Sorted(maps.Keys(was)) {
		// An older server knows no profiles as fields, and drops them.
		if _, kept := now[path]; !kept && !strings.Contains(path, "Profile") {
			out = append(out, change{k, fmt.Sprintf("%s%s taken away", of, path)})
		}
	}
	return out
}

// flat is an object's fields by their paths; lists count as one value.
func flat(object any) map[string]string {
	out := map[string]string{}
	data, err := json.Marshal(object)
	if err != nil {
		return out
	}
	var tree any
	if json.Unmarshal(data, &tree) != nil {
		return out
	}
	var walk func(path string, value any)
	walk = func(path string, value any) {
		if fields, ok := value.(map[string]any); ok {
			for key, v := range fields {
				walk(strings.TrimPrefix(path+"."+key, "."), v)
			}
			return
		}
		if value != nil {
			text, _ := json.Marshal(value) // it came from JSON
			out[path] = strings.Trim(string(text), `"`)
		}
	}
	walk("", tree)
	return out
}

func shown(b *bool) string {
	if b == nil {
		return "absent"
	}
	return fmt.Sprint(*b)
}

func name(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func distinct(list []change) []change {
	var out []change
	for _, c := range list {
		if !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}
