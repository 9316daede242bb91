package gobuild

import (
	"runtime"
	"slices"
)

// settings keep the user's own out of a build, but not their module proxy and caches. None is empty: the go command would take the one
// of `go env -w` instead. Nothing may add to go.mod and go.sum: they are complete.
var settings = []string{
	"GO111MODULE=on", "GOWORK=off", "GOFLAGS=-mod=readonly -buildvcs=false", "CGO_ENABLED=0", "GOAMD64=v1", "GOARM64=v8.0", "GOFIPS140=off",
	"GOEXPERIMENT=nofieldtrack", // it is off in any case: what else a release of Go has on stays on
}

// Env is the environment of a go command that builds for the engine's machine, of an architecture in Go's words.
func Env(arch string) []string { return append(slices.Clone(settings), "GOOS=linux", "GOARCH="+arch) }

// hostEnv is that of one that builds what runs here, or builds nothing.
func hostEnv() []string {
	return append(slices.Clone(settings), "GOOS="+runtime.GOOS, "GOARCH="+runtime.GOARCH)
}
