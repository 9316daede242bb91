package engine

import (
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// machine is what an engine changes outside its own folders, as it was before the engine started.
type machine struct {
	Firewall   map[string]string // save command -> its output
	Sysctls    map[string]string // file under /proc/sys -> content
	Links      []string          // network interfaces
	Mounts     []string          // mount points in the engine's folders: a data root on a file system of its own
	Folders    []string          // those of volatileFolders that existed
	Containerd bool              // containerd.service was active; only of use where systemd runs the engine
}

// sysctls are the settings that dockerd changes for its networks.
var sysctls = []string{
	"/proc/sys/net/ipv4/ip_forward",
	"/proc/sys/net/ipv6/conf/default/forwarding",
	"/proc/sys/net/ipv6/conf/all/forwarding",
	"/proc/sys/net/bridge/bridge-nf-call-iptables",
	"/proc/sys/net/bridge/bridge-nf-call-ip6tables",
}

// volatileFolders hold sockets and process state, nothing that outlives an engine. containerd's shims put their
// sockets into the second whatever the engine is told.
func (c Config) volatileFolders() []string { return []string{c.ExecRoot, "/run/containerd"} }

// record describes the machine now. Nothing in it is certain to exist, so nothing fails.
func (c Config) record() machine {
	m := machine{Sysctls: map[string]string{}, Links: links()}
	m.Mounts, _ = c.mounts()
	if c.Firewall {
		m.Firewall = saveFirewall()
		for _, path := range sysctls {
			if b, err := os.ReadFile(path); err == nil {
				m.Sysctls[path] = string(b)
			}
		}
	}
	for _, dir := range c.volatileFolders() {
		if _, err := os.Stat(dir); err == nil {
			m.Folders = append(m.Folders, dir)
		}
	}
	return m
}

// restoreSysctls writes back what has changed. all/forwarding comes last: it overwrites every interface's own.
func (m machine) restoreSysctls() error {
	for _, path := range sysctls {
		was, ok := m.Sysctls[path]
		if now, err := os.ReadFile(path); !ok || err != nil || string(now) == was {
			continue
		}
		if err := os.WriteFile(path, []byte(was), 0o644); err != nil {
			return err
		}
	}
	return nil
}

func links() []string {
	all, _ := net.Interfaces()
	var names []string
	for _, i := range all {
		names = append(names, i.Name)
	}
	return names
}

// dockerLink matches the interfaces that dockerd makes on the host: its bridges, one per network, and the host's
// end of each container's cable.
var dockerLink = regexp.MustCompile(`^(docker0|br-[0-9a-f]{12}|veth[0-9a-f]{7})$`)

// dockerLinks picks those of now that an engine made since before was recorded.
func dockerLinks(before, now []string) []string {
	old := map[string]bool{}
	for _, l := range before {
		old[l] = true
	}
	var made []string
	for _, l := range now {
		if dockerLink.MatchString(l) && !old[l] {
			made = append(made, l)
		}
	}
	return made
}

// mountsUnder lists the mount points below any of the folders, the deepest first, from the text of
// /proc/self/mountinfo (proc(5)).
func mountsUnder(mountinfo string, folders ...string) []string {
	var points []string
	for line := range strings.Lines(mountinfo) {
		fields := strings.Fields(line)
		if len(fields) < 5 {
			continue
		}
		point := unescape.Replace(fields[4])
		for _, dir := range folders {
			if point == dir || strings.HasPrefix(point, dir+"/") {
				points = append([]string{point}, points...) // later mounts lie on top of earlier ones
				break
			}
		}
	}
	return points
}

// mounts lists what is mounted in the engine's folders, the deepest first.
func (c Config) mounts() ([]string, error) {
	mountinfo, err := os.ReadFile("/proc/self/mountinfo")
	return mountsUnder(string(mountinfo), realPath(c.ExecRoot), realPath(c.DataRoot)), err
}

// mountedSince drops from now what was there before. Of several mounts on one point the oldest, the last in
// the list, counts as the one from before.
func mountedSince(before, now []string) []string {
	count := map[string]int{}
	for _, point := range before {
		count[point]++
	}
	var since []string
	for i := len(now) - 1; i >= 0; i-- {
		if count[now[i]] > 0 {
			count[now[i]]--
			continue
		}
		since = append([]string{now[i]}, since...)
	}
	return since
}

// unescape undoes the kernel's writing of characters that would break mountinfo's columns.
var unescape = strings.NewReplacer(`\040`, " ", `\011`, "\t", `\012`, "\n", `\134`, `\`)

// realPath follows links (/var/run -> /run): mountinfo has none.
func realPath(path string) string {
	if p, err := filepath.EvalSymlinks(path); err == nil {
		return p
	}
	return path
}
