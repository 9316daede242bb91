package reports

// Cause is why a claim could not be observed: what stood between the suite and the cluster.
type Cause string

// The causes. A claim that could not be observed has exactly one.
const (
	CauseAdmission     Cause = "admission"     // a webhook or a policy refused what the claim creates, or changed it
	CauseQuota         Cause = "quota"         // a quota or a limit of the namespace did
	CauseUnschedulable Cause = "unschedulable" // no node took the pod, or the kubelet rejected it
	CauseImage         Cause = "image"         // an image could not be pulled, or not run
	CauseExec          Cause = "exec"          // exec or attach did not answer
	CauseAPIServer     Cause = "api-server"    // the API server was out of reach, or had no time
	CauseLSM           Cause = "lsm"           // a security module or a seccomp profile stood in between
	CauseTime          Cause = "time"          // time was up, for the claim's control too
	CauseOther         Cause = "other"
)

// causeWords are the causes as sentences begin with them.
var causeWords = map[Cause]string{
	CauseAdmission: "refused by admission", CauseQuota: "refused by a quota", CauseUnschedulable: "not scheduled", CauseImage: "no image",
	CauseExec: "exec does not answer", CauseAPIServer: "the API server does not answer", CauseLSM: "a security module stands in between",
	CauseTime: "time was up", CauseOther: "could not look",
}

// Words are the cause in a few words.
func (c Cause) Words() string {
	if words, ok := causeWords[c]; ok {
		return words
	}
	return causeWords[CauseOther]
}

// UnobservedEntry is the name of the report entry of a spec that fails because it could not look, followed by the Cause. The
// value is why, in the words of whoever was in the way.
const UnobservedEntry = "not observed: "
