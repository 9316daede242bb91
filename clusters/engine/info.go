package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/gateproof/gateproof/clusters/room"
	"github.com/gateproof/gateproof/clusters/run"
)

// Info is what an engine says of itself, and the room it has.
type Info struct {
	ServerVersion string
	Architecture  string // as Go names it: amd64, arm64
	CgroupVersion string // "1" or "2"
	RootDir       string
	FreeBytes     int64 // for this user at RootDir; -1 where that folder is not on this machine
	MemoryBytes   int64 // the machine's, not what is free
	CPUs          int
	Managed       bool   // started by gateproof
	Rootless      bool   // in a user namespace
	Kernel        string // of its machine: 6.1.0
}

// Info asks the engine, with docker info.
func (e *Engine) Info(ctx context.Context) (Info, error) {
	out, err := run.Output(ctx, e.docker("info", "--format", "{{json .}}")...)
	if u := unlike(err); u != nil {
		return Info{}, u
	}
	if err != nil {
		return Info{}, err
	}
	info, err := parseInfo(out)
	if err != nil {
		return Info{}, err
	}
	info.Managed = e.managed
	if _, err := os.Stat(info.RootDir); e.named == "" && err == nil { // a remote engine's path means nothing here
		if free, ok := room.At(info.RootDir); ok {
			info.FreeBytes = free
		}
	}
	return info, nil
}

// Describe asks whatever engine the docker command reaches now, and never starts one. The error is an *Unavailable
// where none answers.
func Describe(ctx context.Context) (Info, error) {
	e := &Engine{cfg: Default(), named: named()}
	if e.named == "" {
		err := e.cfg.ping(ctx)
		if errors.Is(err, os.ErrPermission) {
			return Info{}, e.cfg.refuses(err)
		}
		if err != nil {
			return Info{}, &Unavailable{Reason: "no Docker engine answers at " + e.cfg.Socket,
				Remedy: "start one, or let gateproof do it: as root on Debian or Ubuntu it starts its own for a run", Err: err}
		}
		e.managed = ours(e.cfg.load())
	} else if err := answersByCommand(ctx, e.named); err != nil {
		return Info{}, err
	}
	return e.Info(ctx)
}

// parseInfo reads the answer of the engine's /info, as docker info prints it.
func parseInfo(out string) (Info, error) {
	var raw struct {
		ServerVersion, Architecture, CgroupVersion, DockerRootDir, KernelVersion string
		MemTotal                                                                 int64
		NCPU                                                                     int
		SecurityOptions, ServerErrors                                            []string
	}
	if err := json.Unmarshal([]byte(out), &raw); err != nil {
		return Info{}, fmt.Errorf("docker info printed no JSON: %w", err)
	}
	if len(raw.ServerErrors) > 0 { // the command succeeds even where no engine answers
		return Info{}, fmt.Errorf("docker info: %s", strings.Join(raw.ServerErrors, "; "))
	}
	info := Info{
		ServerVersion: raw.ServerVersion, Architecture: goArch(raw.Architecture), CgroupVersion: raw.CgroupVersion, RootDir: raw.DockerRootDir, FreeBytes: -1, MemoryBytes: raw.MemTotal,
		CPUs: raw.NCPU, Kernel: raw.KernelVersion,
		Rootless: slices.Contains(raw.SecurityOptions, "name=rootless"),
	}
	return info, nil
}

// goArch is Go's name of an architecture that the engine names as its kernel does. Those that have one name alone are left as they are.
func goArch(machine string) string {
	switch machine {
	case "x86_64":
		return "amd64"
	case "aarch64":
		return "arm64"
	case "armv7l", "armv6l":
		return "arm"
	}
	return machine
}
