package corpus

import (
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/gateproof/gateproof/clusters/input"
	"github.com/gateproof/gateproof/e2e/settings"
)

// Sample is a choice of a few by chance, which a seed repeats.
type Sample struct {
	N    int    // 0: no sample
	Seed uint64 // 0: any
}

// SampleFromEnv is the sample that the environment asks for.
func SampleFromEnv() (s Sample, err error) {
	for name, into := range map[string]any{settings.SampleEnv: &s.N, settings.SeedEnv: &s.Seed} {
		text := os.Getenv(name)
		if text == "" {
			continue
		}
		if _, err := fmt.Sscanf(text+"\n", "%d\n", into); err != nil {
			return s, input.Errorf("%s=%s: not a number", name, text)
		}
	}
	return s, nil
}

// Of chooses among all, keeps their order, and says what it has chosen.
func Of[T any](s Sample, all []T, id func(T) string, said io.Writer) []T {
	if s.N <= 0 {
		return all
	}
	seed := s.Seed
	if seed == 0 {
		seed = uint64(time.Now().UnixNano()) % 1_000_000
	}
	chosen := rand.New(rand.NewPCG(seed, 0)).Perm(len(all))
	chosen = chosen[:min(s.N, len(chosen))]
	slices.Sort(chosen)
	var out []T
	var ids []string
	for _, i := range chosen {
		out, ids = append(out, all[i]), append(ids, id(all[i]))
	}
	fmt.Fprintf(said, "sample of %d of %d, SEED=%d: %s\n", len(out), len(all), seed, strings.Join(ids, ", "))
	return out
}
