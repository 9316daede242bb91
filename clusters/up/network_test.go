package up

import (
	"testing"

	. "github.com/onsi/gomega"
)

func TestAnEngineWithoutAddressesIsToldOf(t *testing.T) {
	for engine, refusal := range map[string]string{
		"Docker 20.10": "Error response from daemon: could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network",
		"Docker 28":    "Error response from daemon: all predefined address pools have been fully subnetted",
	} {
		t.Run(engine, func(t *testing.T) {
			NewWithT(t).Expect(networkRemedy(refusal)).To(ContainSubstring("docker network prune"))
		})
	}
	NewWithT(t).Expect(networkRemedy("permission denied")).To(BeEmpty())
}
