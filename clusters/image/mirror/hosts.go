package mirror

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
)

// WriteHosts writes containerd's hosts.toml for docker.io below certsDir, so that nodes ask this mirror first.
// Nodes read it at each pull: a later run's mirror may have another port.
func (m *Mirror) WriteHosts(certsDir string) error {
	dir := filepath.Join(certsDir, "docker.io")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	text := fmt.Sprintf("server = \"https://registry-1.docker.io\"\n\n[host.\"http://%s\"]\n  capabilities = [\"pull\", \"resolve\"]\n", m.Addr)
	tmp := filepath.Join(dir, ".hosts.toml")
	if err := os.WriteFile(tmp, []byte(text), 0o644); err != nil {
		return err
	}
	return os.Rename(tmp, filepath.Join(dir, "hosts.toml"))
}

var host = regexp.MustCompile(`\[host\."http://([^"]+)"\]`)

// ReadHosts is the address that WriteHosts has written, "" where there is none.
func ReadHosts(certsDir string) string {
	data, err := os.ReadFile(filepath.Join(certsDir, "docker.io", "hosts.toml"))
	if err != nil {
		return ""
	}
	if m := host.FindSubmatch(data); m != nil {
		return string(m[1])
	}
	return ""
}
