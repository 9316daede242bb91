// What the tests ask the page. Each function lists troubles in words.
const every = (selector) => [...document.querySelectorAll(selector)];
const name = (e) => `<${e.tagName.toLowerCase()} class="${e.className.baseVal ?? e.className}" id="${e.id}"> ${e.textContent.trim().slice(0, 40)}`;

const rgba = (css) => {
  const n = css.match(/[\d.]+/g).map(Number);
  return [n[0], n[1], n[2], n[3] ?? 1];
};
const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
const luminance = (c) => {
  const [r, g, b] = c.slice(0, 3).map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const ratio = (a, b) => {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
};
const backdrop = (e) => {
  const layers = [];
  for (; e; e = e.parentElement) layers.push(rgba(getComputedStyle(e).backgroundColor));
  return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 1]);
};

// texts are the elements with text of their own that can be seen.
const texts = () => every('body *').filter((e) => !e.matches('script, style, option, .vh, .vh *, .skip')
  && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) && e.checkVisibility());
const textsSeen = () => texts().length;
const lowContrast = (least) => {
  const bad = [];
  const judge = (e, style, what) => {
    const ground = backdrop(e);
    const r = ratio(over(rgba(style.color), ground), ground);
    if (r < least) bad.push(`${r.toFixed(2)} ${what}`);
  };
  texts().forEach((e) => judge(e, getComputedStyle(e), name(e)));
  every('input, select').filter((e) => e.checkVisibility()).forEach((e) => {
    judge(e, getComputedStyle(e), name(e));
    if (e.placeholder) judge(e, getComputedStyle(e, '::placeholder'), `placeholder of ${name(e)}`);
  });
  every('svg.sign').filter((e) => e.checkVisibility()).forEach((e) => judge(e.parentElement, getComputedStyle(e), `sign in ${name(e.parentElement)}`));
  return bad;
};

const idTrouble = () => {
  const ids = every('[id]').map((e) => e.id);
  const twice = ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `twice: ${id}`);
  const references = every('a[href^="#"]').map((e) => e.getAttribute('href').slice(1))
    .concat(every('[aria-labelledby]').map((e) => e.getAttribute('aria-labelledby')));
  return twice.concat(references.filter((id) => !ids.includes(id)).map((id) => `leads nowhere: ${id}`));
};

const headingTrouble = () => {
  const levels = every('h1, h2, h3, h4, h5, h6').map((e) => Number(e.tagName[1]));
  const bad = levels.filter((l) => l === 1).length === 1 && levels[0] === 1 ? [] : ['the one h1 does not come first'];
  levels.forEach((l, i) => { if (i && l > levels[i - 1] + 1) bad.push(`h${l} after h${levels[i - 1]}`); });
  return bad;
};

const tableTrouble = () => every('table').filter((e) => !e.caption && !e.hasAttribute('aria-labelledby')).map((e) => `no caption: ${name(e)}`)
  .concat(every('th').filter((e) => !e.scope).map((e) => `no scope: ${name(e)}`))
  .concat(every('table').flatMap((t) => {
    const widths = [...t.rows].map((r) => [...r.cells].reduce((n, c) => n + c.colSpan, 0));
    return [...t.rows].filter((r, i) => widths[i] > widths[0]).map((r) => `wider than its head: ${name(r)}`);
  }));

const landmarkTrouble = () => ['header', 'main'].filter((e) => every(`body > ${e}`).length !== 1).map((e) => `not one ${e}`)
  .concat(document.documentElement.lang ? [] : ['no language']);

// cutOff are the elements that reach out of the screen and are in nothing that scrolls.
const cutOff = () => texts().filter((e) => !e.closest('.scroll, pre') && e.getBoundingClientRect().right > innerWidth + 0.5).map(name)
  .concat(every('.side').filter((e) => e.getBoundingClientRect().right > innerWidth).map(name));
