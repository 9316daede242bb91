package alter

import (
	"bytes"
	"context"

	"github.com/gateproof/gateproof/clusters/engine"
	"github.com/gateproof/gateproof/clusters/image/builder"
	"github.com/gateproof/gateproof/clusters/image/rootfs"
)

// compileHelper makes a static program of a C file in node/, for the engine's architecture, which is the nodes'.
func compileHelper(ctx context.Context, name string, defines []string) (program []byte, err error) {
	info, err := engine.Describe(ctx)
	if err != nil {
		return nil, err
	}
	b, err := builder.Ensure(ctx, info.Architecture)
	if err != nil {
		return nil, err
	}
	source, err := onNode.ReadFile("node/" + name + ".c")
	if err != nil {
		return nil, err
	}
	in := &rootfs.Tree{}
	in.Put("helper.c", rootfs.Entry{Data: source})
	script := "gcc -Os -static -o helper helper.c"
	for _, d := range defines {
		script += " '-D" + d + "'"
	}
	var out bytes.Buffer
	err = b.Run(ctx, builder.Job{In: in, Script: script + "\ncat helper"}, &out)
	return out.Bytes(), err
}
