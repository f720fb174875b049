// What moves the page on: each step reveals one line, and what the line is about in the picture. The
// page opens covered; the whole sheet is behind Escape, and is all there is without this script.
const byId = (id) => document.getElementById(id);
const root = document.documentElement;
const main = document.querySelector('main');
const sheet = document.querySelector('.sheet');
const lesson = JSON.parse(byId('lesson').textContent);
const steps = lesson.steps;
const count = steps.length;
const lines = steps.map((_, i) => byId('step-' + (i + 1)));
let current = 0;    // the step, counted from 1; 0 is the cover
let whole = false;  // whether the whole sheet is shown instead

// The numbers in the picture, by the quantity that they belong to, and the step that shows each.
const numbers = {value: new Map(), gradient: new Map()};
const shownAt = new Map();
function collectNumbers() {
  for (const kind of ['value', 'gradient']) {
    for (const element of document.querySelectorAll('.picture .' + kind)) {
      const name = element.dataset[kind];
      if (!numbers[kind].has(name)) numbers[kind].set(name, []);
      numbers[kind].get(name).push(element);
    }
  }
  const known = new Set();
  const reveals = (element, at) => {
    if (known.has(element)) return;
    known.add(element);
    if (!shownAt.has(at)) shownAt.set(at, []);
    shownAt.get(at).push(element);
  };
  steps.forEach((step, i) => {
    for (const [names, kind] of [[step.values || [], 'value'], [step.gradients || [], 'gradient']])
      for (const name of names)
        for (const element of numbers[kind].get(name) || []) {
          reveals(element, i + 1);
          // The box of a weight comes with its first number.
          const label = element.closest('.label');
          if (label) {
            label.classList.add('numbered');
            reveals(label, i + 1);
          }
        }
  });
}

// Sections and what stands in them, each with the first line within it.
const blocks = [];
function collectBlocks() {
  const first = (element) => {
    const line = element.matches('.line') ? element : element.querySelector('.line');
    return line ? Number(line.id.slice(5)) : 0;
  };
  for (const section of document.querySelectorAll('section')) {
    blocks.push({element: section, first: first(section)});
    for (const part of section.children)
      if (part.localName !== 'h2') blocks.push({element: part, first: first(part)});
  }
}
let begun = 0;
function beginBlocks() {
  for (; begun < blocks.length && blocks[begun].first <= current; ++begun)
    blocks[begun].element.classList.add('started');
  for (; begun > 0 && blocks[begun - 1].first > current; --begun)
    blocks[begun - 1].element.classList.remove('started');
}

function light(step, on) {
  const lit = new Set();
  (step.paths || []).forEach((path, k) => {
    for (const number of path) {
      const edge = byId('edge-' + number);
      if (!edge) continue;
      lit.add(number);
      edge.classList.toggle('lit', on);
      if (on && !edge.dataset.path) edge.dataset.path = String(k % 4);
      if (!on) delete edge.dataset.path;
    }
  });
  // More labels than these would lie on each other.
  for (const number of lit) byId('label-' + number)?.classList.toggle('lit', on && lit.size <= 12);
  for (const number of step.nodes || []) byId('node-' + number)?.classList.toggle('lit', on);
  main.classList.toggle('fork', on && (step.paths || []).length > 1);
}

function reveal(i, on) {
  lines[i - 1].classList.toggle('shown', on);
  for (const element of shownAt.get(i) || []) element.classList.toggle('shown', on);
}

function standOut(i, on) {
  const step = steps[i - 1];
  lines[i - 1].classList.toggle('current', on);
  if (on) lines[i - 1].setAttribute('aria-current', 'step');
  else lines[i - 1].removeAttribute('aria-current');
  if (step.rule) lines[step.rule - 1].classList.toggle('rule', on);
  for (const element of shownAt.get(i) || []) element.classList.toggle('fresh', on);
  light(step, on);
  links.reach(lines[i - 1], on);
}

/// Scrolls so that the line is seen below the rule that is pinned, with some room below it.
function bringIntoView(line = current > 0 ? lines[current - 1] : null) {
  if (!line) return;
  if (whole || !root.classList.contains('stepping')) return line.scrollIntoView({block: 'nearest'});
  const pinned = steps[current - 1]?.rule ? lines[steps[current - 1].rule - 1] : null;
  const room = sheet.getBoundingClientRect();
  // A rule that leaves no room for its factor is not pinned.
  if (pinned) pinned.classList.toggle('rule', pinned.offsetHeight + line.offsetHeight <= room.height);
  const above = pinned && pinned.classList.contains('rule') && pinned !== line ? pinned.offsetHeight : 0;
  const place = line.getBoundingClientRect();
  const below = Math.min(0.2 * room.height, Math.max(0, room.height - above - place.height) / 2);
  if (place.bottom > room.bottom - below) sheet.scrollTop += place.bottom - room.bottom + below;
  const top = line.getBoundingClientRect().top;
  if (top < room.top + above) sheet.scrollTop -= room.top + above - top;
}

function showState() {
  const label = current > 0 ? steps[current - 1].label || '' : '';
  const place = innerWidth < 960 ? current + '/' + count : 'Step ' + current + ' of ' + count;
  byId('status').textContent = whole ? 'The whole sheet' :
    current === 0 ? count + ' steps' : place + (label ? ', ' + label : '');
  byId('progress').value = whole ? 0 : current / count;
  byId('previous').disabled = whole || current === 0;
  byId('next').disabled = !whole && current === count;
  byId('whole').setAttribute('aria-pressed', String(whole));
  root.classList.toggle('stepping', !whole);
  root.classList.toggle('covered', !whole && current === 0);
  document.querySelector('.start').hidden = whole || current !== 0;
  if (whole) sheet.removeAttribute('tabindex');
  else sheet.setAttribute('tabindex', '0');
}

function go(to, keepAddress) {
  const target = Math.max(0, Math.min(count, to));
  links.forget();
  if (current > 0) standOut(current, false);
  for (let i = current; i < target; ++i) reveal(i + 1, true);
  for (let i = current; i > target; --i) reveal(i, false);
  const shown = root.classList.contains('stepping');
  const covered = root.classList.contains('covered');
  current = target;
  whole = false;
  beginBlocks();
  showState();
  if (current > 0) standOut(current, true);
  if (shown && covered === root.classList.contains('covered')) picture.follow();
  else picture.fit();
  bringIntoView();
  if (keepAddress) return;
  history.replaceState(null, '', '#' + (current === 0 ? '' : steps[current - 1].label || 'step-' + current));
}

function showWhole() {
  links.forget();
  if (current > 0) standOut(current, false);
  whole = true;
  showState();
  picture.fit();
  history.replaceState(null, '', '#sheet');
  bringIntoView();
}
/// A step further; from the whole sheet, back to where the lesson was.
const next = () => go(whole ? current : current + 1);
const previous = () => go(whole ? current : current - 1);
const toggleWhole = () => { if (whole) go(current); else showWhole(); };

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
  if (name === 'sheet') return showWhole();
  const step = find(name);
  if (step === 0 && root.classList.contains('ready')) return;
  go(step, true);
  // The browser gives the label the focus, afterwards; the next key is for the page.
  setTimeout(() => { if (document.activeElement?.closest('.line .label')) document.activeElement.blur(); }, 50);
}
