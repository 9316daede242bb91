package look

import (
	"context"
	"errors"
	"fmt"
	"time"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"sigs.k8s.io/yaml"

	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/fixtures"
	"github.com/gateproof/gateproof/reports"
)

// pullImages sees whether a node has, or can pull, all images. One that cannot ends the run: every claim would say the same.
func (l *looking) pullImages(ctx context.Context) error {
	l.tell("pulling the images")
	began := time.Now()
	state, done := patiently(l.tell, "pulling the images: ")
	node, err := l.CanPull(ctx, l.namespaces[lab.Baseline], state)
	done()
	var unscheduled *lab.Unscheduled
	var notPulled *lab.NotPulled
	switch {
	case err == nil:
		l.pulledOn = node
		l.row(Row{What: "images", Found: fmt.Sprintf("node %s has all of them, after %s", node, seconds(time.Since(began)))})
		return nil
	case errors.As(err, &unscheduled):
		return &end{"placement", err, placed}
	case errors.As(err, &notPulled):
		return &end{"images", err, ""}
	case ctx.Err() != nil:
		return err
	}
	row := Row{What: "images", Found: "not tried: " + err.Error(), Costs: "not known"}
	if answer := apiError(err); answer != nil {
		row.Found = "not tried: the pod that has them all is refused: " + refusal(answer).text
	}
	l.row(row)
	return nil
}

// attempt is a way to make the page's pod, less what some clusters refuse.
type attempt struct {
	name       string // of the pod
	words      string
	capability bool // with SYS_PTRACE, as on the page
	field      bool // asks for sharing
}

var attempts = []attempt{
	{"first", "the page's pod", true, true},
	{"second", "the page's pod without SYS_PTRACE", false, true},
	{"twin", "its twin, which does not ask for sharing", false, false},
}

// level is that of the namespace that such a pod can be in.
func (a attempt) level() lab.Level {
	if a.capability {
		return lab.Privileged
	}
	return lab.Baseline
}

// manifest is the page's, less what the attempt leaves out.
func (a attempt) manifest() ([]byte, error) {
	objects, err := lab.Objects(fixtures.PageManifest)
	if err != nil {
		return nil, err
	}
	page := objects[0]
	page.SetName(a.name)
	spec := page.Object["spec"].(map[string]any)
	if !a.field {
		delete(spec, "shareProcessNamespace")
	}
	if !a.capability {
		for _, c := range spec["containers"].([]any) {
			delete(c.(map[string]any), "securityContext")
		}
	}
	return yaml.Marshal(page.Object)
}

// runPod runs the page's pod, or as much of it as the cluster admits, and measures how long that takes. A pod that asks for sharing
// and does not come up ends nothing where its twin does: that is for the claims to judge.
func (l *looking) runPod(ctx context.Context) error {
	var last error
	for _, a := range attempts {
		if last != nil && a.field && !refusedByServer(last) {
			continue // it was made, and did not come up: the capability is not to blame
		}
		namespace := l.namespaces[a.level()]
		if namespace == "" {
			continue // that was said
		}
		l.tell("waiting for " + a.words)
		manifest, err := a.manifest()
		if err != nil {
			return err
		}
		state, done := patiently(l.tell, "waiting for "+a.words+": ")
		pod, took, err := l.FirstPod(ctx, namespace, manifest, state)
		done()
		if err == nil {
			l.pod, l.asks, l.Scale = pod, a.field, scale(took)
			l.row(l.podRow(a, took))
			return nil
		}
		var unscheduled *lab.Unscheduled
		var notPulled *lab.NotPulled
		switch {
		case errors.As(err, &unscheduled):
			return &end{"placement", err, placed}
		case errors.As(err, &notPulled):
			return &end{"images", err, ""}
		case ctx.Err() != nil:
			return err
		}
		l.noPod(a, err)
		last = err
	}
	if refusedByServer(last) { // each claim says for itself what it could not create
		l.row(Row{What: "first pod", Found: "none: each form of the page's pod is refused", Costs: "claims that need pods are not observed"})
		return nil
	}
	return &end{"first pod", fmt.Errorf("no pod becomes Ready, with sharing or without: %w", last), ""}
}

// placed is what gives a pod a node.
const placed = "give the cluster a node with room that takes pods without tolerations, or the wait more time: TIMEOUTS=FirstPod=15m"

// noPod notes that an attempt gave no pod, unless the same was said already.
func (l *looking) noPod(a attempt, err error) {
	row := Row{What: "first pod", Found: a.words + ": " + err.Error(), Costs: "the claims judge it, beside a twin that does not ask for sharing"}
	if refusedByServer(err) {
		switch why := refusal(apiError(err)); {
		case l.said[why]:
			return
		case why.cause == invalid && l.Expect.Field == lane.Refused:
			row.Costs = "none: it is expected"
		case why.cause != invalid:
			l.said[why] = true
			row.Found, row.Costs = a.words+" is refused: "+why.text, "what needs such a pod is not observed"
			if a.capability {
				l.lose(why.cause.Words()+": "+why.text, fixtures.PageManifest)
			}
		}
	}
	l.row(row)
}

// podRow says how long the pod took, and what that does to the waits.
func (l *looking) podRow(a attempt, took time.Duration) Row {
	node := l.pod.Created.Spec.NodeName
	pulls := "its images' pull included"
	if node == l.pulledOn {
		pulls = "its images were there"
	}
	row := Row{What: "first pod", Found: fmt.Sprintf("%s was Ready after %s on node %s; %s", a.words, seconds(took), node, pulls)}
	if l.Scale > 1 {
		row.Costs = fmt.Sprintf("time: waits are %.1f times as long as usual", l.Scale)
		row.Remedy = "TIMEOUTS sets single waits, as in TIMEOUTS=PodReady=3m"
	}
	return row
}

// usualReady is how long a pod may take before the suite's waits are too short for the cluster; they are a multiple of it.
const usualReady = 15 * time.Second

// longest bounds the factor: a cluster six times as slow as the usual one makes a run of an hour.
const longest = 6

// scale is the factor for the waits of a cluster whose pods take so long.
func scale(ready time.Duration) float64 {
	return min(max(ready.Seconds()/usualReady.Seconds(), 1), longest)
}

// refusedByServer says that the pod was not created.
func refusedByServer(err error) bool { return apiError(err) != nil }

// apiError is the API server's answer in err, nil where it holds none.
func apiError(err error) error {
	var status *apierrors.StatusError
	if errors.As(err, &status) && refusal(status).cause != reports.CauseAPIServer {
		return status
	}
	return nil
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.1f s", d.Seconds()) }
