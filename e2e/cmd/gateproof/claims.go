// Command claims prints the catalogue of claims, as Markdown, from the declarations themselves.
package main

import (
	"fmt"
	"os"

	"github.com/gateproof/gateproof/e2e/claim"
	"github.com/gateproof/gateproof/e2e/claims"
)

func main() {
	if err := claim.Validate(claims.Catalogue); err != nil {
		fmt.Fprintln(os.Stderr, "gateproof:", err)
		os.Exit(2)
	}
	fmt.Print(claim.Markdown(claims.Catalogue))
}
