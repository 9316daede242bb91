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

// install makes sure that dockerd and what it and we call are there. Where systemd starts the engine as the package is
// installed, st becomes that engine's, unless it could not run privileged containers.
func (c Config) install(ctx context.Context, st *state) error {
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
	hadContainerd := unitActive(ctx, "containerd.service")
	if err := c.save(st); err != nil { // the package may start an engine
		return err
	}
	var pkgs []string
	for _, program := range missing {
		if program != "docker" || len(absent("dockerd")) == 0 { // docker.io brings both in most releases
			pkgs = append(pkgs, packages[program])
		}
	}
	if err := hostpkg.Install(ctx, pkgs...); err != nil {
		return notInstalled(c, err)
	}
	if absent("docker") != nil { // newer releases have the command in a package of its own
		if err := hostpkg.Install(ctx, "docker-cli"); err != nil {
			return notInstalled(c, err)
		}
	}
	return c.claimInstalled(ctx, st, hadContainerd)
}

func notInstalled(c Config, err error) error {
	return &Unavailable{Reason: "no Docker engine answers at " + c.Socket + ", and installing one failed",
		Remedy: "install Docker by hand", Err: err}
}

// claimInstalled deals with an engine that the package has started.
func (c Config) claimInstalled(ctx context.Context, st *state, hadContainerd bool) error {
	if c.Host != "" || c.ping(ctx) != nil {
		return nil
	}
	lacking, err := lackingCapabilities()
	if err != nil {
		return err
	}
	if unitActive(ctx, "docker.service") {
		st.Unit = true
		st.Before.Containerd = hadContainerd
		if len(lacking) == 0 {
			return c.save(st)
		}
		// It would run without our runtime: stop it, and start our own.
		st.Unit = false
		return stopUnits(ctx, hadContainerd)
	}
	endProcess(ctx, readPID(c.PIDFile), "dockerd", nil)
	return nil
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

func unitActive(ctx context.Context, unit string) bool {
	if _, err := os.Stat("/run/systemd/system"); err != nil { // systemd's own test whether it runs the machine
		return false
	}
	_, err := run.Output(ctx, "systemctl", "--quiet", "is-active", unit)
	return err == nil
}

func stopUnits(ctx context.Context, keepContainerd bool) error {
	argv := []string{"systemctl", "stop", "docker.socket", "docker.service"}
	if !keepContainerd {
		argv = append(argv, "containerd.service")
	}
	_, err := run.Output(ctx, argv...)
	return err
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
