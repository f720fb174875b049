// Names as links: what stands for one quantity, or for one derivative, in picture, formulas and tables
// lights up together, and leads to where it is worked out. The mathematics carries no marks for this:
// an element is known by its text, so the page stays small, and is looked through when first needed.
const links = (() => {
  const byText = new Map(), byName = new Map();
  for (const [name, text, step] of lesson.names) {
    if (!byText.has(text)) byText.set(text, name);
    byName.set(name, step);
  }
  const kinds = 'mfrac, msub, msubsup, msup, mover, mi';
  let places = null;  // of each name, its elements
  let lit = [];
  let peeked = null;
  const namesOfLine = document.createElement('div');
  namesOfLine.className = 'names';

  /// The name that an element of the mathematics is, or nothing.
  function nameOf(element) {
    const text = element.textContent;
    // x² is no name, though it reads like x2.
    if (element.localName === 'msup' && !element.querySelector(':scope > mrow > mtext, :scope > mrow > mo'))
      return undefined;
    if (element.localName === 'mfrac' && !text.startsWith('∂')) return undefined;
    if (element.localName === 'mi' && element.hasAttribute('mathvariant')) return undefined;
    return byText.get(text);
  }
  /// The outermost element about this one that is a name.
  function nameAt(element) {
    let found = null;
    for (let one = element; one && one.localName !== 'math'; one = one.parentElement)
      if (one.matches(kinds) && nameOf(one)) found = one;
    return found;
  }
  function namesIn(line) {
    return [...line.querySelectorAll(kinds)].filter((one) => nameOf(one) && nameAt(one) === one);
  }
  function add(name, element) {
    if (!places.has(name)) places.set(name, []);
    places.get(name).push(element);
  }
  function look() {
    places = new Map();
    for (const element of sheet.querySelectorAll(kinds)) {
      const name = nameOf(element);
      if (name) add(name, element);
    }
    for (const element of document.querySelectorAll('.picture [data-of]')) add(element.dataset.of, element);
    for (const element of document.querySelectorAll('.picture .value')) add(element.dataset.value, element);
    for (const element of document.querySelectorAll('.picture .gradient'))
      add(lesson.output + '/' + element.dataset.gradient, element);
    for (const edge of document.querySelectorAll('.picture .edge'))
      add(edge.dataset.to + '/' + edge.dataset.from, edge);
    for (const line of document.querySelectorAll('.line .label a')) add('#' + line.id, line.closest('.line'));
    for (const link of document.querySelectorAll('.remark a')) add(link.hash, link);
  }
  /// What an element stands for: a name, or the label of a line.
  function subject(element) {
    if (!element.closest) return undefined;
    const within = element.closest('[data-of], .picture .edge, .picture .gradient, .picture .value');
    if (within) {
      const {of, value, gradient, from, to} = within.dataset;
      return of || value || (gradient !== undefined ? lesson.output + '/' + gradient : to + '/' + from);
    }
    const reference = element.closest('.remark a');
    if (reference) return reference.hash;
    const named = element.closest('math') && nameAt(element);
    return named ? nameOf(named) : undefined;
  }
  function show(name) {
    if (!places) look();
    for (const element of lit) element.classList.remove('same');
    lit = name ? places.get(name) || [] : [];
    for (const element of lit) element.classList.add('same');
  }
  /// The step that works it out; of an edge whose derivative is not derived, that of its end.
  function stepOf(name) {
    if (name.startsWith('#')) return find(name.slice(1));
    return byName.get(name) || byName.get(name.split('/')[0]) || 0;
  }
  /// Shows a line that was passed already, or goes to one that was not.
  function visit(step) {
    forget();
    if (!step) return;
    if (!whole && step > current) return go(step);
    peeked = lines[step - 1];
    peeked.classList.add('peek');
    bringIntoView(peeked);
  }
  function forget() {
    if (peeked) peeked.classList.remove('peek');
    peeked = null;
  }
  /// Behind the sheet the names of the current line as links, for the keyboard and for those who
  /// hear the page. The mathematics stays as it is: a formula with links in it is read in pieces.
  function reach(line, on) {
    if (!namesOfLine.parentElement) main.append(namesOfLine);
    namesOfLine.replaceChildren();
    if (!on) return;
    for (const name of new Set(namesIn(line).map(nameOf))) {
      const link = document.createElement('a');
      link.href = '#' + (steps[byName.get(name) - 1].label || 'step-' + byName.get(name));
      link.dataset.of = name;
      link.textContent = name.includes('/') ? '∂' + name.replace('/', '/∂') : name;
      namesOfLine.append(link);
    }
  }
  function listen() {
    for (const kind of ['pointerover', 'focusin'])
      main.addEventListener(kind, (event) => show(subject(event.target)));
    for (const kind of ['pointerleave', 'focusout']) main.addEventListener(kind, () => show());
    // Before the page takes the click for the next step.
    main.addEventListener('click', (event) => {
      if (picture.wasMoved() && event.target.closest('.frame')) return event.preventDefault();
      const name = subject(event.target);
      const step = name ? stepOf(name) : 0;
      if (step === 0) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      visit(step);
    });
  }
  return {reach, forget, visit, listen};
})();
