//go:build linux

package lab

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	. "github.com/onsi/gomega"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"

	"github.com/gateproof/gateproof/fixtures/program"
)

// execs is an API server whose containers are this machine: it runs what is to be executed, with the probe in a folder of its own.
type execs struct {
	dir string

	mu       sync.Mutex
	commands [][]string
	last     *exec.Cmd
	mute     bool // the next command is not run, and its stream says nothing
}

// ServeHTTP implements http.Handler, by the protocol v5.channel.k8s.io: see echo.
func (e *execs) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	conn, err := channels(w, r)
	if err != nil {
		return
	}
	defer conn.Close()
	var writing sync.Mutex
	to := func(channel byte) writer {
		return func(p []byte) {
			writing.Lock()
			defer writing.Unlock()
			say(conn, channel, p)
		}
	}
	cmd, mute := e.command(r.URL.Query()["command"])
	in, _ := cmd.StdinPipe()
	go func() {
		for {
			_, message, err := conn.ReadMessage()
			switch {
			case err != nil, message[0] == 255:
				_ = in.Close()
				return
			case !mute:
				_, _ = in.Write(message[1:])
			}
		}
	}()
	if mute {
		<-r.Context().Done()
		return
	}
	cmd.Stdout, cmd.Stderr = to(1), to(2)
	if r.URL.Query().Get("stdin") != "true" {
		cmd.Stdin = nil
	}
	if err := cmd.Run(); err != nil {
		to(3)(fmt.Appendf(nil, `{"status":"Failure","reason":"NonZeroExitCode","details":{"causes":[{"reason":"ExitCode","message":"%d"}]}}`, max(cmd.ProcessState.ExitCode(), 1)))
	} else {
		to(3)([]byte(`{"status":"Success"}`))
	}
	writing.Lock()
	defer writing.Unlock()
	end(conn)
}

func (e *execs) command(argv []string) (cmd *exec.Cmd, mute bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for i := range argv {
		argv[i] = strings.ReplaceAll(argv[i], ProbePath, filepath.Join(e.dir, "probe"))
	}
	e.commands = append(e.commands, argv)
	e.last = exec.Command(argv[0], argv[1:]...)
	mute, e.mute = e.mute, false
	return e.last, mute
}

func (e *execs) count() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return len(e.commands)
}

func (e *execs) killLast() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.last.Process.Kill()
}

type writer func([]byte)

func (w writer) Write(p []byte) (int, error) {
	w(p)
	return len(p), nil
}

var _ io.Writer = writer(nil)

// servedContainer is one on a server of execs.
func servedContainer(t *testing.T) (*execs, *Container) {
	g := NewWithT(t)
	e := &execs{dir: t.TempDir()}
	server := httptest.NewServer(e)
	t.Cleanup(server.CloseClientConnections)
	text, err := program.Probe(runtime.GOARCH)
	g.Expect(err).NotTo(HaveOccurred())
	file := filepath.Join(t.TempDir(), "probe")
	g.Expect(os.WriteFile(file, text, 0o600)).To(Succeed())
	config := &rest.Config{Host: server.URL}
	bench := &Bench{Config: config, Client: kubernetes.NewForConfigOrDie(config), Probe: file, transport: &transport{}}
	return e, (&Pod{bench: bench, Namespace: "n", Name: "p", stations: map[string]*station{}}).Container("c")
}

func asksWhoItIs(t *testing.T, e *execs, c *Container) {
	g := NewWithT(t)
	exe, errName, err := c.Link(t.Context(), "/proc/self/exe")
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(errName).To(BeEmpty())
	g.Expect(exe).To(Equal(filepath.Join(e.dir, "probe")))
}

func TestAHelperAnswersManyQuestionsByOneExec(t *testing.T) {
	g := NewWithT(t)
	e, c := servedContainer(t)
	asksWhoItIs(t, e, c)
	g.Expect(c.Pod.bench.Transport()).To(Equal(WebSocket), "it should be known before the stream ends")
	one, err := c.Self(t.Context())
	g.Expect(err).NotTo(HaveOccurred())
	two, err := c.As(Identity{UID: one.UID}).Self(t.Context())
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(two.PID).NotTo(Equal(one.PID), "each question should be answered by a process of its own")
	_, err = c.Calls(t.Context(), ToKill("0", os.Getpid()), ToRead("/proc/self/cmdline"))
	g.Expect(err).NotTo(HaveOccurred())
	g.Expect(e.count()).To(Equal(1), "%q", e.commands)

	asksWhoItIs(t, e, c.ByExec())
	g.Expect(e.count()).To(Equal(2), "%q", e.commands)
}

func TestAfterAHelpersEndThereIsAnother(t *testing.T) {
	g := NewWithT(t)
	e, c := servedContainer(t)
	asksWhoItIs(t, e, c)
	g.Expect(e.killLast()).To(Succeed())
	asksWhoItIs(t, e, c) // by an exec where the end has not been noticed yet
	asksWhoItIs(t, e, c)
	g.Expect(c.station().helper.serves()).To(BeTrue())
	g.Expect(e.commands[len(e.commands)-1]).To(Equal([]string{filepath.Join(e.dir, "probe"), "serve"}), "the program should not be brought again")
	g.Expect(e.killLast()).To(Succeed())
}

func TestAContainerWithoutTheProgramIsAnotherOne(t *testing.T) {
	g := NewWithT(t)
	e, c := servedContainer(t)
	asksWhoItIs(t, e, c)
	g.Expect(os.Remove(filepath.Join(e.dir, "probe"))).To(Succeed())
	g.Expect(e.killLast()).To(Succeed())
	g.Eventually(func() bool { return c.station().helper.serves() }).Should(BeFalse())
	_, err := c.Self(t.Context())
	g.Expect(err).To(HaveOccurred())
	_, err = os.Stat(filepath.Join(e.dir, "probe"))
	g.Expect(err).To(MatchError(os.ErrNotExist), "a container that was started anew behind a claim's back would answer as if it were the old one")
}

func TestWhereNoStreamLastsEachQuestionHasAnExec(t *testing.T) {
	g := NewWithT(t)
	was := Timeouts.ProbeAnswer
	defer func() { Timeouts.ProbeAnswer = was }()
	Timeouts.ProbeAnswer = 3 * time.Second
	e, c := servedContainer(t)
	e.mute = true
	asksWhoItIs(t, e, c)
	g.Expect(c.Pod.bench.transport.brief.Load()).To(BeTrue())
	before := e.count()
	asksWhoItIs(t, e, c)
	g.Expect(e.count()).To(Equal(before + 1))
}
