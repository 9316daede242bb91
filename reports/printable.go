package reports

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// colours matches a terminal's control sequences, which no report shows.
var colours = regexp.MustCompile("\x1b\\[[0-9;?]*[ -/]*[@-~]")

// Printable writes the bytes that XML cannot hold (control characters, broken UTF-8) as \x00, so that
// evidence stays readable: /proc/PID/cmdline is full of them. Line ends become \n.
func Printable(s string) string {
	s = strings.ReplaceAll(colours.ReplaceAllString(s, ""), "\r\n", "\n")
	var out strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&out, `\x%02x`, s[i])
		case r < 0x20 && r != '\t' && r != '\n', r >= 0x7f && r <= 0x9f:
			fmt.Fprintf(&out, `\x%02x`, r)
		case r == 0xfffe, r == 0xffff:
			fmt.Fprintf(&out, `\u%04x`, r)
		default:
			out.WriteString(s[i : i+size])
		}
		i += size
	}
	return out.String()
}

// tail keeps the last n bytes of s, from the start of a line, and says how much it left out.
func tail(s string, n int) string {
	if len(s) <= n {
		return s
	}
	rest := s[len(s)-n:]
	if i := strings.IndexByte(rest, '\n'); i >= 0 {
		rest = rest[i+1:]
	}
	return fmt.Sprintf("[%d bytes left out]\n%s", len(s)-len(rest), rest)
}
