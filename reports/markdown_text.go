package reports

import "strings"

// Inline makes text safe among Markdown: no table, markup, tag or mention comes of it.
func Inline(text string) string {
	return strings.NewReplacer("\\", "\\\\", "|", "\\|", "`", "\\`", "*", "\\*", "_", "\\_", "[", "\\[", "<", "&lt;", ">", "&gt;",
		"@", "@\u200b", "#", "#\u200b", "\n", " ").Replace(Printable(text))
}

// Code is text as code, whatever it holds.
func Code(text string) string {
	fence := "`"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	if fence != "`" {
		text = " " + text + " "
	}
	return fence + strings.ReplaceAll(text, "\n", " ") + fence
}
