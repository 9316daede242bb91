package reports_test

import (
	"bytes"
	"testing"

	. "github.com/onsi/gomega"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"

	"github.com/gateproof/gateproof/reports"
)

// Node exporter's textfile collector reads the file by this parser.
func TestMetricsAreReadByPrometheus(t *testing.T) {
	g := NewWithT(t)
	measured := claim("hup", reports.Holds)
	measured.Measurements = map[string]float64{"seconds-to-gone": 3.5}
	odd := claim("odd", reports.Contradicted)
	odd.Group = "a\"b\\c\nd"
	run := runOf(lane("on", measured, odd, claim("na", reports.NotApplicable), claim("unseen", reports.NotObserved)), lane("off"))
	var out bytes.Buffer
	g.Expect(reports.Metrics(&out, run)).To(Succeed())
	g.Expect(out.String()).To(HaveSuffix("\n# EOF\n"))

	parser := expfmt.NewTextParser(model.UTF8Validation)
	families, err := parser.TextToMetricFamilies(&out)
	g.Expect(err).NotTo(HaveOccurred())
	value := func(family string, labels ...string) (found []float64) {
		for _, m := range families[family].GetMetric() {
			matches := 0
			for _, l := range m.GetLabel() {
				for i := 0; i < len(labels); i += 2 {
					if l.GetName() == labels[i] && l.GetValue() == labels[i+1] {
						matches++
					}
				}
			}
			if matches == len(labels)/2 {
				found = append(found, m.GetGauge().GetValue())
			}
		}
		return found
	}
	g.Expect(value("gateproof_claim_passed", "claim", "hup", "lane", "on")).To(Equal([]float64{1}))
	g.Expect(value("gateproof_claim_passed", "claim", "odd", "group", "a\"b\\c\nd")).To(Equal([]float64{0}))
	g.Expect(value("gateproof_claim_passed", "claim", "na")).To(BeEmpty())
	g.Expect(value("gateproof_claim_passed", "claim", "unseen")).To(BeEmpty())
	g.Expect(value("gateproof_claim_not_observed", "claim", "unseen", "cause", "admission")).To(Equal([]float64{1}))
	g.Expect(value("gateproof_claim_not_observed")).To(HaveLen(1))
	g.Expect(value("gateproof_claim_measurement", "name", "seconds-to-gone")).To(Equal([]float64{3.5}))
	g.Expect(value("gateproof_lane_boot_seconds")).To(Equal([]float64{12, 12}))
	g.Expect(value("gateproof_run_result", "result", "failure")).To(Equal([]float64{1}))
	g.Expect(value("gateproof_run_result", "result", "success")).To(Equal([]float64{0}))
	g.Expect(value("gateproof_run_timestamp_seconds")[0]).To(BeNumerically("~", run.Started.Unix(), 1))
}
