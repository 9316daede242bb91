package reports

import (
	"runtime"
	"testing"

	"github.com/onsi/ginkgo/v2/types"
	. "github.com/onsi/gomega"
)

func TestLocationIsRelativeToTheRepository(t *testing.T) {
	_, here, _, _ := runtime.Caller(0)
	NewWithT(t).Expect(location(types.CodeLocation{FileName: here, LineNumber: 7})).To(Equal("reports/ginkgo_location_test.go:7"))
}
