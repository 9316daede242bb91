package alter

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/gateproof/gateproof/clusters"
	"github.com/gateproof/gateproof/clusters/hostpkg"
	"github.com/gateproof/gateproof/clusters/run"
)

//go:embed node
var onNode embed.FS

// Where things lie on the node. containerd looks for the runtime in the folders of its PATH, this one first.
const (
	dirOnNode     = "/run/gateproof-mutant"
	runtimeOnNode = "/usr/local/sbin/runc"
)

// runtimeOn puts the suite's runtime in front of the node's.
func (c Change) runtimeOn(ctx context.Context, n *clusters.Node) (Altered, error) {
	was, err := n.Exec(ctx, "sh", "-c", "command -v runc && sha256sum <$(command -v runc)")
	if err != nil {
		return whole, err
	}
	if strings.HasPrefix(was, runtimeOnNode+"\n") {
		return whole,
			fmt.Errorf("%s is there already on node %s: an earlier mutant was not restored, or the image has its runtime there", runtimeOnNode, n.Name)
	}
	broken := Altered{Off: func(ctx context.Context) error { return runtimeOff(ctx, n, was) }}
	files := map[string]string{"config.jq": c.Config, "process.jq": c.Process, "hook.sh": c.Hook}
	if c.Helper != "" {
		program, err := compileHelper(ctx, c.Helper, c.Defines)
		if err != nil {
			return broken, err
		}
		files["helper"] = string(program)
	}
	for name, text := range files {
		if text == "" {
			continue
		}
		if err := put(ctx, n, dirOnNode+"/"+name, text); err != nil {
			return broken, err
		}
	}
	script, err := onNode.ReadFile("node/runc.sh")
	if err != nil {
		return broken, err
	}
	return broken, put(ctx, n, runtimeOnNode, string(script))
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

// compileHelper makes a static program of a C file in node/.
func compileHelper(ctx context.Context, name string, defines []string) (program []byte, err error) {
	if err := hostpkg.Install(ctx, "gcc", "libc6-dev"); err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "gateproof-helper-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	source, err := onNode.ReadFile("node/" + name + ".c")
	if err != nil {
		return nil, err
	}
	in, out := filepath.Join(dir, name+".c"), filepath.Join(dir, name)
	if err := os.WriteFile(in, source, 0o644); err != nil {
		return nil, err
	}
	argv := []string{"gcc", "-Os", "-static", "-o", out, in}
	for _, d := range defines {
		argv = append(argv, "-D"+d)
	}
	if _, err := (run.Cmd{Argv: argv}).Run(ctx); err != nil {
		return nil, err
	}
	return os.ReadFile(out)
}
