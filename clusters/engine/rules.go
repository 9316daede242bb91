package engine

import (
	"regexp"
	"strings"
)

// table is one table of iptables-save's output.
type table struct {
	name   string
	chains []chain
	rules  []string // "-A ..."
}

// chain has a policy (ACCEPT, DROP) when it is built in, else "-".
type chain struct{ name, policy string }

// dockerRule matches rules with the engine's chains and bridges in them.
var dockerRule = regexp.MustCompile(`\bDOCKER|\bdocker0\b|\bbr-[0-9a-f]{12}\b`)

// hairpin matches the rule by which a container reaches its own published port; it names neither chain nor bridge.
var hairpin = regexp.MustCompile(`^-A POSTROUTING -s (\S+) -d (\S+) .*-j MASQUERADE$`)

func ofDocker(rule string) bool {
	m := hairpin.FindStringSubmatch(rule)
	return dockerRule.MatchString(rule) || m != nil && m[1] == m[2]
}

// withoutDocker is the input for iptables-restore that takes out of the rules of now what an engine has put there
// since before, "" when there is nothing of it. A table that nobody else has used is emptied: with nft it
// then goes altogether, the legacy kernel keeps it.
func withoutDocker(before, now string, nft bool) string {
	old := map[string]table{}
	for _, t := range parseRules(before) {
		old[t.name] = t
	}
	var out strings.Builder
	for _, t := range parseRules(now) {
		was, existed := old[t.name]
		cleaned, changed := t.without(was)
		if !changed && (existed || !t.unused()) {
			continue
		}
		out.WriteString("*" + t.name + "\n")
		if existed || !nft || !cleaned.unused() {
			for _, c := range cleaned.chains {
				out.WriteString(":" + c.name + " " + c.policy + " [0:0]\n")
			}
			for _, r := range cleaned.rules {
				out.WriteString(r + "\n")
			}
		}
		out.WriteString("COMMIT\n")
	}
	return out.String()
}

// without returns the table without what an engine added to was.
func (t table) without(was table) (cleaned table, changed bool) {
	policies := map[string]string{}
	for _, c := range was.chains {
		policies[c.name] = c.policy
	}
	rules := map[string]bool{}
	for _, r := range was.rules {
		rules[r] = true
	}
	cleaned.name = t.name
	for _, c := range t.chains {
		policy, existed := policies[c.name]
		switch {
		case c.policy == "-" && !existed && strings.HasPrefix(c.name, "DOCKER"):
			changed = true
			continue
		case c.name == "FORWARD" && !existed: // the one policy that dockerd sets; ACCEPT is the kernel's own
			policy = "ACCEPT"
			fallthrough
		case c.name == "FORWARD":
			changed = changed || policy != c.policy
			c.policy = policy
		}
		cleaned.chains = append(cleaned.chains, c)
	}
	for _, r := range t.rules {
		if !rules[r] && ofDocker(r) {
			changed = true
			continue
		}
		cleaned.rules = append(cleaned.rules, r)
	}
	return cleaned, changed
}

// unused tells a table that lets everything through by the kernel's own chains alone.
func (t table) unused() bool {
	for _, c := range t.chains {
		if c.policy != "ACCEPT" {
			return false
		}
	}
	return len(t.rules) == 0
}

func parseRules(saved string) []table {
	var tables []table
	for line := range strings.Lines(saved) {
		line = strings.TrimSpace(line)
		if name, ok := strings.CutPrefix(line, "*"); ok {
			tables = append(tables, table{name: name})
			continue
		}
		if len(tables) == 0 {
			continue
		}
		t := &tables[len(tables)-1]
		if name, ok := strings.CutPrefix(line, ":"); ok {
			if f := strings.Fields(name); len(f) >= 2 {
				t.chains = append(t.chains, chain{name: f[0], policy: f[1]})
			}
		} else if strings.HasPrefix(line, "-A ") {
			t.rules = append(t.rules, line)
		}
	}
	return tables
}
