// Command claims prints the catalogue of claims, as Markdown, from the declarations themselves.
package main

import (
	"fmt"
	"os"

	"github.com/gateproof/gateproof/e2e"
	"github.com/gateproof/gateproof/e2e/claim"
)

func main() {
	if err := claim.Validate(e2e.Catalogue); err != nil {
		fmt.Fprintln(os.Stderr, "gateproof:", err)
		os.Exit(2)
	}
	fmt.Print(claim.Markdown(e2e.Catalogue))
}
