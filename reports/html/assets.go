package html

import (
	"crypto/sha256"
	"encoding/base64"
	"html/template"
	"strings"
)

// head is what every page carries: words for who lists pages, its style and script, and the policy that allows
// these two and nothing else.
type head struct {
	Title, Description string
	Policy             string
	Style              template.CSS
	Script             template.JS
}

// The parts of the style, in the order in which they win over each other.
var styles = []string{"base", "verdict", "claims", "grid", "tables", "guards", "documented", "phone", "print"}

var style, script = asset(styles, ".css"), asset([]string{"script"}, ".js")

func headOf(title, description string) head {
	policy := []string{
		"default-src 'none'", "style-src " + hash(style), "script-src " + hash(script), "base-uri 'none'", "form-action 'none'",
	}
	return head{title, description, strings.Join(policy, "; "), template.CSS(style), template.JS(script)}
}

// asset joins embedded files; one that is missing is a mistake in this package.
func asset(names []string, ext string) string {
	var parts []string
	for _, name := range names {
		text, err := files.ReadFile("page/" + name + ext)
		if err != nil {
			panic(err)
		}
		parts = append(parts, string(text))
	}
	return strings.Join(parts, "\n")
}

// hash is what a content security policy knows a style or script by.
func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
