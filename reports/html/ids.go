package html

import (
	"fmt"
	"regexp"
)

// ids are the fragments that the page has given away. Those of its own sections begin with an underscore, which no
// claim's id does.
type ids map[string]bool

var notInIDs = regexp.MustCompile(`[^A-Za-z0-9.-]+`)

// unique is a fragment that reads like the name and is no other's.
func (seen ids) unique(name string) string {
	id := notInIDs.ReplaceAllString(name, "-")
	for n := 2; id == "" || seen[id]; n++ {
		id = fmt.Sprintf("%s-%d", notInIDs.ReplaceAllString(name, "-"), n)
	}
	seen[id] = true
	return id
}
