package lab

import (
	"context"
	"errors"
	"fmt"
	"io"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/tools/remotecommand"
	"k8s.io/client-go/util/exec"

	"github.com/gateproof/gateproof/clusters/run"
	"github.com/gateproof/gateproof/reports"
)

// Container is one container of a pod.
type Container struct {
	Pod  *Pod
	Name string

	as     *Identity
	byExec bool // each question has an exec of its own
}

func (c *Container) String() string { return "container " + c.Name + " of pod " + c.Pod.Name }

// Result is how a command in a container ended.
type Result struct {
	Argv     []string
	ExitCode int
	Stdout   string
	Stderr   string
}

func (r Result) String() string {
	return fmt.Sprintf("%s: exit code %d, stdout %q, stderr %q", run.Pretty(r.Argv), r.ExitCode, r.Stdout, r.Stderr)
}

// Run runs argv in the container, whatever its exit code. An error means that it could not be run or watched to its end.
func (c *Container) Run(ctx context.Context, argv ...string) (Result, error) {
	return c.exec(ctx, nil, argv)
}

// Output runs argv in the container and returns what it printed; another exit code than 0 is an error.
func (c *Container) Output(ctx context.Context, argv ...string) (string, error) {
	r, err := c.Run(ctx, argv...)
	if err == nil && r.ExitCode != 0 {
		err = fmt.Errorf("in %s: %s", c, r)
	}
	return r.Stdout, err
}

func (c *Container) exec(ctx context.Context, stdin io.Reader, argv []string) (Result, error) {
	r := Result{Argv: argv}
	executor, err := c.executor(argv, stdin != nil)
	if err != nil {
		return r, err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, Timeouts.Exec, fmt.Errorf("no end within %s", Timeouts.Exec))
	defer cancel()
	var stdout, stderr collected
	err = executor.StreamWithContext(ctx, remotecommand.StreamOptions{Stdin: stdin, Stdout: &stdout, Stderr: &stderr})
	r.Stdout, r.Stderr = stdout.String(), stderr.String()
	var exit exec.CodeExitError
	if errors.As(err, &exit) {
		r.ExitCode = exit.Code
		return r, nil
	}
	if err != nil {
		if ctx.Err() != nil {
			err = context.Cause(ctx)
		}
		return r, unobserved(reports.CauseExec, "exec of %s in %s: %w%s", run.Pretty(argv), c, err, r.printed())
	}
	return r, nil
}

// executor is for one exec of argv.
func (c *Container) executor(argv []string, stdin bool) (remotecommand.Executor, error) {
	req := c.Pod.bench.Client.CoreV1().RESTClient().Post().
		Namespace(c.Pod.Namespace).Resource("pods").Name(c.Pod.Name).SubResource("exec").
		VersionedParams(&corev1.PodExecOptions{
			Container: c.Name, Command: argv, Stdin: stdin, Stdout: true, Stderr: true,
		}, scheme.ParameterCodec)
	return c.Pod.bench.executor(req.URL())
}

// printed is what came before a stream broke, "" for nothing.
func (r Result) printed() string {
	if r.Stdout+r.Stderr == "" {
		return ""
	}
	return fmt.Sprintf("; before that stdout %q, stderr %q", r.Stdout, r.Stderr)
}
