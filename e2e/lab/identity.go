package lab

import (
	"slices"
	"strconv"
	"strings"
)

// Identity is who does something in a container: a uid, and no more than some capabilities.
type Identity struct {
	UID  int
	Caps []string // names without CAP_; the container must have them
}

// DefaultCaps are what a container has that asks for nothing, as far as claims depend on them. From containerd's
// default and capabilities(7).
var DefaultCaps = []string{
	"CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "SETGID", "SETUID", "SETPCAP",
	"NET_BIND_SERVICE", "NET_RAW", "SYS_CHROOT", "MKNOD", "AUDIT_WRITE", "SETFCAP",
}

// With adds capabilities.
func With(caps []string, more ...string) []string { return slices.Concat(caps, more) }

// Without takes capabilities away.
func Without(caps []string, less ...string) []string {
	return slices.DeleteFunc(slices.Clone(caps), func(c string) bool { return slices.Contains(less, c) })
}

// As is the same container, where the probe acts as another identity: Kill, Trace, Read, Link, Processes, Hold.
func (c *Container) As(who Identity) *Container {
	return &Container{Pod: c.Pod, Name: c.Name, as: &who, byExec: c.byExec}
}

// words are the identity as the probe's arguments after verb; none for nil.
func (i *Identity) words(verb ...string) []string {
	if i == nil {
		return nil
	}
	caps := strings.Join(i.Caps, ",")
	if caps == "" {
		caps = "none"
	}
	return append(slices.Clone(verb), strconv.Itoa(i.UID), caps)
}
