package html

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/gateproof/gateproof/reports"
	"github.com/gateproof/gateproof/reports/benign"
	"github.com/gateproof/gateproof/reports/documented"
	"github.com/gateproof/gateproof/reports/kill"
	"github.com/gateproof/gateproof/reports/published"
)

// Site is what is known, for whoever looks it up: static pages that need nothing but each other.
type Site struct {
	Of        documented.Page
	Run       reports.Run
	Kills     *kill.Matrix      // nil where none was made
	Healthy   *benign.Matrix    // nil where none was made
	Published published.Results // none is a site without that page
	Gate      []byte            // the gate's life, as JSON
	Made      time.Time
}

// runFile has the evidence, which the others lead to.
const runFile = "run.html"

// leaf is one page of a site.
type leaf struct {
	File, Title, Says string
	render            func(io.Writer) error
}

// leaves are the pages but for the first, in its order.
func (s Site) leaves() []leaf {
	all := []leaf{
		{"page.html", "The page, proved", "the documentation, and beside each thing that it says what was measured", func(w io.Writer) error { return renderDocumented(w, s.Of, s.Run, runFile) }},
		{runFile, "The run behind it", "each claim with its evidence", func(w io.Writer) error { return Render(w, s.Run, s.Kills, s.Healthy) }},
	}
	if len(s.Published.Entries) > 0 {
		all = append(all, leaf{"compatibility.html", "Compatibility", "claims by release and container runtime", func(w io.Writer) error { return RenderPublished(w, s.Published, s.Made) }})
	}
	if s.Kills != nil {
		all = append(all, leaf{"mutants.html", "What it catches", "clusters broken on purpose, and which claim says so", func(w io.Writer) error { return RenderKills(w, *s.Kills) }})
	}
	if s.Healthy != nil {
		all = append(all, leaf{"benign.html", "What it leaves in peace", "healthy clusters of other habits", func(w io.Writer) error { return RenderBenign(w, *s.Healthy) }})
	}
	return append(all, leaf{"gate.json", "The gate's life", "stages and defaults by release, for programs", func(w io.Writer) error { _, err := w.Write(s.Gate); return err }})
}

type startPage struct {
	head
	Verdict verdict
	Leaves  []leaf
}

// Write makes the site in a folder. Files of the same names are replaced, others stay.
func (s Site) Write(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	start := startPage{Leaves: s.leaves(), Verdict: verdictOf(s.Run)}
	start.head = headOf("gateproof", "Shared process namespaces of Kubernetes, proved on real clusters")
	all := append(s.leaves(), leaf{File: "index.html", render: func(w io.Writer) error { return execute(w, "start.html", start) }})
	var errs []error
	for _, one := range all {
		var out bytes.Buffer
		err := one.render(&out)
		if err == nil {
			err = reports.ReplaceFile(filepath.Join(dir, one.File), out.Bytes())
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", one.File, err))
		}
	}
	return errors.Join(errs...)
}
