package engine

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gateproof/gateproof/clusters/run"
)

// answerTimeout is how long an engine that accepts the connection may take to answer.
const answerTimeout = 10 * time.Second

// named tells which engine the environment names for the docker command, "" for none: the rule of docker itself,
// DOCKER_HOST before DOCKER_CONTEXT before the current context of its config.json.
func named() string {
	if host := os.Getenv("DOCKER_HOST"); host != "" {
		return "DOCKER_HOST=" + host
	}
	if name := os.Getenv("DOCKER_CONTEXT"); name != "" {
		return contextName("DOCKER_CONTEXT=", name)
	}
	dir := os.Getenv("DOCKER_CONFIG")
	if dir == "" {
		home, _ := os.UserHomeDir()
		dir = filepath.Join(home, ".docker")
	}
	b, _ := os.ReadFile(filepath.Join(dir, "config.json"))
	var config struct{ CurrentContext string }
	_ = json.Unmarshal(b, &config) // a broken file is the docker command's to complain about
	return contextName("docker context ", config.CurrentContext)
}

func contextName(prefix, name string) string {
	if name == "" || name == "default" {
		return ""
	}
	return prefix + name
}

// answersByCommand asks a named engine through the docker command, which knows about TLS, ssh and contexts.
func answersByCommand(ctx context.Context, name string) error {
	ctx, cancel := context.WithTimeout(ctx, answerTimeout)
	defer cancel()
	if _, err := run.Output(ctx, "docker", "version", "--format", "{{.Server.Version}}"); err != nil {
		if u := unlike(err); u != nil {
			return u
		}
		return &Unavailable{
			Reason: "the Docker engine named by " + name + " does not answer",
			Remedy: "start it, or unset the name to use the engine of this machine",
			Err:    err,
		}
	}
	return nil
}

// ping asks the engine at the local socket whether it is there, without a process of its own.
func (c Config) ping(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, answerTimeout)
	defer cancel()
	client := http.Client{Transport: &http.Transport{
		DisableKeepAlives: true,
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			var d net.Dialer
			return d.DialContext(ctx, "unix", c.Socket)
		},
	}}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://docker/_ping", nil)
	if err != nil {
		return err
	}
	resp, err := client.Do(req)
	if err != nil {
		return fmt.Errorf("GET /_ping at %s: %w", c.Socket, err)
	}
	defer resp.Body.Close()
	if resp.StatusCode >= http.StatusBadRequest {
		return fmt.Errorf("GET /_ping at %s: %s", c.Socket, resp.Status)
	}
	return nil
}

// Alive returns nil while the engine, if there is one, answers. Once it does not, the error, an *Unavailable, says so and gives the
// end of the engine's log where gateproof started it.
func (e *Engine) Alive(ctx context.Context) error {
	if e == nil {
		return nil
	}
	if e.named != "" {
		return answersByCommand(ctx, e.named)
	}
	err := e.cfg.ping(ctx)
	if err == nil || ctx.Err() != nil {
		return err
	}
	u := &Unavailable{Reason: "the Docker engine at " + e.cfg.Socket + " no longer answers", Err: err}
	if e.managed {
		u.Log, u.Tail = e.cfg.Log, tail(e.cfg.Log)
		if !ours(e.cfg.load()) {
			u.Reason += ": dockerd has ended"
		}
	}
	return u
}

// tailLines is how many lines of the engine's log an error repeats.
const tailLines = 10

func tail(path string) string {
	b, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	lines := strings.Split(strings.TrimSpace(string(b)), "\n")
	return strings.Join(lines[max(0, len(lines)-tailLines):], "\n")
}
