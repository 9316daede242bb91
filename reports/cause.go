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

// Causes are all of them, in the order in which reports show them.
func Causes() []Cause {
	return []Cause{CauseAdmission, CauseQuota, CauseUnschedulable, CauseImage, CauseExec, CauseAPIServer, CauseLSM, CauseTime, CauseOther}
}

// causeWords are the causes as sentences begin with them.
var causeWords = map[Cause]string{
	CauseAdmission: "refused by admission", CauseQuota: "refused by a quota", CauseUnschedulable: "not scheduled", CauseImage: "no image",
	CauseExec: "exec does not answer", CauseAPIServer: "the API server does not answer", CauseLSM: "a security module stands in between",
	CauseTime: "time was up", CauseOther: "could not look",
}

// known is the cause, or CauseOther for a word that is none.
func (c Cause) known() Cause {
	if _, ok := causeWords[c]; ok {
		return c
	}
	return CauseOther
}

// Words are the cause in a few words.
func (c Cause) Words() string {
	return causeWords[c.known()]
}
