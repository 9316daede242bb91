// Package doctor says what a host can run, lane by lane, and what to do where it can't. It looks and changes nothing.
package doctor

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"github.com/gateproof/gateproof/clusters/engine"
	"github.com/gateproof/gateproof/clusters/paths"
	"github.com/gateproof/gateproof/clusters/room"
	"github.com/gateproof/gateproof/clusters/run"
)

// Host is what bears on lanes and claims. Sizes are in bytes, -1 where they cannot be had.
type Host struct {
	Engine       string // in words
	NoEngine     string // why there is none to be had, with the remedy; "" where there is
	Answers      bool   // an engine answers now
	Architecture string // the engine's, as Go names it, or this host's
	Cgroup       string // "1" or "2", as the engine has it or, where none answers, this host
	CPUs         int
	Memory       int64 // of the machine
	FreeMemory   int64 // that can be had without swapping; of the same machine
	Disks        []Disk
	Kernel       []Setting
	Rootless     bool // the engine runs in a user namespace
	Networks     int  // of the engine; each takes one of its address pools
}

// Disk is a folder that fills.
type Disk struct {
	For  string
	Dir  string
	Free int64 // for this user
}

// Setting is a kernel setting that bears on the claims.
type Setting struct {
	Name, Value string
	Note        string // what it does to the claims; "" for nothing
	Refuses     bool   // claims fail with it
}

// Look examines the host.
func Look(ctx context.Context) Host {
	h := Host{Architecture: runtime.GOARCH, CPUs: runtime.NumCPU(), Cgroup: cgroupVersion("/sys/fs/cgroup"), FreeMemory: meminfo("MemAvailable"), Memory: meminfo("MemTotal")}
	info, err := engine.Describe(ctx)
	if err == nil {
		h.Answers = true
		h.Engine = "Docker " + info.ServerVersion + " answers"
		if info.Managed {
			h.Engine += ", started by gateproof"
		}
		h.Architecture, h.Cgroup, h.CPUs, h.Memory = info.Architecture, info.CgroupVersion, info.CPUs, info.MemoryBytes
		h.FreeMemory, h.Rootless = FreeMemory(info), info.Rootless
		if out, err := run.Output(ctx, "docker", "network", "ls", "--quiet", "--filter=driver=bridge"); err == nil {
			h.Networks = len(strings.Fields(out))
		}
	} else {
		h.Engine, h.NoEngine = startable(err)
		info.RootDir, info.FreeBytes = "/var/lib/docker", free("/var/lib/docker")
	}
	h.Disks = []Disk{
		{For: "the engine's images and nodes", Dir: info.RootDir, Free: info.FreeBytes},
		{For: "what is built once", Dir: paths.Cache(), Free: free(paths.Cache())},
	}
	if h.Answers && !sameMachine(info) {
		h.Kernel = []Setting{{Name: "kernel", Value: info.Kernel, Note: "the engine is on another machine, or in a virtual one: its settings are not seen from here"}}
		return h
	}
	h.Kernel = settings()
	return h
}

// startable says whether a run would get an engine where none answers.
func startable(err error) (words, problem string) {
	if errors.Is(err, os.ErrPermission) {
		return "one is there, and refuses this user", err.Error()
	}
	if os.Getenv("DOCKER_HOST") != "" || os.Getenv("DOCKER_CONTEXT") != "" {
		return "none answers", err.Error()
	}
	if os.Geteuid() != 0 {
		return "none answers", "start Docker (sudo systemctl start docker) or run as root"
	}
	if _, missing := exec.LookPath("dockerd"); missing == nil {
		return "none answers now; dockerd is installed, and a run starts it and stops it afterwards", ""
	}
	if _, missing := exec.LookPath("apt-get"); missing == nil {
		return "none answers now; a run installs Debian's docker.io, starts it and stops it afterwards", ""
	}
	return "none answers", "install and start Docker: it can be installed by itself on Debian and Ubuntu alone"
}

// cgroupVersion is "2" where the folder is a cgroup2 file system: no other has that file at its root.
func cgroupVersion(dir string) string {
	if _, err := os.Stat(filepath.Join(dir, "cgroup.controllers")); err == nil {
		return "2"
	}
	return "1"
}

// FreeMemory is what can be had without swapping on the engine's machine, in bytes; -1 where that cannot be said, since it is another than
// this one (elsewhere, or a virtual machine) or has no such file.
func FreeMemory(on engine.Info) int64 {
	if !sameMachine(on) {
		return -1
	}
	return meminfo("MemAvailable")
}

// sameMachine says whether the engine is on this one. No two have the same memory by chance, to the byte.
func sameMachine(on engine.Info) bool { return on.MemoryBytes == meminfo("MemTotal") }

// meminfo reads one line of /proc/meminfo.
func meminfo(name string) int64 {
	file, err := os.Open("/proc/meminfo")
	if err != nil {
		return -1
	}
	defer file.Close()
	return parseMeminfo(bufio.NewScanner(file), name)
}

func parseMeminfo(lines *bufio.Scanner, name string) int64 {
	for lines.Scan() {
		if rest, ok := strings.CutPrefix(lines.Text(), name+":"); ok {
			if kb, err := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(rest, "kB")), 10, 64); err == nil {
				return kb << 10
			}
		}
	}
	return -1
}

// free is the room at a folder that may not be there yet, -1 where that cannot be said.
func free(dir string) int64 {
	if bytes, ok := room.At(dir); ok {
		return bytes
	}
	return -1
}

func size(bytes int64) string {
	if bytes < 0 {
		return "unknown"
	}
	return fmt.Sprintf("%.1f GiB", float64(bytes)/(1<<30))
}
