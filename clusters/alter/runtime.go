package alter

import (
	"context"
	"embed"
	"fmt"
	"strings"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/run"
)

//go:embed node
var onNode embed.FS

// Where things lie on the node. containerd looks for the runtime in the folders of its PATH, this one first.
const (
	dirOnNode     = "/run/gateproof-altered"
	runtimeOnNode = "/usr/local/sbin/runc"
)

// runtime says that an OCI runtime of ours stands before the node's own.
func (c Change) runtime() bool { return c.Config != "" || c.Process != "" || c.Hook != "" }

// runtimeOn puts our runtime in front of the node's.
func (c Change) runtimeOn(ctx context.Context, to clusters.Cluster) (Altered, error) {
	n := to.Node
	was, err := n.Exec(ctx, "sh", "-c", "command -v runc && sha256sum <$(command -v runc)")
	if err != nil {
		return as(), err
	}
	if strings.HasPrefix(was, runtimeOnNode+"\n") {
		return as(),
			fmt.Errorf("%s is there already on node %s: an earlier change was not taken back, or the image has its runtime there", runtimeOnNode, n.Name)
	}
	altered := Altered{Off: func(ctx context.Context) error { return runtimeOff(ctx, n, was) }}
	files := map[string]string{"config.jq": c.Config, "process.jq": c.Process, "hook.sh": c.Hook, "key.jq": c.Key}
	if c.Helper != "" {
		program, err := compileHelper(ctx, c.Helper, c.Defines)
		if err != nil {
			return altered, err
		}
		files["helper"] = string(program)
	}
	for name, text := range files {
		if text == "" {
			continue
		}
		if err := put(ctx, n, dirOnNode+"/"+name, text); err != nil {
			return altered, err
		}
	}
	script, err := onNode.ReadFile("node/runc.sh")
	if err != nil {
		return altered, err
	}
	return altered, put(ctx, n, runtimeOnNode, string(script))
}

// runtimeOff takes it away, with a process that it may have started, and compares what containerd finds now with what it
// found before.
func runtimeOff(ctx context.Context, n *clusters.Node, was string) error {
	const remove = `if [ -e "$1/any.pid" ]; then kill -KILL "$(cat "$1/any.pid")" || true; fi; rm -rf "$0" "$1"`
	if _, err := n.Exec(ctx, "sh", "-c", remove, runtimeOnNode, dirOnNode); err != nil {
		return err
	}
	now, err := n.Exec(ctx, "sh", "-c", "command -v runc && sha256sum <$(command -v runc)")
	if err == nil && now != was {
		err = fmt.Errorf("the OCI runtime of node %s is not as it was: %q, before %q", n.Name, now, was)
	}
	return err
}

// put writes an executable file on the node, by another name first: what is looked for is there whole or not at all.
func put(ctx context.Context, n *clusters.Node, path, text string) error {
	_, err := run.Cmd{
		Argv:  []string{"docker", "exec", "--interactive", n.Container, "sh", "-c", `mkdir -p "$(dirname "$0")" && cat >"$0.part" && chmod 755 "$0.part" && mv "$0.part" "$0"`, path},
		Stdin: strings.NewReader(text),
	}.Run(ctx)
	return err
}
