package engine

import "testing"

func TestIsDebian(t *testing.T) {
	for text, want := range map[string]bool{
		"NAME=x\nID=debian\n":                     true,
		"ID=ubuntu\nID_LIKE=debian\n":             true,
		"ID=linuxmint\nID_LIKE=\"ubuntu debian\"": true,
		"ID=fedora\n":                             false,
		"ID_LIKE=\"rhel fedora\"\nPRETTY=debian":  false,
	} {
		if isDebian(text) != want {
			t.Errorf("isDebian(%q) = %v", text, !want)
		}
	}
}
