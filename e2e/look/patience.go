package look

import (
	"sync"
	"time"
)

// patience is how long nobody needs to know what a pod is waiting for, and how often after that.
const patience = 10 * time.Second

// patiently tells of what was seen last while a wait takes long, until done.
func patiently(tell func(string), wait string) (seen func(state string), done func()) {
	var mu sync.Mutex
	last, told := "", ""
	stop := make(chan struct{})
	go func() {
		tick := time.NewTicker(patience)
		defer tick.Stop()
		for {
			select {
			case <-stop:
				return
			case <-tick.C:
			}
			mu.Lock()
			if last != told {
				told = last
				tell(wait + last)
			}
			mu.Unlock()
		}
	}()
	return func(state string) {
		mu.Lock()
		defer mu.Unlock()
		last = state
	}, sync.OnceFunc(func() { close(stop) })
}
