package html_test

import (
	"bytes"
	"context"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	. "github.com/onsi/gomega"

	"github.com/gateproof/gateproof/reports/html"
)

// browser is one for all tests: it takes a second to start.
var browser = sync.OnceValues(func() (context.Context, error) {
	program, err := exec.LookPath("chromium")
	if err != nil {
		return nil, err
	}
	allocator, _ := chromedp.NewExecAllocator(context.Background(), append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.WSURLReadTimeout(time.Minute))...)
	ctx, _ := chromedp.NewContext(allocator) // it ends with this process
	return ctx, chromedp.Run(ctx)
})

func TestMain(m *testing.M) {
	code := m.Run()
	if ctx, err := browser(); err == nil {
		_ = chromedp.Cancel(ctx) // or it would outlive the tests
	}
	os.Exit(code)
}

// tab is a page of the browser, and what it complained of and asked the network for.
type tab struct {
	ctx        context.Context
	mu         sync.Mutex
	complaints []string
	requests   []string
}

// newTab opens a tab; open shows a page in it.
func newTab(t *testing.T) *tab {
	t.Helper()
	parent, err := browser()
	if err != nil {
		t.Fatalf("these tests need Debian's chromium (%v); make test installs it", err)
	}
	ctx, cancel := chromedp.NewContext(parent)
	ctx, stop := context.WithTimeout(ctx, 90*time.Second)
	t.Cleanup(func() { stop(); cancel() })
	b := &tab{ctx: ctx}
	chromedp.ListenTarget(ctx, func(event any) {
		b.mu.Lock()
		defer b.mu.Unlock()
		switch e := event.(type) {
		case *runtime.EventConsoleAPICalled:
			b.complaints = append(b.complaints, "console."+e.Type.String())
		case *runtime.EventExceptionThrown:
			b.complaints = append(b.complaints, e.ExceptionDetails.Error())
		case *cdplog.EventEntryAdded:
			b.complaints = append(b.complaints, e.Entry.Text)
		case *network.EventRequestWillBeSent:
			b.requests = append(b.requests, e.Request.URL)
		}
	})
	b.do(t, network.Enable(), cdplog.Enable())
	return b
}

func (b *tab) do(t *testing.T, actions ...chromedp.Action) {
	t.Helper()
	NewWithT(t).Expect(chromedp.Run(b.ctx, actions...)).To(Succeed())
}

// eval is what a JavaScript expression comes to in the page.
func eval[T any](t *testing.T, b *tab, expression string) (out T) {
	t.Helper()
	b.do(t, chromedp.Evaluate(expression, &out))
	return out
}

// file is the sample's page on disk.
func file(t *testing.T) string {
	t.Helper()
	var out bytes.Buffer
	NewWithT(t).Expect(html.Render(&out, sample())).To(Succeed())
	path := filepath.Join(t.TempDir(), "report.html")
	NewWithT(t).Expect(os.WriteFile(path, out.Bytes(), 0o644)).To(Succeed())
	return (&url.URL{Scheme: "file", Path: path}).String()
}

func (b *tab) requestsBeyond(page string) (out []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, r := range b.requests {
		if !strings.HasPrefix(r, page) && !strings.HasPrefix(r, "data:") {
			out = append(out, r)
		}
	}
	return out
}
