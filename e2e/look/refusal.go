package look

import (
	"net/http"
	"regexp"
	"strings"

	apierrors "k8s.io/apimachinery/pkg/api/errors"

	"github.com/gateproof/gateproof/reports"
)

// words are an API server's answer to a create.
type words struct {
	cause reports.Cause
	text  string // its own words, without the object's name, so that one reason reads the same for all objects
}

// Outcomes that are no cause of anything.
const (
	invalid  reports.Cause = "invalid"    // by the API's own validation: the claims' matter
	noDryRun reports.Cause = "no dry run" // a webhook, or the server, has none
)

var (
	quotaWords = regexp.MustCompile(`exceeded quota|failed quota|must specify|(minimum|maximum) .* usage per |No limits? .*specified`)
	// objectName is how an answer begins: pods "nginx" is forbidden:
	objectName = regexp.MustCompile(`^(pods|Pod) "[^"]*" is (forbidden|invalid): `)
	// quotaObjects are the containers that a quota misses something in, which differ by pod: must specify limits.cpu for: a,b
	quotaObjects = regexp.MustCompile(` for: [^;:]+`)
)

// refusal says who refused, by the form that each has; a webhook may choose the code, so that the words come first.
func refusal(err error) words {
	text := objectName.ReplaceAllString(err.Error(), "")
	code := 0
	if status, ok := err.(apierrors.APIStatus); ok {
		code = int(status.Status().Code)
	}
	switch {
	case strings.Contains(text, "dry run") || strings.Contains(text, "dryRun"):
		return words{noDryRun, text}
	case strings.Contains(text, "denied the request") || strings.Contains(text, "denied request"): // webhooks; ValidatingAdmissionPolicies, which answer 422
		return words{reports.CauseAdmission, text}
	case strings.Contains(text, "failed calling webhook") || strings.Contains(text, "failed to call webhook"):
		return words{reports.CauseAdmission, text}
	case code == http.StatusForbidden && quotaWords.MatchString(text):
		return words{reports.CauseQuota, quotaObjects.ReplaceAllString(text, "")}
	case code == http.StatusForbidden:
		return words{reports.CauseAdmission, text}
	case code == http.StatusUnprocessableEntity:
		return words{invalid, text}
	}
	return words{reports.CauseAPIServer, text}
}
