package lane

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/clusters/input"
)

const goodLane = `name: mine
version: v1.16.15
gate:
  kube-apiserver: true
expect:
  processes: isolated
  field: kept
`

func TestDeclaredLanes(t *testing.T) {
	g := NewWithT(t)
	lanes, err := All()
	g.Expect(err).NotTo(HaveOccurred())
	for _, l := range lanes {
		g.Expect(l.File).To(Equal("clusters/lane/declared/" + l.Name + ".yaml"))
	}
	chosen, err := Select("")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(Names(chosen)).To(ConsistOf("on", "off"))
	for _, l := range chosen {
		value, uniform := l.Uniform()
		g.Expect(uniform).To(BeTrue(), "lane %s", l.Name)
		g.Expect(value).To(Equal(l.Expect.Processes == Shared), "lane %s", l.Name)
	}
}

func TestDecodeLane(t *testing.T) {
	g := NewWithT(t)
	lane, err := Decode("mine.yaml", []byte(goodLane))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(lane).To(Equal(Lane{
		Name: "mine", Version: "v1.16.15", File: "mine.yaml",
		Gate:   map[Component]bool{APIServer: true},
		Expect: Expectation{Processes: Isolated, Field: Kept, Naming: Accepted},
	}))
}

func TestDecodeLaneRefuses(t *testing.T) {
	for name, c := range map[string]struct{ old, new, message string }{
		"unknown field":      {"expect:", "colour: red\nexpect:", `mine.yaml:5: lane: unknown field "colour"; allowed: appArmor, claims, containerRuntime, elsewhere, expect, features, gate, informative, name, nodes, onRequest, runtimeClass, version`},
		"unknown component":  {"kube-apiserver", "kube-apisrver", `mine.yaml:4: gate: unknown field "kube-apisrver"; allowed: kube-apiserver, kube-controller-manager, kube-proxy, kube-scheduler, kubelet`},
		"gate's value":       {"true", `"yes"`, `mine.yaml:4: gate: kube-apiserver: "yes" is neither true nor false`},
		"version":            {"v1.16.15", "1.16", `mine.yaml:2: version: "1.16" is not of the form`},
		"expectation":        {"isolated", "isolatd", `mine.yaml:6: processes: unknown value "isolatd"; allowed: [shared isolated]`},
		"field's fate":       {"kept", "lost", `mine.yaml:7: field: unknown value "lost"; allowed: [kept dropped refused]`},
		"fate of a name":     {"  field: kept", "  field: kept\n  naming: ignored", `mine.yaml:8: naming: unknown value "ignored"; allowed: [accepted locked unknown]`},
		"unknown gate":       {"  field: kept", "  field: kept\n  naming: unknown", "no component starts that is given a gate which it does not know"},
		"unknown runtime":    {"expect:", "runtimeClass: kata\nexpect:", `mine.yaml:5: runtimeClass: unknown value "kata"; allowed: [crun crun-bookworm `},
		"gates beside it":    {"expect:", "features: {ContainerStopSignals: true}\nexpect:", "features: a lane that names the gate names no other"},
		"gate in features":   {"gate:\n  kube-apiserver: true", "features: {PodShareProcessNamespace: true}", "mine.yaml:3: features: PodShareProcessNamespace has a field of its own, gate"},
		"a feature's value":  {"gate:\n  kube-apiserver: true", "features: {ContainerStopSignals: alpha}", `mine.yaml:3: features: ContainerStopSignals: "alpha" is neither true nor false`},
		"no features":        {"gate:\n  kube-apiserver: true", "features: [ContainerStopSignals]", "mine.yaml:3: features: want names of gates, each true or false"},
		"no reason":          {"expect:", "informative: {one-namespace: }\nexpect:", "mine.yaml:5: informative: one-namespace: the reason is missing"},
		"no reasons":         {"expect:", "informative: [one-namespace]\nexpect:", "mine.yaml:5: informative: want claims' ids"},
		"runtime too early":  {"expect:", "runtimeClass: crun\nexpect:", "mine.yaml:1: runtimeClass: it needs v1.20.0 or later"},
		"unknown CRI":        {"expect:", "containerRuntime: cri-o\nexpect:", `mine.yaml:5: containerRuntime: unknown value "cri-o"; allowed: [docker]`},
		"docker too late":    {"version: v1.16.15", "version: v1.24.0\ncontainerRuntime: docker", "the kubelet has no dockershim from v1.24.0 on"},
		"docker and a class": {"version: v1.16.15", "version: v1.20.0\ncontainerRuntime: docker\nruntimeClass: crun", "dockershim knows no other runtimeClass"},
		"docker and nodes":   {"expect:", "containerRuntime: docker\nnodes: [{name: worker}]\nexpect:", "for a lane of one node"},
		"no claims":          {"expect:", "claims: all\nexpect:", "mine.yaml:5: claims: want a list of claims' ids"},
		"missing field":      {"version: v1.16.15\n", "", `mine.yaml:1: lane: field "version" is missing`},
		"field given twice":  {"gate:", "name: twin\ngate:", `mine.yaml:3: lane: field "name" is given twice`},
		"name":               {"name: mine", "name: Mine_1", `mine.yaml:1: name: "Mine_1" is not of the form`},
		"contradiction":      {"isolated\n  field: kept", "shared\n  field: dropped", "a field that is dropped cannot lead to processes: shared"},
		"not YAML":           {"name: mine", "name: [", "mine.yaml: not YAML:"},
		"no mapping":         {goodLane, "- on\n", "mine.yaml:1: lane: want the fields"},
		"second document":    {"  field: kept\n", "  field: kept\n---\nname: two\n", "more than one document"},
		"nothing":            {goodLane, "", "mine.yaml: the file is empty"},
	} {
		t.Run(name, func(t *testing.T) {
			g := NewWithT(t)
			_, err := Decode("mine.yaml", []byte(strings.Replace(goodLane, c.old, c.new, 1)))
			g.Expect(err).To(MatchError(ContainSubstring(c.message)))
			g.Expect(err).To(MatchError(input.Err))
		})
	}
}

