'use strict';
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const claims = all('.claim');
  const form = document.querySelector('.filter');

  // A claim is shown when one lane, or the one asked for, has the verdict, and every word is found.
  const matches = (claim, words, verdict, lane) => {
    const marks = all('[data-verdict]', claim).filter((m) => !lane || m.closest('[data-lane]').dataset.lane === lane);
    return (!verdict || marks.some((m) => m.dataset.verdict === verdict)) && words.every((w) => claim.dataset.words.includes(w));
  };
  const filter = () => {
    const words = form.words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const { value: verdict } = form.verdict;
    const { value: lane } = form.lane;
    claims.forEach((c) => { c.hidden = !matches(c, words, verdict, lane); });
    all('.group').forEach((g) => { g.hidden = !g.querySelector('.claim:not([hidden])'); });
    all('.group [data-lane]').forEach((e) => { e.hidden = lane !== '' && e.dataset.lane !== lane; });
    form.querySelector('[role=status]').textContent = `${claims.filter((c) => !c.hidden).length} of ${claims.length} claims`;
  };
  const toggle = (open) => claims.forEach((c) => { if (!c.hidden) c.querySelector('.evidence').open = open; });

  if (form && claims.length) {
    form.hidden = false;
    form.addEventListener('input', filter);
    form.addEventListener('submit', (event) => event.preventDefault());
    form.open.addEventListener('click', () => toggle(true));
    form.close.addEventListener('click', () => toggle(false));
    filter(); // browsers keep what was typed over a reload
  }

  // What a fragment names is opened, shown and given the focus, even where the filter hides it.
  const reveal = (fragment) => {
    const target = document.getElementById(fragment.slice(1));
    if (!target) return;
    if (form && target.closest('[hidden]')) {
      form.reset();
      filter();
    }
    for (let e = target; e; e = e.parentElement) if (e.tagName === 'DETAILS') e.open = true;
    if (target.matches('.claim')) target.querySelector('.evidence').open = true;
    target.scrollIntoView();
    target.focus({ preventScroll: true });
  };
  addEventListener('hashchange', () => reveal(location.hash));
  if (location.hash) reveal(location.hash);

  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const fragment = link.getAttribute('href');
    // In an iframe's srcdoc a fragment would be one of the page around it; and one that is set already changes nothing.
    if (location.protocol === 'about:') event.preventDefault();
    if (location.protocol === 'about:' || fragment === location.hash) reveal(fragment);
  });

  // Older browsers cannot open details by style for the printer.
  let closed = [];
  addEventListener('beforeprint', () => {
    closed = all('details:not([open])');
    closed.forEach((d) => { d.open = true; });
  });
  addEventListener('afterprint', () => closed.forEach((d) => { d.open = false; }));
})();
