package e2e_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/gateproof/gateproof/e2e/suite"
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
	suite.Run(t)
}

// invokedByGinkgo tells `ginkgo ./e2e` from `go test ./...`, which has nowhere to prove claims.
func invokedByGinkgo() bool {
	for _, arg := range os.Args {
		if strings.HasPrefix(arg, "--ginkgo.") || strings.HasPrefix(arg, "-ginkgo.") {
			return true
		}
	}
	return false
}
