'use strict';
(() => {
  const claims = [...document.querySelectorAll('.claim')];
  const form = document.querySelector('.filter');
  const shown = form.querySelector('.shown');
  form.hidden = false;

  const filter = () => {
    const words = form.elements.words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const verdict = form.elements.verdict.value;
    let count = 0;
    for (const claim of claims) {
      const fits = words.every((w) => claim.dataset.words.includes(w)) &&
        (!verdict || claim.dataset.verdicts.split(' ').includes(verdict));
      claim.hidden = !fits;
      if (fits) count++;
    }
    for (const group of document.querySelectorAll('.group')) {
      group.hidden = !group.querySelector('.claim:not([hidden])');
    }
    shown.textContent = count;
  };
  form.addEventListener('input', filter);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.elements.open.addEventListener('click', () => claims.forEach((c) => { c.open = !c.hidden; }));
  form.elements.close.addEventListener('click', () => claims.forEach((c) => { c.open = false; }));

  const openTarget = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.matches('details')) {
      target.hidden = false;
      target.open = true;
      target.scrollIntoView();
    }
  };
  addEventListener('hashchange', openTarget);
  openTarget();

  // Printed is what is there to read, not what happens to be open.
  let closed = [];
  addEventListener('beforeprint', () => { closed = claims.filter((c) => !c.open); closed.forEach((c) => { c.open = true; }); });
  addEventListener('afterprint', () => closed.forEach((c) => { c.open = false; }));
})();
