// Package html is the run as one page: no network, no other file, readable without JavaScript.
package html

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"html/template"
	"io"

	"github.com/gateproof/gateproof/reports"
)

//go:embed page
var files embed.FS

// Render writes the page.
func Render(w io.Writer, run reports.Run) error {
	script, err := files.ReadFile("page/script.js")
	if err != nil {
		return err
	}
	p := pageOf(run)
	p.Script, p.ScriptHash = template.JS(script), hash(script) // our own, embedded
	if err := p.styled(); err != nil {
		return err
	}
	return execute(w, "page.html", p)
}

// head is what every page begins with.
type head struct {
	Title, Description    string
	Style                 template.CSS
	StyleHash, ScriptHash string // "" for a page without a script
}

func (h *head) styled() error {
	style, err := files.ReadFile("page/style.css")
	h.Style, h.StyleHash = template.CSS(style), hash(style)
	return err
}

// execute writes a page whole, or nothing of it.
func execute(w io.Writer, name string, data any) error {
	pages, err := template.New(name).ParseFS(files, "page/*.html")
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := pages.Execute(&out, data); err != nil {
		return err
	}
	_, err = w.Write(out.Bytes())
	return err
}

// hash is what the page's content security policy allows a style or script by.
func hash(text []byte) string {
	sum := sha256.Sum256(text)
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
