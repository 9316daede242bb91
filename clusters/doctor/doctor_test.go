package doctor

import (
	"bufio"
	"bytes"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters/image/nodeimage"
	"github.com/gateproof/gateproof/clusters/lane"
)

var roomy = Host{Engine: "Docker answers", Answers: true, Cgroup: "1", CPUs: 2, Memory: 16 << 30, FreeMemory: 12 << 30,
	Disks: []Disk{{For: "images", Dir: "/d", Free: 40 << 30}}}

func words(fs []Finding) string {
	var out []string
	for _, f := range fs {
		out = append(out, f.Words+"; "+f.Remedy)
	}
	return strings.Join(out, "\n")
}

func TestWhatKeepsALaneFromRunning(t *testing.T) {
	old, today := lane.Lane{Name: "on", Version: "v1.16.15"}, lane.Lane{Name: "latest", Version: "v1.37.0"}
	built := nodeimage.Prospect{Ours: true, Builds: true}
	for name, c := range map[string]struct {
		host  func(*Host)
		lane  lane.Lane
		image nodeimage.Prospect
		runs  bool
		says  string
	}{
		"nothing":                        {lane: old, image: built, runs: true, says: "change nothing"},
		"no engine":                      {host: func(h *Host) { h.NoEngine = "start Docker" }, lane: old, image: built, says: "no container engine; start Docker"},
		"old kubelet, cgroup v2, ours":   {host: func(h *Host) { h.Cgroup = "2" }, lane: old, image: built, runs: true, says: "built with a few changed lines"},
		"old kubelet, cgroup v2, theirs": {host: func(h *Host) { h.Cgroup = "2" }, lane: old, says: "stops on a host with cgroup v2"},
		"new kubelet, cgroup v1":         {lane: today, runs: true, says: "failCgroupV1: false"},
		"new kubelet, cgroup v2":         {host: func(h *Host) { h.Cgroup = "2" }, lane: today, runs: true},
		"memory":                         {host: func(h *Host) { h.FreeMemory = 1 << 30 }, lane: today, says: "1.0 GiB of memory are free, a lane takes 1.5 GiB"},
		"memory of the engine":           {host: func(h *Host) { h.Memory, h.FreeMemory = 1<<30, -1 }, lane: today, says: "the engine has 1.0 GiB of memory"},
		"rootless, old kubelet":          {host: func(h *Host) { h.Rootless = true }, lane: old, image: built, says: "kubelets before v1.22.0 do not run there"},
		"rootless":                       {host: func(h *Host) { h.Rootless = true }, lane: today, runs: true},
		"networks":                       {host: func(h *Host) { h.Networks = 31 }, lane: today, runs: true, says: "docker network prune"},
		"disk for a build":               {host: func(h *Host) { h.Disks = []Disk{{Dir: "/d", Free: 8 << 30}} }, lane: today, image: built, says: "8.0 GiB are free"},
		"disk for an image that is there": {host: func(h *Host) { h.Disks = []Disk{{Dir: "/d", Free: 8 << 30}} }, lane: today, image: nodeimage.Prospect{Ours: true},
			runs: true},
		"version without an image":  {lane: lane.Lane{Version: "v1.20.0"}, image: nodeimage.Prospect{Missing: "none is known"}, says: "none is known"},
		"version that nobody boots": {lane: lane.Lane{Name: "x", Version: "v1.12.10"}, says: "cannot be built"},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			host := roomy
			if c.host != nil {
				c.host(&host)
			}
			found := Checked{Lane: c.lane, Findings: host.Fit(c.lane, c.image)}
			g.Expect(found.Runs()).To(Equal(c.runs), words(found.Findings))
			g.Expect(words(found.Findings)).To(ContainSubstring(c.says))
			var out bytes.Buffer
			g.Expect(Print(&out, host, []Checked{found})).To(Succeed())
			g.Expect(strings.Contains(out.String(), "CANNOT RUN")).To(Equal(!c.runs))
		})
	}
}

func TestWhatIsAmissWithSeveralLanesIsSaidOnce(t *testing.T) {
	g := NewWithT(t)
	amiss := []Finding{{Fatal: true, Words: "no container engine", Remedy: "start Docker"}}
	var out bytes.Buffer
	g.Expect(Print(&out, roomy, []Checked{
		{Lane: lane.Lane{Name: "on"}, Findings: amiss}, {Lane: lane.Lane{Name: "off"}, Findings: amiss},
	})).To(Succeed())
	g.Expect(strings.Count(out.String(), "CANNOT RUN (1)")).To(Equal(2))
	g.Expect(strings.Count(out.String(), "(1) no container engine; start Docker\n")).To(Equal(1))
}

func TestKernelSettings(t *testing.T) {
	g := NewWithT(t)
	g.Expect(yama("")).To(And(HaveField("Value", "no Yama"), HaveField("Refuses", false)))
	g.Expect(yama("1")).To(And(HaveField("Note", ContainSubstring("SYS_PTRACE")), HaveField("Refuses", false)))
	g.Expect(yama("3")).To(HaveField("Refuses", true))
	g.Expect(inotify("128")).To(HaveField("Note", ContainSubstring("max_user_instances=512")))
	g.Expect(inotify("8192")).To(HaveField("Note", ""))
	g.Expect(cpuacct("quiet cgroup_no_v1=all")).To(HaveField("Value", "forbidden by cgroup_no_v1=all"))
	g.Expect(cpuacct("quiet cgroup_no_v1=memory,cpuacct")).To(HaveField("Note", ContainSubstring("v1.19")))
	g.Expect(cpuacct("quiet cgroup_no_v1=named")).To(HaveField("Value", "forbidden by cgroup_no_v1=named"))
	g.Expect(cpuacct("quiet cgroup_no_v1=memory")).To(HaveField("Value", "not forbidden"))
	g.Expect(hidepid("proc /proc proc rw,nosuid,hidepid=invisible 0 0\n")).To(HaveField("Value", "invisible"))
	g.Expect(hidepid("proc /proc proc rw,hidepid=0 0 0\nproc /chroot/proc proc rw,hidepid=2 0 0\n")).To(HaveField("Value", "0"))
	g.Expect(appArmor("Y")).To(HaveField("Value", "on"))
	g.Expect(userNamespaces("0")).To(HaveField("Note", ContainSubstring("sysctl")))
}

func TestMeminfo(t *testing.T) {
	g := NewWithT(t)
	read := func(name string) int64 {
		return parseMeminfo(bufio.NewScanner(strings.NewReader("MemTotal:       2048 kB\nMemAvailable:   1024 kB\n")), name)
	}
	g.Expect(read("MemAvailable")).To(BeEquivalentTo(1 << 20))
	g.Expect(read("MemFree")).To(BeEquivalentTo(-1))
}