func TestSelectLanes(t *testing.T) {
	g := NewWithT(t)
	file := filepath.Join(t.TempDir(), "mine.yaml")
	g.Expect(os.WriteFile(file, []byte(goodLane), 0o600)).To(Succeed())

	chosen, err := Select(" off , " + file)
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect([]string{chosen[0].Name, chosen[1].Name}).To(Equal([]string{"off", "mine"}))

	for spec, message := range map[string]string{
		"onn":            `there is no lane "onn"; declared lanes: `,
		"on,on":          `lane "on" is chosen twice`,
		"on,":            `there is no lane ""`,
		"./missing.yaml": "no such file",
	} {
		_, err := Select(spec)
		g.Expect(err).To(MatchError(ContainSubstring(message)), spec)
		g.Expect(err).To(MatchError(input.Err), spec)
	}
}

func TestLanesAreChosenByHowTheirNamesBegin(t *testing.T) {
	g := NewWithT(t)
	chosen, err := Select("runtimes,shapes")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(Names(chosen)).To(Equal([]string{"runtimes-containerd", "runtimes-crun", "runtimes-runc", "shapes-latest", "shapes-off", "shapes-on", "shapes-runsc"}))
	one, err := Select("latest")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(Names(one)).To(Equal([]string{"latest"}), "a lane of that name is chosen alone")
	all, err := Select("all")
	g.Expect(err).NotTo(HaveOccurred())
	more, err := Select("all,dockershim")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(Names(more)).To(HaveLen(len(all)+2), "all, and those on request")
	_, err = Select("v1-10")
	g.Expect(err).To(MatchError(ContainSubstring(`there is no lane "v1-10"`)), "they cannot be booted")
	_, err = Select("shapes,shapes-on")
	g.Expect(err).To(MatchError(ContainSubstring(`lane "shapes-on" is chosen twice`)))
}

func TestWhatCannotBeBootedSaysWhy(t *testing.T) {
	g := NewWithT(t)
	l, err := Decode("mine.yaml", []byte(goodLane+"elsewhere: nobody has its parts\n"))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(l.NotBooted()).To(Equal("nobody has its parts"))
	g.Expect(l.CannotBoot()).To(Equal("nobody has its parts; on a cluster that runs: gateproof run --kubeconfig=... --expect=mine"))
	_, err = Decode("mine.yaml", []byte(goodLane+"elsewhere: \n"))
	g.Expect(err).To(MatchError(ContainSubstring("mine.yaml:8: elsewhere: the reason is missing")))
	all, err := Select("all")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(Names(all)).NotTo(ContainElement("cri-o"))
}
