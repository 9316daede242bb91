package main

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"time"

	"github.com/spf13/cobra"

	"github.com/gateproof/gateproof/reports/benign"
	"github.com/gateproof/gateproof/reports/html"
	"github.com/gateproof/gateproof/reports/kill"
	"github.com/gateproof/gateproof/reports/published"
)

func siteCommand() *cobra.Command {
	var out, results string
	cmd := &cobra.Command{
		Use:   "site FOLDER",
		Short: "Write static pages for whoever looks the results up: the page proved, compatibility, what the suite catches and leaves in peace",
		Long: `Write static pages of the run in a folder of reports, of the matrices of broken and healthy clusters that lie there, too, and of published results: they need
nothing but each other, and open from the disk.`,
		Example: examples("report site reports/out --out site"),
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			run, err := load(args[0])
			if err != nil {
				return err
			}
			s := html.Site{Run: run, Kills: kill.Load(args[0]), Healthy: benign.Load(args[0]), Made: time.Now()}
			if s.Of, err = document(); err != nil {
				return err
			}
			if s.Published, err = published.Load(os.DirFS(results)); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			l, err := gateLife(run)
			if err != nil {
				return err
			}
			if s.Gate, err = json.MarshalIndent(l, "", "  "); err != nil {
				return err
			}
			return s.Write(out)
		},
	}
	cmd.Flags().StringVar(&out, "out", "site", "folder of the pages")
	cmd.Flags().StringVar(&results, "published", "reports/published", "folder of published results")
	return cmd
}
