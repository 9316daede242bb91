package html_test

import (
	"context"
	"iter"
	"slices"
	"sync"
)

// collect reads events as they come, until the tab is closed.
func collect[E any](ctx context.Context, events iter.Seq2[E, error], word func(E) string) func() []string {
	var mu sync.Mutex
	var words []string
	go func() {
		for e, err := range events {
			if err != nil || ctx.Err() != nil {
				return
			}
			mu.Lock()
			words = append(words, word(e))
			mu.Unlock()
		}
	}()
	return func() []string {
		mu.Lock()
		defer mu.Unlock()
		return slices.Clone(words)
	}
}
