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

// restoreFirewall takes the engine's rules out again. What others have changed since stays.
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
		version, _ := run.Output(ctx, restore, "--version")
		rules := withoutDocker(before[save], now, strings.Contains(version, "nf_tables"))
		if rules == "" {
			continue
		}
		if _, err := (run.Cmd{Argv: []string{restore}, Stdin: strings.NewReader(rules)}).Run(ctx); err != nil {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}
