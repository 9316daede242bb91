package doctor

import (
	"os"
	"slices"
	"strconv"
	"strings"
)

// settings reads the kernel settings that bear on the claims.
func settings() []Setting {
	return []Setting{
		{Name: "kernel", Value: read("/proc/sys/kernel/osrelease")},
		yama(read("/proc/sys/kernel/yama/ptrace_scope")),
		appArmor(read("/sys/module/apparmor/parameters/enabled")),
		hidepid(read("/proc/self/mounts")),
		{Name: "fs.suid_dumpable", Value: read("/proc/sys/fs/suid_dumpable")},
		userNamespaces(read("/proc/sys/user/max_user_namespaces")),
		inotify(read("/proc/sys/fs/inotify/max_user_instances")),
		cpuacct(read("/proc/cmdline")),
	}
}

func read(path string) string {
	data, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(data))
}

// yama is proc(5)'s kernel.yama.ptrace_scope: who may attach to whom.
func yama(scope string) Setting {
	s := Setting{Name: "Yama ptrace_scope", Value: scope}
	switch scope {
	case "":
		s.Value = "no Yama"
	case "3":
		s.Refuses = true
		s.Note = "nobody may attach, so that sys-ptrace-granted fails; only a restart with another kernel.yama.ptrace_scope lifts it"
	case "1", "2":
		s.Note = "attaching needs SYS_PTRACE even for the same user; the access matrices show it"
	}
	return s
}

func appArmor(enabled string) Setting {
	s := Setting{Name: "AppArmor", Value: "off"}
	if enabled == "Y" {
		s.Value = "on"
		s.Note = "containers of one profile may signal and trace each other; a profile of your own must allow it"
	}
	return s
}

// hidepid is the option of the host's /proc. Containers have a /proc each, which does not inherit it.
func hidepid(mounts string) Setting {
	s := Setting{Name: "hidepid of /proc", Value: "0"}
	for line := range strings.Lines(mounts) {
		fields := strings.Fields(line)
		if len(fields) < 4 || fields[1] != "/proc" {
			continue
		}
		for option := range strings.SplitSeq(fields[3], ",") {
			if value, ok := strings.CutPrefix(option, "hidepid="); ok && value != "0" && value != "off" {
				s.Value = value
				s.Note = "containers have a /proc of their own, without it"
			}
		}
	}
	return s
}

func userNamespaces(most string) Setting {
	s := Setting{Name: "user namespaces", Value: most}
	if most == "" || most == "0" {
		s.Value = "none"
		s.Note = "user-namespace-shares cannot be observed; sysctl user.max_user_namespaces=10000"
	}
	return s
}

// fewInotify is what many distributions have; a node takes some twenty, and the first that is refused one does not boot.
const fewInotify = 128

// inotify is how many of these a user may have, which all nodes share: kind's first known issue.
func inotify(most string) Setting {
	s := Setting{Name: "inotify instances", Value: most}
	if n, err := strconv.Atoi(most); err == nil && n <= fewInotify {
		s.Note = "enough for some five lanes at once; sysctl fs.inotify.max_user_instances=512"
	}
	return s
}

// cpuacct is a controller of cgroup v1 that kubelets before 1.19 look for, on a host with v2 beside that. The kernel's command line
// can forbid it.
func cpuacct(commandLine string) Setting {
	s := Setting{Name: "cgroup v1's cpuacct", Value: "not forbidden"}
	for word := range strings.FieldsSeq(commandLine) {
		off, ok := strings.CutPrefix(word, "cgroup_no_v1=")
		if ok && slices.ContainsFunc(strings.Split(off, ","), func(w string) bool { return w == "all" || w == "cpuacct" || w == "named" }) {
			s.Value = "forbidden by " + word
			s.Note = "lanes before v1.19 do not boot on cgroup v2; boot without that word"
		}
	}
	return s
}
