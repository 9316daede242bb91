package reports

import (
	"runtime"
	"testing"

	"github.com/onsi/ginkgo/v2/types"
	. "github.com/onsi/gomega"
)

// A suite that was compiled beforehand is not where its sources are.
func TestLocationIsRelativeToTheRepository(t *testing.T) {
	_, here, _, _ := runtime.Caller(0)
	for _, suitePath := range []string{here, "/opt/gateproof"} {
		NewWithT(t).Expect(location(types.Report{SuitePath: suitePath}, types.CodeLocation{FileName: here, LineNumber: 7})).
			To(Equal("reports/ginkgo_location_test.go:7"), suitePath)
	}
}
