package debian

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"
)

// attempts is how often a mirror is asked before its answer counts.
const attempts = 3

// get returns what the mirror has at the path; longer than most, in bytes, is an error. What may be answered otherwise soon
// (5xx, too many requests, a connection that breaks or stalls) is asked for again.
func (a Archive) get(ctx context.Context, path string, most int64) ([]byte, error) {
	u, err := a.url(path)
	if err != nil {
		return nil, err
	}
	wait := defaultPatience
	if a.patience != nil {
		wait = *a.patience
	}
	for n := 1; ; n++ {
		req, err := http.NewRequest(http.MethodGet, u.String(), nil)
		if err != nil {
			return nil, err
		}
		data, err := attempt(ctx, req, most, wait.stall)
		if err == nil {
			return data, nil
		}
		if ctx.Err() != nil {
			return nil, fmt.Errorf("%s: %w", u.Redacted(), context.Cause(ctx))
		}
		if !passing(err) || n == attempts {
			return nil, err
		}
		select {
		case <-time.After(wait.pause << (n - 1)):
		case <-ctx.Done():
		}
	}
}

// attempt asks once. Not the whole is limited in time, since links differ, but how long nothing comes.
func attempt(ctx context.Context, req *http.Request, most int64, stall time.Duration) ([]byte, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	timer := time.AfterFunc(stall, func() { cancel(fmt.Errorf("nothing came for %s", stall)) })
	defer timer.Stop()
	where := req.URL.Redacted()
	resp, err := http.DefaultClient.Do(req.WithContext(ctx)) // its transport heeds HTTP_PROXY and NO_PROXY
	if err != nil {
		return nil, broken(ctx, where, err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, &StatusError{URL: where, Code: resp.StatusCode, Status: resp.Status}
	}
	data, err := io.ReadAll(io.LimitReader(&alive{resp.Body, timer, stall}, most+1))
	if err != nil {
		return nil, broken(ctx, where, err)
	}
	if int64(len(data)) > most {
		return nil, fmt.Errorf("%s: more than the %d bytes that it should have", where, most)
	}
	return data, nil
}

// alive puts the timer off at each piece that comes.
type alive struct {
	io.Reader
	timer *time.Timer
	stall time.Duration
}

func (a *alive) Read(p []byte) (int, error) {
	n, err := a.Reader.Read(p)
	if n > 0 {
		a.timer.Reset(a.stall)
	}
	return n, err
}
