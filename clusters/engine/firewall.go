package engine

import (
	"context"
	"errors"
	"os/exec"
	"strings"

	"github.com/gateproof/gateproof/clusters/run"
)

// firewalls are the commands that save and restore one address family's rules, in whatever flavour (nft or legacy) the
// machine uses.
var firewalls = map[string]string{
	"iptables-save":  "iptables-restore",
	"ip6tables-save": "ip6tables-restore",
}

// saveFirewall returns the rules of each family; without iptables on the machine there are none.
func saveFirewall() map[string]string {
	saved := map[string]string{}
	for save := range firewalls {
		saved[save], _ = run.Output(context.Background(), save)
	}
	return saved
}

// restoreFirewall puts the rules back as they were.
func restoreFirewall(ctx context.Context, before map[string]string) error {
	var errs []error
	for save, restore := range firewalls {
		if _, err := exec.LookPath(restore); err != nil {
			continue
		}
		now, err := run.Output(ctx, save)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		if stripped(now) == stripped(before[save]) {
			continue
		}
		version, _ := run.Output(ctx, restore, "--version")
		rules := restoration(before[save], now, strings.Contains(version, "nf_tables"))
		if _, err := (run.Cmd{Argv: []string{restore}, Stdin: strings.NewReader(rules)}).Run(ctx); err != nil {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// restoration is the input for iptables-restore that leads from now back to before. A table that appeared meanwhile
// is emptied: with nft it goes altogether, the legacy kernel keeps its built-in chains, which then accept.
func restoration(before, now string, nft bool) string {
	out := stripped(before)
	had := tables(before)
	for name, chains := range tables(now) {
		if _, ok := had[name]; ok {
			continue
		}
		out += "*" + name + "\n"
		if !nft {
			for _, chain := range chains {
				out += ":" + chain + " ACCEPT [0:0]\n"
			}
		}
		out += "COMMIT\n"
	}
	return out
}

// tables maps each table of iptables-save's output to its built-in chains.
func tables(rules string) map[string][]string {
	found := map[string][]string{}
	table := ""
	for line := range strings.Lines(rules) {
		line = strings.TrimSpace(line)
		if name, ok := strings.CutPrefix(line, "*"); ok {
			table = name
			found[table] = nil
		}
		fields := strings.Fields(line)
		// A chain of one's own has the policy "-".
		if len(fields) >= 2 && strings.HasPrefix(line, ":") && fields[1] != "-" {
			found[table] = append(found[table], fields[0][1:])
		}
	}
	return found
}

// stripped drops what differs between two saves of the same rules: comments with the date, packet counters.
func stripped(rules string) string {
	var out strings.Builder
	for line := range strings.Lines(rules) {
		if strings.HasPrefix(line, "#") || strings.TrimSpace(line) == "" {
			continue
		}
		if strings.HasPrefix(line, ":") {
			if i := strings.LastIndexByte(line, '['); i > 0 {
				line = line[:i] + "[0:0]\n"
			}
		}
		out.WriteString(line)
	}
	return out.String()
}
