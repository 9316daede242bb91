package engine

import (
	"slices"
	"testing"
)

func TestDockerLinks(t *testing.T) {
	before := []string{"lo", "eth0", "br-0123456789ab"}
	now := append(before, "docker0", "br-25404f0e31b9", "vethc292389", "br-lan", "veth-mine")
	if got, want := dockerLinks(before, now), []string{"docker0", "br-25404f0e31b9", "vethc292389"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

const mountinfo = `22 1 254:0 / / rw - ext4 /dev/vda rw
30 22 254:1 / /var/lib/docker rw - ext4 /dev/vdb rw
31 30 254:1 / /var/lib/docker rw - ext4 /dev/vdb rw
32 31 0:40 / /var/lib/docker/overlay2/a\040b/merged rw - overlay overlay rw
33 22 0:41 / /var/lib/dockershim rw - tmpfs tmpfs rw
34 22 0:4 net:[1] /run/docker/netns/default rw - nsfs nsfs rw
`

func TestMountsSince(t *testing.T) {
	now := mountsUnder(mountinfo, "/run/docker", "/var/lib/docker")
	want := []string{"/run/docker/netns/default", "/var/lib/docker/overlay2/a b/merged", "/var/lib/docker", "/var/lib/docker"}
	if !slices.Equal(now, want) {
		t.Fatalf("mounts %q, want %q", now, want)
	}
	if got := mountedSince([]string{"/var/lib/docker"}, now); !slices.Equal(got, want[:3]) {
		t.Errorf("since: %q, want %q", got, want[:3])
	}
}

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
