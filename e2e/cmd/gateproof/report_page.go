package main

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/gateproof/gateproof/clusters/lane"
	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/claims"
	"github.com/gateproof/gateproof/e2e/page"
	"github.com/gateproof/gateproof/fixtures"
	"github.com/gateproof/gateproof/reports"
	"github.com/gateproof/gateproof/reports/documented"
	"github.com/gateproof/gateproof/reports/html"
)

func pageCommand() *cobra.Command {
	var markdown bool
	var file string
	cmd := &cobra.Command{
		Use:   "page FOLDER",
		Short: "Show the documentation page with what the run in a folder found, sentence by sentence",
		Long: `Show the documentation page that the suite proves, in its order, with what the run in a folder of reports found beside each thing that it says: as a
page in one file, or, of what was measured otherwise than the page says, as Markdown for a pull request to it.`,
		Example: examples("report page gateproof-reports --out page.html", "report page gateproof-reports --markdown"),
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			run, err := load(args[0])
			if err != nil {
				return err
			}
			of, err := document()
			if err != nil {
				return err
			}
			if markdown {
				_, err := fmt.Fprint(cmd.OutOrStdout(), of.Markdown(run))
				return err
			}
			var out bytes.Buffer
			if err := html.RenderDocumented(&out, of, run); err != nil {
				return err
			}
			if file == "" {
				_, err := io.Copy(cmd.OutOrStdout(), &out)
				return err
			}
			return reports.ReplaceFile(file, out.Bytes())
		},
	}
	cmd.Flags().BoolVar(&markdown, "markdown", false, "what was measured otherwise, as Markdown")
	cmd.Flags().StringVar(&file, "out", "", "write the page to this file (default: standard output)")
	return cmd
}

// document is the page with the claims that prove each thing that it says.
func document() (documented.Page, error) {
	p, err := page.Load()
	if err != nil {
		return documented.Page{}, err
	}
	proving, err := claim.Proving(p, claims.Catalogue)
	if err != nil {
		return documented.Page{}, err
	}
	manifest, err := fixtures.Manifest(fixtures.PageManifest)
	if err != nil {
		return documented.Page{}, err
	}
	out := documented.Page{Title: p.Title, Source: p.Source, Licence: p.Licence, Manifest: string(manifest)}
	declared, err := lane.All()
	if err != nil {
		return out, err
	}
	out.Lanes = lane.Names(declared)
	begins := true
	for _, u := range p.Units {
		if u.Kind == page.Markup {
			begins = true
			continue
		}
		text := u.Plain()
		if u.Kind == page.Command || u.Kind == page.Output {
			text = strings.ReplaceAll(u.Text, "`", "") // with its prompt
		}
		of := map[page.Of]string{"": string(lane.Shared), page.Shared: string(lane.Shared), page.Isolated: string(lane.Isolated)}[u.Of]
		out.Parts = append(out.Parts, documented.Part{
			Begins: begins, Kind: string(u.Kind), ID: u.ID, Text: text, Source: u.Text, Of: of, Note: u.Note, Claims: proving[u.ID], Untestable: u.Untestable,
			RefutedBy: u.Refuted.By, Because: u.Refuted.Because, Today: u.Today,
		})
		begins = false
	}
	return out, nil
}
