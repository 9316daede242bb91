package reports

// LookRow is a line of the first look that a run takes at a cluster before its first claim.
type LookRow struct {
	What   string `json:"what"`             // was looked at: rights, exec
	Found  string `json:"found"`            // in the words of whoever said it
	Costs  string `json:"costs,omitempty"`  // what claims it takes; empty for none
	Remedy string `json:"remedy,omitempty"` // what to do about it
}
