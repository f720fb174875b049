// Keys, buttons, clicks and fingers; then the page opens.
let scale = 1;
function resize(factor) {
  scale = factor === 0 ? 1 : Math.max(0.6, Math.min(3, scale * factor));
  if (Math.abs(scale - 1) < 0.01) scale = 1;
  root.style.setProperty('--scale', scale.toFixed(3));
  picture.fit();
  bringIntoView();
}
const themes = ['', 'light', 'dark', 'chalkboard'];
function changeTheme() {
  const theme = themes[(themes.indexOf(root.dataset.theme || '') + 1) % themes.length];
  if (theme) root.dataset.theme = theme;
  else delete root.dataset.theme;
  const name = theme || 'system';
  byId('theme').setAttribute('aria-label', 'Theme: ' + name);
  byId('theme-name').textContent = name[0].toUpperCase() + name.slice(1);
}
function showKeys() {
  if (byId('keys').open) byId('keys').close();
  else byId('keys').showModal();
}

const pan = 60;
const keys = {
  ArrowRight: next, PageDown: next, ArrowLeft: previous, PageUp: previous, Backspace: previous,
  Home: () => go(1), End: () => go(count), Escape: toggleWhole, '?': showKeys,
  '+': () => picture.zoomBy(1.2), '-': () => picture.zoomBy(1 / 1.2), 0: picture.reset,
  h: () => picture.panBy(pan, 0), l: () => picture.panBy(-pan, 0), j: () => picture.panBy(0, -pan),
  k: () => picture.panBy(0, pan),
};
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
  if (event.target.closest('input')) return;
  if (byId('keys').open) {
    if (event.key === '?') showKeys();
    return;
  }
  if (event.target.closest('button, a') && (event.key === ' ' || event.key === 'Enter')) return;
  let act = keys[event.key];
  if (event.key === ' ') act = event.shiftKey ? previous : next;
  if (event.key === 'Enter' && !whole && current === 0) act = next;
  if (!whole && event.key === 'ArrowDown') act = next;
  if (!whole && event.key === 'ArrowUp') act = previous;
  if ('+-0hjkl'.includes(event.key) && (whole || !picture.has)) act = undefined;
  if (!act) return;
  event.preventDefault();
  act();
});

links.listen();
main.addEventListener('click', (event) => {
  if (whole || event.target.closest('a, button') || String(getSelection())) return;
  next();
});
let touched = null;
sheet.addEventListener('touchstart', (event) => {
  touched = event.touches.length === 1 ? event.touches[0] : null;
}, {passive: true});
sheet.addEventListener('touchend', (event) => {
  if (!touched || whole) return;
  const across = event.changedTouches[0].clientX - touched.clientX;
  const down = event.changedTouches[0].clientY - touched.clientY;
  touched = null;
  if (Math.abs(across) < 50 || Math.abs(across) < 2 * Math.abs(down)) return;
  if (across < 0) next(); else previous();
});
picture.listen();

for (const [id, act] of Object.entries({next, previous, whole: toggleWhole, theme: changeTheme,
  smaller: () => resize(1 / 1.15), larger: () => resize(1.15), help: showKeys,
  close: () => byId('keys').close()}))
  byId(id).addEventListener('click', act);
byId('goto').addEventListener('keydown', (event) => {
  if (event.key !== 'Enter') return;
  const step = find(event.target.value);
  event.target.setAttribute('aria-invalid', String(step === 0));
  if (step === 0) return;
  go(step);
  event.target.value = '';
  event.target.blur();
});
addEventListener('hashchange', fromAddress);
addEventListener('resize', () => {
  showState();
  picture.fit();
  bringIntoView();
});

if (count > 0) {
  collectNumbers();
  collectBlocks();
  document.querySelector('.controls').hidden = false;
  fromAddress();
  // The font, which is in the page, may come a little later, and is not as wide as another.
  document.fonts.ready.then(() => { picture.fit(); bringIntoView(); });
}
root.classList.add('ready');
