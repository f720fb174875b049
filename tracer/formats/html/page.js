'use strict';
// Steps through the sheet: each step reveals one line, and what the line is about in the picture.
// Without this script the page is the whole sheet.
(() => {
  const steps = JSON.parse(document.getElementById('lesson').textContent);
  const count = steps.length;
  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);
  const lines = steps.map((_, i) => byId('step-' + (i + 1)));
  const main = document.querySelector('main');
  const edges = (list) => list.map((e) => byId('edge-' + e)).filter(Boolean);
  const nodes = (list) => list.map((n) => byId('node-' + n)).filter(Boolean);

  // The numbers in the picture, by the quantity that they belong to.
  const numbers = {value: new Map(), gradient: new Map()};
  for (const kind of ['value', 'gradient']) {
    for (const element of document.querySelectorAll('.picture .' + kind)) {
      const name = element.dataset[kind];
      if (!numbers[kind].has(name)) numbers[kind].set(name, []);
      numbers[kind].get(name).push(element);
    }
  }
  const revealedBy = (step) =>
    step.values.flatMap((name) => numbers.value.get(name) || []).concat(
      step.gradients.flatMap((name) => numbers.gradient.get(name) || []));
  // A number appears at the first step that shows it.
  const firstShown = new Map();
  steps.forEach((step, i) => {
    for (const element of revealedBy(step))
      if (!firstShown.has(element)) firstShown.set(element, i + 1);
  });
  const shownAt = new Map();
  for (const [element, at] of firstShown) {
    if (!shownAt.has(at)) shownAt.set(at, []);
    shownAt.get(at).push(element);
  }
  for (const map of [numbers.value, numbers.gradient])
    for (const list of map.values())
      for (const element of list) if (!firstShown.has(element)) element.classList.add('never');

  let current = 0;  // 0 is the whole sheet; otherwise the step, counted from 1

  function light(step, on) {
    step.paths.forEach((path, k) => {
      for (const edge of edges(path)) {
        edge.classList.toggle('lit', on);
        if (on && !edge.dataset.path) edge.dataset.path = String(k % 4);
        if (!on) delete edge.dataset.path;
      }
    });
    for (const node of nodes(step.nodes)) node.classList.toggle('lit', on);
    main.classList.toggle('fork', on && step.paths.length > 1);
  }

  function reveal(i, on) {
    lines[i - 1].classList.toggle('shown', on);
    for (const element of shownAt.get(i) || []) element.classList.toggle('shown', on);
  }

  function markFresh(i, on) {
    lines[i - 1].classList.toggle('current', on);
    if (on) lines[i - 1].setAttribute('aria-current', 'step');
    else lines[i - 1].removeAttribute('aria-current');
    for (const element of shownAt.get(i) || []) element.classList.toggle('fresh', on);
    light(steps[i - 1], on);
  }

  function bringIntoView() {
    if (current > 0) lines[current - 1].scrollIntoView({block: 'nearest'});
  }

  function go(to, keepAddress) {
    const target = Math.max(0, Math.min(count, to));
    if (count === 0) return;
    if (current > 0) markFresh(current, false);
    for (let i = current; i < target; ++i) reveal(i + 1, true);
    for (let i = current; i > target; --i) reveal(i, false);
    current = target;
    root.classList.toggle('stepping', current > 0);
    if (current > 0) {
      markFresh(current, true);
      const heading = lines[current - 1].closest('section');
      for (const section of document.querySelectorAll('section'))
        section.classList.toggle('started', Boolean(
          section === heading || section.querySelector('.line.shown')));
      bringIntoView();
    }
    const label = current > 0 ? steps[current - 1].label : '';
    byId('status').textContent = current === 0 ? 'The whole sheet' :
      'Step ' + current + ' of ' + count + (label ? ', ' + label : '');
    byId('progress').value = current / count;
    byId('previous').disabled = current === 0;
    byId('next').disabled = current === count;
    if (!keepAddress) {
      const address = current === 0 ? '#' : '#' + (label || 'step-' + current);
      history.replaceState(null, '', address);
    }
  }

  /// B5, step-12 or 12; 0 if there is no such step.
  function find(name) {
    const label = name.trim().toLowerCase().replace(/^\((.*)\)$/, '$1');
    const labelled = steps.findIndex((step) => step.label && step.label.toLowerCase() === label);
    if (labelled >= 0) return labelled + 1;
    const number = /^(?:step-)?(\d+)$/.exec(label);
    return number && Number(number[1]) <= count ? Number(number[1]) : 0;
  }

  function fromAddress() {
    let name = location.hash.slice(1);
    try {
      name = decodeURIComponent(name);
    } catch { /* a stray % in the address is nobody's step */ }
    const step = find(name);
    if (step === 0) return;
    go(step, true);
    // The browser scrolls to the address itself, afterwards, and knows nothing of the picture.
    requestAnimationFrame(() => requestAnimationFrame(bringIntoView));
  }

  const next = () => go(current + 1);
  const previous = () => go(current - 1);

  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const field = event.target.closest('input, select');
    if (field) return;
    const onButton = event.target.closest('button, a');
    if (onButton && (event.key === ' ' || event.key === 'Enter')) return;
    const stepping = current > 0;
    const back = event.key === ' ' && event.shiftKey;
    let done = true;
    if (back || event.key === 'ArrowLeft' || event.key === 'PageUp' || event.key === 'Backspace')
      previous();
    else if (event.key === ' ' || event.key === 'ArrowRight' || event.key === 'PageDown') next();
    else if (stepping && event.key === 'ArrowDown') next();
    else if (stepping && event.key === 'ArrowUp') previous();
    else if (event.key === 'Home') go(1);
    else if (event.key === 'End') go(count);
    else if (event.key === 'Escape') go(0);
    else done = false;
    if (done) event.preventDefault();
  });

  main.addEventListener('click', (event) => {
    if (current === 0 || event.target.closest('a, button')) return;
    if (String(getSelection())) return;
    next();
  });
  let touchedAt = null;
  main.addEventListener('touchstart', (event) => {
    touchedAt = event.touches.length === 1 ? event.touches[0] : null;
  }, {passive: true});
  main.addEventListener('touchend', (event) => {
    if (!touchedAt) return;
    const across = event.changedTouches[0].clientX - touchedAt.clientX;
    const down = event.changedTouches[0].clientY - touchedAt.clientY;
    touchedAt = null;
    if (Math.abs(across) < 50 || Math.abs(across) < 2 * Math.abs(down)) return;
    if (across < 0) next(); else previous();
  });

  byId('next').addEventListener('click', next);
  byId('previous').addEventListener('click', previous);
  byId('whole').addEventListener('click', () => go(0));
  byId('goto').addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    const step = find(event.target.value);
    event.target.setAttribute('aria-invalid', String(step === 0));
    if (step === 0) return;
    go(step);
    event.target.value = '';
    event.target.blur();
  });
  byId('theme').addEventListener('change', (event) => {
    if (event.target.value) root.dataset.theme = event.target.value;
    else delete root.dataset.theme;
  });
  let scale = 1;
  const resize = (factor) => {
    scale = Math.max(0.6, Math.min(3, scale * factor));
    root.style.setProperty('--scale', scale.toFixed(3));
  };
  byId('smaller').addEventListener('click', () => resize(1 / 1.15));
  byId('larger').addEventListener('click', () => resize(1.15));
  addEventListener('hashchange', fromAddress);
  addEventListener('load', () => setTimeout(bringIntoView));
  addEventListener('resize', bringIntoView);

  document.querySelector('.controls').hidden = false;
  byId('previous').disabled = true;
  root.classList.add('ready');
  fromAddress();
})();
