package html_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// browser is one for all tests; TestMain ends it.
var browser struct {
	once   sync.Once
	ctx    context.Context
	cancel context.CancelFunc
	err    error
}

func TestMain(m *testing.M) {
	code := m.Run()
	if browser.cancel != nil {
		browser.cancel()
	}
	os.Exit(code)
}

// programs are the names of browsers, or the one that CHROME names. Ubuntu lets Google's own run as any user, so it comes first.
func programs() []string {
	if named := os.Getenv("CHROME"); named != "" {
		return []string{named}
	}
	return []string{"google-chrome", "chromium", "chromium-browser"}
}

func startBrowser() {
	for _, name := range programs() {
		path, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path))
		if os.Geteuid() == 0 {
			options = append(options, chromedp.NoSandbox) // root has no other way
		}
		allocator, _ := chromedp.NewExecAllocator(context.Background(), options...)
		browser.ctx, browser.cancel = chromedp.NewContext(allocator)
		if err := chromedp.Do(browser.ctx, chromedp.Navigate("about:blank")); err != nil {
			browser.err = fmt.Errorf("start %s: %w", path, err)
		}
		return
	}
	browser.err = fmt.Errorf("the page is tested in a browser, and there is no %s: apt-get install chromium, or name one: CHROME=/path/to/chrome", strings.Join(programs(), ", "))
}

// tab is a browser's tab that notes what goes wrong in it.
type tab struct {
	t        *testing.T
	ctx      context.Context
	messages func() []string // of the console
	requests func() []string // beside the page itself
	url      string

	scriptless bool
}

// open shows the page in a tab of its own. When the test is over, whatever it did must not have made the page complain or
// ask the network for something.
func open(t *testing.T, page string) *tab {
	t.Helper()
	browser.once.Do(startBrowser)
	if browser.err != nil {
		t.Fatal(browser.err)
	}
	path := filepath.Join(t.TempDir(), "report.html")
	if err := os.WriteFile(path, []byte(page), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := chromedp.NewContext(browser.ctx)
	t.Cleanup(cancel)
	ctx, stop := context.WithTimeout(ctx, time.Minute)
	t.Cleanup(stop)
	p := &tab{t: t, ctx: ctx, url: "file://" + path}
	p.do(chromedp.Navigate("about:blank")) // the listeners need a tab that is there
	p.messages = collect(ctx, chromedp.Console(ctx), func(m chromedp.ConsoleMessage) string { return m.String() })
	p.requests = collect(ctx, chromedp.Events(ctx, network.RequestWillBeSent), func(e network.EventRequestWillBeSent) string { return e.Request.URL })
	t.Cleanup(p.verifyQuiet)
	p.media("screen", "light")
	p.do(chromedp.Navigate(p.url))
	return p
}

func (p *tab) verifyQuiet() {
	if m := p.messages(); len(m) > 0 {
		p.t.Errorf("the console has %q", m)
	}
	for _, url := range p.requests() {
		if url != p.url {
			p.t.Errorf("the page asked for %s", url)
		}
	}
}

// visit loads the page anew, at a fragment.
func (p *tab) visit(fragment string) {
	p.t.Helper()
	p.do(chromedp.Navigate("about:blank"), chromedp.Navigate(p.url+fragment))
}

func (p *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, steps...); err != nil {
		p.t.Fatal(err)
	}
}

// get evaluates an expression in the tab.
func get[T any](p *tab, expression string) T {
	p.t.Helper()
	v, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		p.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

// media makes the tab a screen or a printer, light or dark, without motion.
func (p *tab) media(kind, scheme string) {
	p.t.Helper()
	_, err := chromedp.Call(p.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: kind, Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
	}})
	if err != nil {
		p.t.Fatal(err)
	}
}

// press types keys as a person would.
func (p *tab) press(keys string) {
	p.t.Helper()
	p.do(chromedp.KeyEvent(keys))
}

// click is the mouse in the middle of an element, when that has come to rest: a jump to a fragment is shown some time after it is in the address.
func (p *tab) click(selector string) {
	p.t.Helper()
	type point struct{ X, Y float64 }
	middle := func() point {
		return get[point](p, fmt.Sprintf(`(() => {
			const e = document.querySelector(%q);
			e.scrollIntoView({block: "center", behavior: "instant"});
			const r = e.getClientRects()[0];
			return {X: r.x + r.width / 2, Y: r.y + r.height / 2};
		})()`, selector))
	}
	get[bool](p, fmt.Sprintf(`(window.hit = false, document.querySelector(%q).addEventListener("click", () => { window.hit = true }, {once: true, capture: true}), true)`, selector))
	for tries := 0; !get[bool](p, `window.hit`); tries++ {
		if tries > 0 && p.scriptless {
			return // where no script runs nothing tells
		}
		if tries == 3 {
			p.t.Fatalf("%s was never hit", selector)
		}
		at := middle()
		for still := 0; still < 3; {
			time.Sleep(20 * time.Millisecond)
			now := middle()
			if still++; now != at {
				at, still = now, 0
			}
		}
		p.do(chromedp.MouseClickXY(at.X, at.Y))
	}
}

// eventually waits until an expression is true.
func (p *tab) eventually(expression string) {
	p.t.Helper()
	for deadline := time.Now().Add(5 * time.Second); !get[bool](p, expression); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			p.t.Fatalf("never true: %s", expression)
		}
	}
}
