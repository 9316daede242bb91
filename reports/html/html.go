// Package html is the run as one page: no network, no other file, readable without JavaScript.
package html

import (
	"bytes"
	"embed"
	"html/template"
	"io"

	"github.com/gateproof/gateproof/reports"
	"github.com/gateproof/gateproof/reports/benign"
	"github.com/gateproof/gateproof/reports/kill"
)

//go:embed page
var files embed.FS

var templates = template.Must(template.ParseFS(files, "page/*.html"))

// Render writes the page of one run. Where there is a kill matrix or a benign matrix, it is shown beside the claims.
func Render(w io.Writer, run reports.Run, kills *kill.Matrix, healthy *benign.Matrix) error {
	p := pageOf(run)
	if kills != nil {
		p.Guards = guardsOf(*kills)
	}
	if healthy != nil {
		p.Peace = peaceOf(*healthy)
	}
	return execute(w, "run.html", p)
}

// execute writes nothing of a page that cannot be made whole.
func execute(w io.Writer, name string, page any) error {
	var out bytes.Buffer
	if err := templates.ExecuteTemplate(&out, name, page); err != nil {
		return err
	}
	_, err := w.Write(out.Bytes())
	return err
}
