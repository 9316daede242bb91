package engine

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// machineSettings is the file of the machine's own dockerd, with its mirrors, proxies and address pools.
const machineSettings = "/etc/docker/daemon.json"

// impatient are the options of the engine's containers for name servers: their network leads nowhere, and a question about a name that is not
// of their cluster, of which a boot has several, would wait for its answer for its full time, 20 s.
var impatient = []string{"timeout:1", "attempts:1"}

// docker0 is the link of the default bridge, where a dockerd has made one.
const docker0 = "/sys/class/net/docker0"

// writeSettings writes what dockerd is told, and returns the file: the machine's own settings, with ours in their place. A flag would be
// refused where the file has the same.
func (c Config) writeSettings(runtime string) (path string, err error) {
	text, err := os.ReadFile(machineSettings)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return "", err
	}
	_, err = os.Stat(docker0)
	merged, err := c.settings(text, runtime, err == nil)
	if err != nil {
		return "", &Unavailable{Reason: machineSettings + " is no JSON", Remedy: "mend it, or take it away", Err: err}
	}
	path = filepath.Join(c.StateDir, "daemon.json")
	return path, os.WriteFile(path, merged, 0o644)
}

// settings are the machine's own with ours. The engine leaves the machine's packet filter, forwarding and links alone: the nodes speak to each
// other within one bridge, are reached through docker-proxy, and want nothing from outside; builds use the machine's own network. Without
// a default bridge dockerd would delete one that is there, so that is left to it.
func (c Config) settings(own []byte, runtime string, haveBridge bool) ([]byte, error) {
	all := map[string]any{}
	if len(strings.TrimSpace(string(own))) > 0 {
		if err := json.Unmarshal(own, &all); err != nil {
			return nil, err
		}
	}
	for _, key := range []string{"bip", "icc", "fixed-cidr", "default-gateway"} { // of a bridge or filter that there is not
		delete(all, key)
	}
	maps.Copy(all, map[string]any{
		"iptables": false, "ip6tables": false, "ip-forward": false, "ip-masq": false, "live-restore": false,
		"pidfile":  filepath.Join(c.ExecRoot, "docker.pid"),
		"dns-opts": impatient,
	})
	if !haveBridge {
		all["bridge"] = "none"
	}
	// systemd would take the engine's process numbers, which are of a namespace, for its own.
	options, _ := all["exec-opts"].([]any)
	all["exec-opts"] = append(slices.DeleteFunc(options, func(o any) bool {
		return strings.HasPrefix(fmt.Sprint(o), "native.cgroupdriver=")
	}), "native.cgroupdriver=cgroupfs")
	delete(all, "cgroup-parent") // may be a slice of systemd's
	if c.Host != "" {
		maps.Copy(all, map[string]any{"hosts": []string{c.Host}, "data-root": c.DataRoot, "exec-root": c.ExecRoot, "cgroup-parent": "/" + c.CgroupParent})
	}
	if runtime != "" {
		runtimes, _ := all["runtimes"].(map[string]any)
		if runtimes == nil {
			runtimes = map[string]any{}
		}
		runtimes["gateproof"] = map[string]any{"path": runtime}
		all["runtimes"], all["default-runtime"] = runtimes, "gateproof"
	}
	return json.MarshalIndent(all, "", "  ")
}
