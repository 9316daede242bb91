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
	style, err := files.ReadFile("page/style.css")
	if err != nil {
		return err
	}
	script, err := files.ReadFile("page/script.js")
	if err != nil {
		return err
	}
	pages, err := template.New("page.html").ParseFS(files, "page/*.html")
	if err != nil {
		return err
	}
	p := pageOf(run)
	p.Style, p.Script = template.CSS(style), template.JS(script) //nolint: our own, embedded
	p.StyleHash, p.ScriptHash = hash(style), hash(script)
	var out bytes.Buffer
	if err := pages.Execute(&out, p); err != nil {
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
