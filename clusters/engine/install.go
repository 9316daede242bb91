package engine

import (
	"context"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"

	"github.com/gateproof/gateproof/clusters/engine/hostpkg"
	"github.com/gateproof/gateproof/clusters/run"
)

// packages says which package brings a program that dockerd or we call.
var packages = map[string]string{
	"dockerd": "docker.io", "docker": "docker-cli", "iptables": "iptables", "ip": "iproute2",
}

// install makes sure that dockerd and what it and we call are there.
func (c Config) install(ctx context.Context) error {
	if os.Geteuid() != 0 {
		return &Unavailable{Reason: "no Docker engine answers at " + c.Socket + ", and this process is not root, so it cannot start one",
			Remedy: "start one (sudo systemctl start docker) or run as root"}
	}
	missing := absent(slices.Sorted(maps.Keys(packages))...)
	if len(missing) == 0 {
		return nil
	}
	release, _ := os.ReadFile("/etc/os-release")
	if !isDebian(string(release)) {
		return &Unavailable{Reason: "no Docker engine answers at " + c.Socket + ", and this is not Debian or Ubuntu, so gateproof cannot install one",
			Remedy: "install and start Docker"}
	}
	var pkgs []string
	for _, program := range missing {
		if program != "docker" || len(absent("dockerd")) == 0 { // docker.io brings both in most releases
			pkgs = append(pkgs, packages[program])
		}
	}
	if err := forbidServices(); err != nil {
		return notInstalled(c, err)
	}
	defer allowServices()
	err := hostpkg.Install(ctx, pkgs...)
	if err == nil && absent("docker") != nil { // newer releases have the command in a package of its own
		err = hostpkg.Install(ctx, "docker-cli")
	}
	if err != nil {
		return notInstalled(c, err)
	}
	return nil
}

func notInstalled(c Config, err error) error {
	return &Unavailable{Reason: "no Docker engine answers at " + c.Socket + ", and installing one failed",
		Remedy: "install Docker by hand", Err: err}
}

// policy is asked by Debian's packages whether they may start their services (/usr/share/doc/init-system-helpers/README.policy-rc.d.gz).
const policy = "/usr/sbin/policy-rc.d"

// forbidden is the policy that nothing may.
const forbidden = "#!/bin/sh\n# gateproof installs Docker and starts it itself; it takes this file away again\nexit 101\n"

// forbidServices keeps the packages from starting an engine of their own. A policy of somebody's own stays.
func forbidServices() error {
	if _, err := os.Stat(policy); err == nil {
		return nil
	}
	return os.WriteFile(policy, []byte(forbidden), 0o755)
}

// allowServices takes our policy away, one of a run that was killed, too.
func allowServices() {
	if text, err := os.ReadFile(policy); err == nil && string(text) == forbidden {
		_ = os.Remove(policy)
	}
}

// haveCommand checks for the docker command where an engine answers: kind and we drive the engine through it.
func haveCommand(ctx context.Context) error {
	if absent("docker") != nil {
		return &Unavailable{Reason: "a Docker engine answers, but there is no docker command in PATH",
			Remedy: "install it (package docker-cli, or docker.io where that brings it)"}
	}
	said, err := run.Output(ctx, "docker", "--version")
	if strings.Contains(strings.ToLower(said), "podman") {
		return &Unavailable{Reason: "the docker command in PATH is podman's, which is another engine with other answers",
			Remedy: "install Docker's own command and engine; it speaks to podman's socket too, if DOCKER_HOST names that"}
	}
	return err
}

// isDebian tells Debian and what derives from it, from the text of /etc/os-release.
func isDebian(osRelease string) bool {
	for line := range strings.Lines(osRelease) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		if key != "ID" && key != "ID_LIKE" {
			continue
		}
		for _, id := range strings.Fields(strings.Trim(value, `"'`)) {
			if id == "debian" || id == "ubuntu" {
				return true
			}
		}
	}
	return false
}

func absent(programs ...string) []string {
	var missing []string
	for _, p := range programs {
		if _, err := exec.LookPath(p); err != nil {
			missing = append(missing, p)
		}
	}
	return missing
}
