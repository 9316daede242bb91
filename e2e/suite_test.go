package e2e_test

import (
	"fmt"
	"os"
	"testing"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/gomega"
	"github.com/onsi/gomega/format"

	"github.com/gateproof/gateproof/e2e"
	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/settings"
)

func TestE2E(t *testing.T) {
	if os.Getenv(reportsEnv) == "" && !invokedByGinkgo() {
		t.Skip("the suite needs clusters: run `make e2e` (or `go tool ginkgo ./e2e`)")
	}
	gomega.RegisterFailHandler(ginkgo.Fail)
	format.MaxLength = 0 // a process table that is cut proves nothing
	asked, err := settings.FromEnv()
	if err == nil {
		err = claim.Validate(e2e.Catalogue)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "gateproof:", err)
		os.Exit(2)
	}
	declare(asked)
	planned = ginkgo.PreviewSpecs("gateproof")
	ginkgo.RunSpecs(t, "gateproof")
}
