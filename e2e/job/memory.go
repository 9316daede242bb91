package job

import (
	"context"
	"time"

	"github.com/gateproof/gateproof/clusters/doctor"
	"github.com/gateproof/gateproof/clusters/engine"
)

// memoryPoll is between two looks at the host's memory.
const memoryPoll = 2 * time.Second

// watchMemory looks at the free memory of the engine's machine until the returned function is called, which says in bytes by how much it was
// less at most than at first; 0 where that cannot be seen from here.
func watchMemory(on engine.Info) (peak func() int64) {
	ctx, cancel := context.WithCancel(context.Background())
	most := make(chan int64, 1)
	go func() {
		before, used := doctor.FreeMemory(on), int64(0)
		for {
			used = max(used, before-doctor.FreeMemory(on))
			select {
			case <-ctx.Done():
				most <- used
				return
			case <-time.After(memoryPoll):
			}
		}
	}()
	return func() int64 { cancel(); return <-most }
}
