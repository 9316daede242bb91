package reports

// remedies are what a reader can do about a cause, a sentence each.
var remedies = map[Cause]string{
	CauseAdmission:     "allow what the fixtures ask for in namespaces labelled gateproof.run, or accept that these claims say nothing here",
	CauseQuota:         "give namespaces labelled gateproof.run no quota and no limit range, or ones that the fixtures' pods fit into",
	CauseUnschedulable: "let a node take the pods: room, labels, taints and pod limits are in the words above",
	CauseImage:         "make the images and push them where the nodes can pull them (gateproof images push --image-registry=HOST/PATH), for each node's architecture",
	CauseExec:          "let exec and attach through to the kubelet: the subresources pods/exec and pods/attach, and a proxy that passes WebSocket or SPDY",
	CauseAPIServer:     "run it again when the API server answers, from where the way to it is short and steady",
	CauseLSM:           "run it where the profile that is named lets the pods do it, or accept that the sentence is not true under this profile",
	CauseTime:          "run it again on a machine with time to spare: what was slow here was slow for a pod that shares nothing, too",
	CauseOther:         "read the first failure in full in the page or in run.json: if neither cluster nor network is at fault, it is a mistake of the suite's, to be reported",
}

// Remedy is what to do about the cause, a sentence without its end.
func (c Cause) Remedy() string { return remedies[c.known()] }
