// The picture while stepping: never smaller type than the mathematics. Where it does not fit then, a
// part of it is shown, about what the step lights, beside an outline of the whole.
const picture = (() => {
  const frame = document.querySelector('.frame');
  const drawing = frame && frame.querySelector('.picture');
  const smallest_type = 14;      // of what is written in it, in its own units
  const least_formula = 0.8;     // so much smaller the mathematics may get, to have the whole in view
  const wide = drawing ? drawing.viewBox.baseVal.width : 0;
  const high = drawing ? drawing.viewBox.baseVal.height : 0;
  let zoom = 1, own = 1;   // pixels for a unit; what the reader made of it
  let x = 0, y = 0;        // of the drawing within its frame
  let room = {width: 0, height: 0};
  let view = null;

  function outline() {
    if (view) return;
    const space = 'http://www.w3.org/2000/svg';
    const svg = document.createElementNS(space, 'svg');
    svg.setAttribute('class', 'outline picture-outline');
    svg.setAttribute('viewBox', `0 0 ${wide} ${high}`);
    svg.setAttribute('aria-hidden', 'true');
    const copy = document.createElementNS(space, 'use');
    copy.setAttribute('href', '#drawing-content');
    view = document.createElementNS(space, 'rect');
    view.setAttribute('class', 'view');
    const group = document.createElementNS(space, 'g');
    group.id = 'drawing-content';
    group.setAttribute('class', 'picture');  // its style goes with it into the copy
    group.append(...[...drawing.children].filter((one) => !/^(title|defs)$/.test(one.localName)));
    drawing.append(group);
    svg.append(copy, view);
    frame.append(svg);
  }

  function place() {
    const width = wide * zoom * own, height = high * zoom * own;
    const limit = (at, size, space) => size <= space ? (space - size) / 2 :
      Math.min(0, Math.max(space - size, at));
    x = limit(x, width, room.width);
    y = limit(y, height, room.height);
    drawing.style.setProperty('--drawn', width.toFixed(1) + 'px');
    drawing.style.setProperty('--x', x.toFixed(1) + 'px');
    drawing.style.setProperty('--y', y.toFixed(1) + 'px');
    const part = width > room.width + 1 || height > room.height + 1;
    if (part) outline();
    frame.classList.toggle('part-shown', part);
    if (!part) return;
    const scale = zoom * own;
    const box = {x: -x / scale, y: -y / scale, width: room.width / scale, height: room.height / scale};
    for (const [name, value] of Object.entries(box)) view.setAttribute(name, value.toFixed(1));
  }

  /// Brings what is lit to the middle.
  function follow() {
    if (!drawing || whole) return;
    own = 1;
    let left = Infinity, top = Infinity, right = -Infinity, bottom = -Infinity;
    for (const one of drawing.querySelectorAll('.lit:not(.label)')) {
      const box = one.getBBox();
      left = Math.min(left, box.x);
      top = Math.min(top, box.y);
      right = Math.max(right, box.x + box.width);
      bottom = Math.max(bottom, box.y + box.height);
    }
    if (left < right) {
      x = room.width / 2 - zoom * (left + right) / 2;
      y = room.height / 2 - zoom * (top + bottom) / 2;
      // What comes first stays in view where not all of it can be.
      if (zoom * (right - left) > room.width) x = 10 - zoom * left;
    }
    place();
  }

  /// Shares the window: half of it is for the mathematics.
  function fit() {
    const bar = document.querySelector('.controls').offsetHeight;
    root.style.setProperty('--bar', bar + 'px');
    root.style.setProperty('--fit', '1');
    if (!drawing || whole) return;
    const beside = matchMedia('(max-height: 30rem) and (orientation: landscape)').matches;
    const covered = root.classList.contains('covered') ? document.querySelector('h1').offsetHeight + 20 : 0;
    const most = {width: beside ? innerWidth / 2 - 2 : innerWidth,
      height: (beside ? innerHeight : innerHeight / 2) - bar - covered};
    const whole_zoom = Math.min(most.width / wide, most.height / high);
    const formula = 1.05 * parseFloat(getComputedStyle(root).fontSize);
    // Only at its usual size: who enlarges the text wants it large.
    const smaller = scale !== 1 ? 1 :
      Math.min(1, Math.max(least_formula, whole_zoom * smallest_type / formula, 15 / formula));
    root.style.setProperty('--fit', smaller.toFixed(4));
    const largest = 1.6 * scale;
    // The cover has no mathematics.
    const least = covered ? 0 : 1.002 * smaller * formula / smallest_type;
    zoom = Math.max(Math.min(whole_zoom, largest), least);
    room = {width: most.width, height: beside ? most.height : Math.min(most.height, high * zoom)};
    frame.style.setProperty('--room', room.height.toFixed(1) + 'px');
    follow();
  }

  function zoomBy(factor, at = {x: room.width / 2, y: room.height / 2}) {
    const before = own;
    own = Math.max(0.1, Math.min(6, own * factor));
    x = at.x - (at.x - x) * own / before;
    y = at.y - (at.y - y) * own / before;
    place();
  }
  function panBy(across, down) {
    x += across;
    y += down;
    place();
  }

  let moved = false;
  function listen() {
    if (!drawing) return;
    const within = (event) => {
      const box = frame.getBoundingClientRect();
      return {x: event.clientX - box.left, y: event.clientY - box.top};
    };
    frame.addEventListener('wheel', (event) => {
      if (whole) return;
      event.preventDefault();
      zoomBy(Math.exp(-event.deltaY / 400), within(event));
    }, {passive: false});
    const fingers = new Map();
    frame.addEventListener('pointerdown', (event) => {
      fingers.set(event.pointerId, within(event));
      moved = false;
    });
    frame.addEventListener('pointermove', (event) => {
      const before = fingers.get(event.pointerId);
      if (!before || whole) return;
      const now = within(event);
      const [other] = [...fingers].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
      if (other) {
        const apart = (a) => Math.hypot(a.x - other.x, a.y - other.y) || 1;
        zoomBy(apart(now) / apart(before), other);
      } else {
        panBy(now.x - before.x, now.y - before.y);
      }
      if (Math.hypot(now.x - before.x, now.y - before.y) > 2) moved = true;
      fingers.set(event.pointerId, now);
    });
    for (const end of ['pointerup', 'pointercancel', 'pointerleave'])
      frame.addEventListener(end, (event) => fingers.delete(event.pointerId));
  }
  return {fit, follow, zoomBy, panBy, listen, wasMoved: () => moved,
    reset: () => follow(), has: Boolean(drawing)};
})();
