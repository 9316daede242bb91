package claims

import (
	"fmt"

	corev1 "k8s.io/api/core/v1"

	"github.com/gateproof/gateproof/e2e/lab"
	"github.com/gateproof/gateproof/reports"
)

// unlost is the container's status where the runtime knows the container still. One that it has lost, while it was restarted say, has ended for no
// reason of the pod's, and nobody knows how.
func unlost(s corev1.ContainerStatus) corev1.ContainerStatus {
	if lab.Lost(s) {
		unobserved(reports.CauseOther, fmt.Sprintf("the runtime has lost container %s of before and does not know how it ended, as when it is restarted itself", s.Name))
	}
	return s
}
