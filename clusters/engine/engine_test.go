package engine

import (
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gateproof/gateproof/clusters/owner"
)

// inTemp is an engine's configuration with every path in a folder of the test.
func inTemp(t *testing.T) Config {
	dir, err := os.MkdirTemp("", "gp") // the test's name in it would make the sockets' names too long
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return Config{
		Socket: filepath.Join(dir, "s"), Host: "unix://" + filepath.Join(dir, "s"), DataRoot: filepath.Join(dir, "data"),
		ExecRoot: filepath.Join(dir, "exec"), PIDFile: filepath.Join(dir, "pid"), Log: filepath.Join(dir, "log"),
		StateDir: filepath.Join(dir, "state"), CgroupParent: "gateproof-test",
	}
}

// answer lets a web server play the engine.
func answer(t *testing.T, c Config) {
	listener, err := net.Listen("unix", c.Socket)
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
}

func TestForeignEngineIsUsedAndLeftAlone(t *testing.T) {
	t.Setenv(KeepEnv, "")
	c := inTemp(t)
	answer(t, c)
	if absent("docker") != nil {
		t.Setenv("PATH", fakeCommand(t, "docker"))
	}
	e, err := c.Ensure(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if e.managed {
		t.Error("a foreign engine is taken for ours")
	}
	if err := e.Keep(true); err != nil || c.load() != nil {
		t.Errorf("Keep on a foreign engine: %v, state %v", err, c.load())
	}
	if err := errors.Join(e.Release(t.Context()), e.Release(t.Context())); err != nil {
		t.Error(err)
	}
	if err := e.Alive(t.Context()); err != nil {
		t.Errorf("Release stopped a foreign engine: %v", err)
	}
	if _, err := os.Stat(c.StateDir); os.Geteuid() == 0 && err == nil {
		t.Error("our files are left behind")
	}
}

func fakeCommand(t *testing.T, name string) string {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestAStrangersProcessIsNotOurEngine(t *testing.T) {
	self := owner.ProcessOf(os.Getpid())
	st := &state{Process: self.String()}
	if !ours(st) {
		t.Errorf("%+v does not run", st)
	}
	self.Started++
	if st := (&state{Process: self.String()}); ours(st) {
		t.Errorf("another process with that number is taken for %+v", st)
	}
	self.Boot = "earlier"
	if st := (&state{Process: self.String()}); ours(st) || ours(nil) || ours(&state{}) {
		t.Errorf("a process of before this boot runs: %+v", st)
	}
}

func TestAliveTellsTheEndOfTheLog(t *testing.T) {
	c := inTemp(t)
	if err := os.WriteFile(c.Log, []byte(strings.Repeat("earlier\n", 50)+"panic: out of luck\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	err := (&Engine{cfg: c, managed: true}).Alive(t.Context())
	var u *Unavailable
	if !errors.As(err, &u) {
		t.Fatalf("error %v", err)
	}
	for _, want := range []string{"no longer answers", "dockerd has ended", c.Log, "panic: out of luck"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in: %v", want, err)
		}
	}
	if n := strings.Count(u.Tail, "\n") + 1; n != tailLines {
		t.Errorf("%d lines of the log", n)
	}
}

func TestNamed(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("DOCKER_CONFIG", dir)
	t.Setenv("DOCKER_HOST", "")
	t.Setenv("DOCKER_CONTEXT", "")
	if got := named(); got != "" {
		t.Errorf("nothing set: %q", got)
	}
	if err := os.WriteFile(filepath.Join(dir, "config.json"), []byte(`{"currentContext":"lab"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := named(); got != "docker context lab" {
		t.Errorf("current context: %q", got)
	}
	t.Setenv("DOCKER_CONTEXT", "default")
	if got := named(); got != "" {
		t.Errorf("context default: %q", got)
	}
	t.Setenv("DOCKER_HOST", "tcp://h:1")
	if got := named(); got != "DOCKER_HOST=tcp://h:1" {
		t.Errorf("DOCKER_HOST: %q", got)
	}
}

func TestANamedEngineIsNeverReplaced(t *testing.T) {
	t.Setenv("DOCKER_HOST", "tcp://127.0.0.1:1")
	t.Setenv("GATEPROOF_CACHE", t.TempDir())
	e, err := Ensure(context.Background())
	var u *Unavailable
	if e != nil || !errors.As(err, &u) || !strings.Contains(u.Reason, "DOCKER_HOST=tcp://127.0.0.1:1") {
		t.Errorf("engine %v, error %v", e, err)
	}
}

func TestParseInfo(t *testing.T) {
	info, err := parseInfo(`{"ServerVersion":"20.10.24","CgroupVersion":"1","Architecture":"aarch64","DockerRootDir":"/d","MemTotal":7,"NCPU":2,` +
		`"SecurityOptions":["name=seccomp","name=rootless"]}`)
	if want := (Info{ServerVersion: "20.10.24", CgroupVersion: "1", Architecture: "arm64", RootDir: "/d", FreeBytes: -1, MemoryBytes: 7, CPUs: 2,
		Rootless: true}); err != nil || info != want {
		t.Errorf("%+v, %v", info, err)
	}
	if _, err := parseInfo(`{"ServerErrors":["Cannot connect"]}`); err == nil || !strings.Contains(err.Error(), "Cannot connect") {
		t.Errorf("an error of the engine goes unnoticed: %v", err)
	}
}
