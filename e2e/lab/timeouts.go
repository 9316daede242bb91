package lab

import "time"

// Timeouts bound every wait of the suite. Each comment says what a conformant cluster is given the time for. ScaleTimeouts makes
// them longer on a cluster that was found to be slow.
var Timeouts = struct {
	Reach          time.Duration
	Outage         time.Duration
	ServiceAccount time.Duration
	FirstPod       time.Duration
	PodReady       time.Duration
	PodMade        time.Duration
	Exec           time.Duration
	ProbeAnswer    time.Duration
	Observation    time.Duration
	Quiet          time.Duration
	QuietPoll      time.Duration
	Terminal       time.Duration
	Restart        time.Duration
	PodGone        time.Duration
	NodeBack       time.Duration
	NamespaceGone  time.Duration
	Spec           time.Duration
	Poll           time.Duration
}{
	Reach:          30 * time.Second,       // API server, and what gives the credentials: a first answer
	Outage:         5 * time.Minute,        // API server: moved, or its network mended; in all, for one process of the run
	ServiceAccount: 60 * time.Second,       // controller manager: a new namespace's default service account
	FirstPod:       5 * time.Minute,        // autoscaler, scheduler, kubelet, registry: the same for a cluster's first pod, which may need a node first
	PodReady:       90 * time.Second,       // scheduler, kubelet, runtime: from create to Ready, with the images pulled
	PodMade:        2 * time.Minute,        // controllers: PodReady, from a template on; the CronJob controller looks every 10 s below 1.21
	Exec:           time.Minute,            // exec: one command, whose stream may be lost without a word
	ProbeAnswer:    30 * time.Second,       // exec: one whole answer, asked again while incomplete
	Observation:    15 * time.Second,       // the effect of a signal, seen in a process table
	Quiet:          3 * time.Second,        // how long nothing may happen before it counts as nothing; an effect is seen within 0.5 s
	QuietPoll:      time.Second,            // between two looks while nothing may happen: what happens stays to be seen
	Terminal:       30 * time.Second,       // attach: a prompt, or a command's whole output
	Restart:        60 * time.Second,       // kubelet, runtime: from a container's end to its successor running; the first restart isn't put off
	PodGone:        60 * time.Second,       // kubelet: from the end of the grace period to the pod's object being gone
	NodeBack:       90 * time.Second,       // kubelet, runtime: from their restart to a new pod being Ready and exec answering
	NamespaceGone:  3 * time.Minute,        // namespace deletion, pods killed at once; 0s: nobody waits for that
	Spec:           5 * time.Minute,        // one claim in one lane; the longest measured takes about 30 s
	Poll:           200 * time.Millisecond, // between two looks
}
