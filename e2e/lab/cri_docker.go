package lab

import "github.com/gateproof/gateproof/clusters/lane"

// dockerAnswer is a template for `docker inspect`, which yields what inspected reads of a container. Docker's PidMode is the container's whose namespace is
// joined, the node's ("host"), or none: CRI's modes.
const dockerAnswer = `{{$sandbox := index .Config.Labels "io.kubernetes.sandbox.id"}}{"info": {"sandboxID": "{{$sandbox}}", "pid": {{.State.Pid}}, ` +
	`"config": {"linux": {"security_context": {"namespace_options": {"pid": "{{with .HostConfig.PidMode}}` +
	`{{if eq . "host"}}NODE{{else if eq . (print "container:" $sandbox)}}POD{{else}}{{.}}{{end}}{{else}}CONTAINER{{end}}"}}}}}}`

// dockerFunctions are inspectFunctions where the kubelet asks its own CRI, dockershim, which tells of no process, nor what namespaces a container was asked
// for with: Docker does.
const dockerFunctions = `sandbox() {
  pid=$(docker inspect --format '{{.State.Pid}}' "$1")
  crictl inspectp "$1" | jq --argjson pid "$pid" '.info.pid = $pid'
}
container() { docker inspect --format '` + dockerAnswer + `' "$1"; }
`

func (b *Bench) inspectFunctions() string {
	if b.Lane.ContainerRuntime == lane.Docker {
		return dockerFunctions
	}
	return inspectFunctions
}

// RuntimeServices are the node's services, by their units, that run its containers.
func (b *Bench) RuntimeServices() []string {
	if b.Lane.ContainerRuntime == lane.Docker {
		return []string{"docker", "containerd"}
	}
	return []string{"containerd"}
}
