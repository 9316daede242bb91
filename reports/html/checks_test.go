package html_test

// What the page is asked, in its own language. Each answers with what is amiss.

// contrast computes WCAG's ratio for every text that is seen: its colour against the nearest ground below it.
const contrast = `(() => {
  const parse = (c) => { const m = c.match(/[\d.]+/g).map(Number); return m.length > 3 ? m : [...m, 1]; };
  const light = (c) => { const [r, g, b] = c.map((v) => { v /= 255; return v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; }); return .2126 * r + .7152 * g + .0722 * b; };
  const ground = (e) => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c[3] === 1) return c; } return [255, 255, 255, 1]; };
  const bad = new Set();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const e = texts.currentNode.parentElement;
    if (!texts.currentNode.textContent.trim() || !e.checkVisibility() || e.matches('script, style, option')) continue;
    const a = light(parse(getComputedStyle(e).color)) + .05, b = light(ground(e)) + .05;
    const ratio = Math.max(a, b) / Math.min(a, b);
    if (ratio < 4.5) bad.add(e.tagName + '.' + e.className + ' ' + ratio.toFixed(2) + ' ' + texts.currentNode.textContent.trim().slice(0, 40));
  }
  return [...bad];
})()`

const nameless = `[...document.querySelectorAll('a, button, input, select, summary, [role=region]')].filter((e) =>
  !(e.textContent.trim() || e.labels?.[0]?.textContent.trim() || e.getAttribute('aria-label') || document.getElementById(e.getAttribute('aria-labelledby'))?.textContent.trim())).map((e) => e.outerHTML.slice(0, 80))`

const sameIDs = `[...document.querySelectorAll('[id]')].map((e) => e.id).filter((id, i, all) => all.indexOf(id) !== i)`

const headings = `(() => {
  let last = 0; const bad = [];
  for (const h of document.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
    const level = Number(h.tagName[1]);
    if (level > last + 1) bad.push(h.tagName + ' ' + h.textContent);
    last = level;
  }
  return bad;
})()`
