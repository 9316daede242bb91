package claims

import (
	"testing"

	. "github.com/onsi/gomega"
)

func TestRequestLogCountsEachRequest(t *testing.T) {
	g := NewWithT(t)
	made := requests{answered: 3, mark: "gpab"}
	log := requestLog{map[int]int{}, map[string]int{}}
	log.add("old", `127.0.0.1 - - [x] "GET /?gpab-0 HTTP/1.1" 200 9 "-" "Wget"`+"\n"+
		`127.0.0.1 - - [x] "GET /?gpother-1 HTTP/1.1" 200 9 "-" "Wget"`+"\n", made.mark)
	log.add("new", `127.0.0.1 - - [x] "GET /?gpab-2 HTTP/1.1" 200 9 "-" "Wget"`+"\n"+
		`127.0.0.1 - - [x] "GET /?gpab-2 HTTP/1.1" 200 9 "-" "Wget"`+"\n", made.mark)
	g.Expect(log.byFile).To(Equal(map[string]int{"old": 1, "new": 2}))
	g.Expect(log.amiss(made)).To(Equal([]string{"request 1: 0 times", "request 2: 2 times"}))
	log.times[1], log.times[2] = 1, 1
	g.Expect(log.amiss(made)).To(BeEmpty())
}

func TestElsewhere(t *testing.T) {
	g := NewWithT(t)
	p := places{"preStop": "pid:[2] 20", "exec": "pid:[1] 10", "command": "pid:[1] 10"}
	g.Expect(p.elsewhere("pid:[1] 10")).To(Equal([]string{"preStop sees pid:[2] 20"}))
	g.Expect(p.elsewhere("pid:[3] 30")).To(HaveLen(3))
}
