package html

import (
	"regexp"
	"strings"
	"unicode"
)

// colours matches a terminal's control sequences, which a page does not show.
var colours = regexp.MustCompile("\x1b\\[[0-9;?]*[ -/]*[@-~]")

// printable makes what has no glyph visible, as \x00: /proc/PID/cmdline is full of it. Line ends become \n. Escaping
// is the template's business.
func printable(s string) string {
	const hex = "0123456789abcdef"
	s = strings.ReplaceAll(colours.ReplaceAllString(s, ""), "\r\n", "\n")
	var out strings.Builder
	for _, r := range strings.ToValidUTF8(s, "\uFFFD") {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			out.WriteString(`\x` + string(hex[r>>4&15]) + string(hex[r&15]))
			continue
		}
		out.WriteRune(r)
	}
	return out.String()
}
