package reports

import (
	"regexp"
	"slices"
	"strings"
)

var (
	// gotError matches the line by which Gomega announces an error that it shows below.
	gotError = regexp.MustCompile(`^(Unexpected error|Expected success, but got an error):$`)
	// errorDump matches the first line of an error's fields, which Gomega shows below its message.
	errorDump = regexp.MustCompile(`^    (\{\}|\{|\{[A-Za-z_]\w*: .*\}|0x[0-9a-f]+|occurred)$`)
)

// causeFirst rewrites a failure that was an unexpected error: the error's message leads, as a headline is cut behind, and
// what the assertion says of itself follows. Any other message stays as it is.
func causeFirst(message string) string {
	lines := strings.Split(strings.TrimSpace(message), "\n")
	at := slices.IndexFunc(lines, gotError.MatchString)
	if at < 0 || at+1 >= len(lines) || !typeTag.MatchString(strings.TrimSpace(lines[at+1])) {
		return message
	}
	var cause []string
	for i, line := range lines[at+1:] {
		if i > 0 && (line == "occurred" || errorDump.MatchString(line)) {
			break
		}
		text := strings.TrimSpace(line)
		if i == 0 {
			text = typeTag.ReplaceAllString(text, "")
		}
		cause = append(cause, strings.Fields(text)...)
	}
	if len(cause) == 0 {
		return message
	}
	description := strings.TrimSuffix(strings.Join(strings.Fields(strings.Join(lines[:at], " ")), " "), ":")
	if description == "" {
		return strings.Join(cause, " ")
	}
	return strings.Join(cause, " ") + " (" + description + ")"
}
