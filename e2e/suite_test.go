package e2e_test

import (
	"flag"
	"fmt"
	"os"
	"testing"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/gomega"
	"github.com/onsi/gomega/format"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/claims"
	"github.com/gateproof/gateproof/e2e/settings"
)

// Under Ginkgo this program is the suite alone; the package's unit tests are for `go test`.
func TestMain(m *testing.M) {
	flag.Parse()
	if invokedByGinkgo() {
		if err := flag.Set("test.run", "^TestE2E$"); err != nil {
			fmt.Fprintln(os.Stderr, "gateproof:", err)
			os.Exit(2)
		}
	}
	os.Exit(m.Run())
}

func TestE2E(t *testing.T) {
	if !invokedByGinkgo() {
		t.Skip("the suite needs clusters: run `make e2e` (or `go tool ginkgo ./e2e`)")
	}
	gomega.RegisterFailHandler(claims.Fail)
	format.MaxLength = 0 // a process table that is cut proves nothing
	asked, err := settings.FromEnv()
	if err == nil {
		err = claim.Validate(claims.Catalogue)
	}
	if err == nil {
		err = claims.Known(asked.Lanes)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "gateproof:", err)
		os.Exit(2)
	}
	declare(asked)
	planned = ginkgo.PreviewSpecs("gateproof")
	if os.Getenv(settings.DryRunEnv) != "" {
		listPlanned(os.Stdout)
		os.Exit(0) // without go test's own word
	}
	previewed = true
	ginkgo.RunSpecs(t, "gateproof")
}
