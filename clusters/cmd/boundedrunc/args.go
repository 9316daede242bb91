package main

import (
	"path/filepath"
	"strings"
)

// file is the JSON file that carries the capabilities, and the keys under which they are.
type file struct {
	path string
	keys []string // from the document's root down to the object of capability sets
}

// takesValue lists the flags of runc that have a value in the next argument; "" holds the global ones. Only the
// commands that carry capabilities are here.
var takesValue = map[string]map[string]bool{
	"":       set("log log-format root criu rootless"),
	"create": set("bundle b console-socket pid-file pidfd-socket preserve-fds"),
	"run":    set("bundle b console-socket pid-file pidfd-socket preserve-fds"),
	"exec": set("process p console-socket cwd env e user u additional-gids g pid-file pidfd-socket process-label" +
		" apparmor cap c preserve-fds cgroup"),
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// capabilityFile finds which file runc will read capabilities from; its path is "" for every other command.
func capabilityFile(args []string) file {
	_, rest := flags("", args)
	if len(rest) == 0 {
		return file{}
	}
	command, args := rest[0], rest[1:]
	switch command {
	case "create", "run":
		// Unlike exec, these accept flags after the container's id.
		bundle := "."
		for len(args) > 0 {
			var found map[string]string
			found, args = flags(command, args)
			bundle = first(found["bundle"], found["b"], bundle)
			if len(args) > 0 {
				args = args[1:]
			}
		}
		return file{path: filepath.Join(bundle, "config.json"), keys: []string{"process", "capabilities"}}
	case "exec":
		found, _ := flags(command, args)
		return file{path: first(found["process"], found["p"]), keys: []string{"capabilities"}}
	}
	return file{}
}

// flags reads a command's leading flags as runc does: -x and --x alike, the value after = or in the next argument.
// It returns the values and what follows, from the first word that is no flag.
func flags(command string, args []string) (values map[string]string, rest []string) {
	values = map[string]string{}
	for len(args) > 0 {
		arg := args[0]
		if arg == "--" {
			return values, args[1:]
		}
		if len(arg) < 2 || arg[0] != '-' {
			return values, args
		}
		args = args[1:]
		name, value, hasValue := strings.Cut(strings.TrimPrefix(arg[1:], "-"), "=")
		if !hasValue && takesValue[command][name] && len(args) > 0 {
			value, args = args[0], args[1:]
		}
		values[name] = value
	}
	return values, nil
}

func first(candidates ...string) string {
	for _, c := range candidates {
		if c != "" {
			return c
		}
	}
	return ""
}
