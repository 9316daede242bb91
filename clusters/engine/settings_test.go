package engine

import (
	"encoding/json"
	"reflect"
	"testing"
)

func TestSettingsAreTheMachinesWithOurs(t *testing.T) {
	own := `{"registry-mirrors": ["https://m.example"], "iptables": true, "bip": "10.0.0.1/24", "icc": false,
		"exec-opts": ["native.cgroupdriver=systemd"], "runtimes": {"kata": {"path": "/k"}}}`
	text, err := Default().settings([]byte(own), "/p", false)
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{
		"registry-mirrors": []any{"https://m.example"}, "iptables": false, "ip6tables": false, "ip-forward": false, "ip-masq": false, "live-restore": false, "dns-opts": []any{"timeout:1", "attempts:1"},
		"bridge": "none", "pidfile": "/var/run/docker/docker.pid", "exec-opts": []any{"native.cgroupdriver=cgroupfs"},
		"runtimes":        map[string]any{"kata": map[string]any{"path": "/k"}, "gateproof": map[string]any{"path": "/p"}},
		"default-runtime": "gateproof",
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%s", text)
	}
}

func TestADefaultBridgeThatIsThereIsNotDeleted(t *testing.T) {
	text, err := Default().settings(nil, "", true)
	var got map[string]any
	if err != nil || json.Unmarshal(text, &got) != nil || got["bridge"] != nil || got["runtimes"] != nil || got["hosts"] != nil {
		t.Errorf("%s, %v", text, err)
	}
	if _, err := Default().settings([]byte("{"), "", true); err == nil {
		t.Error("broken settings are accepted")
	}
}
