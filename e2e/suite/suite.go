// Package suite is how Ginkgo runs the claims: a container a lane, in it a spec a claim, the clusters around them, and the result.
package suite

import (
	"fmt"
	"os"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/gomega"
	"github.com/onsi/gomega/format"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/claims"
	"github.com/gateproof/gateproof/e2e/settings"
)

// Run declares the specs that the environment asks for and runs this process's share of them. It is called once, in a process that Ginkgo
// has started and that has parsed its flags. Bad input ends the process with exit code 2.
func Run(t ginkgo.GinkgoTestingT) {
	gomega.RegisterFailHandler(claims.Fail)
	format.MaxLength = 0 // a process table that is cut proves nothing
	interrupted = watchInterrupts()
	asked, err := settings.FromEnv()
	if err == nil {
		err = claim.Validate(claims.Catalogue)
	}
	if err == nil {
		err = claims.Known(asked.Lanes)
	}
	if err == nil && !settings.Set(settings.DryRunEnv) {
		err = asked.Planned()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "gateproof:", err)
		os.Exit(2)
	}
	declare(asked)
	planned = ginkgo.PreviewSpecs("gateproof")
	if settings.Set(settings.DryRunEnv) {
		listPlanned(os.Stdout)
		os.Exit(0) // without go test's own word
	}
	previewed = true
	ginkgo.RunSpecs(t, "gateproof")
}
