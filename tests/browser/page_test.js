// Drives every page in a browser. Each check states what a lecturer relies on.
// Usage: node page_test.js PAGES CHROMIUM
'use strict';
const assert = require('assert');
const fs = require('fs');
const path = require('path');
const {chromium} = require('playwright-core');
const axe = require('axe-core');
const {lineOf} = require('./mathml_text.js');

const [pages, executablePath] = process.argv.slice(2);
const names = fs.readdirSync(pages).filter((f) => f.endsWith('.html')).map((f) => f.slice(0, -5));
const url = (name, hash = '') => 'file://' + path.resolve(pages, name + '.html') + hash;

let browser;
const failures = [];

async function check(title, test) {
  const began = Date.now();
  try {
    await test();
    console.log(`ok      ${title} (${Date.now() - began} ms)`);
  } catch (error) {
    failures.push(title);
    console.log('FAILED  ' + title + '\n        ' + String(error.message).replace(/\n/g, '\n        '));
  }
}

/// A page that reports every console message and every request but the one for itself.
async function open(name, {hash = '', viewport = {width: 1920, height: 1080}, options = {}} = {}) {
  const context = await browser.newContext({viewport, ...options});
  const page = await context.newPage();
  page.complaints = [];
  page.on('console', (message) => page.complaints.push(message.text()));
  page.on('pageerror', (error) => page.complaints.push(error.message));
  page.on('request', (request) => {
    const asked = request.url();
    if (!asked.startsWith('data:') && asked.split('#')[0] !== url(name)) page.complaints.push(asked);
  });
  await page.goto(url(name, hash));
  return page;
}

const shownLines = (page) => page.$$eval('.line', (lines) => lines.filter(
  (line) => line.checkVisibility({visibilityProperty: true})).map((line) => Number(line.id.slice(5))));
/// What a step shows, and how large; runs in the page.
function stateOfStep() {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const lesson = window.lessonData ||= JSON.parse(document.getElementById('lesson').textContent);
  const [line] = all('.line.current');
  const room = document.querySelector('.sheet').getBoundingClientRect();
  const box = line.getBoundingClientRect();
  const seen = (part, top) => part.bottom <= room.bottom + 1 && (part.top >= top - 1 ||
    part.height > room.height);
  const rule = lesson.steps[Number(line.id.slice(5)) - 1].rule;
  const pinned = rule ? document.getElementById('step-' + rule).getBoundingClientRect() : null;
  const fits = !pinned || pinned.height + box.height <= room.height;
  const drawing = document.querySelector('.frame > .picture');
  const size = (element) => parseFloat(getComputedStyle(element).fontSize);
  const texts = drawing ? all('.frame > .picture text').filter((one) => one.checkVisibility()) : [];
  const zoom = drawing ? drawing.getBoundingClientRect().width / drawing.viewBox.baseVal.width : 1;
  return {
    shown: all('.line').filter((one) => one.checkVisibility({visibilityProperty: true})).map(
      (one) => Number(one.id.slice(5))),
    current: all('.line.current').map((one) => one.id),
    lit: all('.edge.lit').map((one) => Number(one.id.slice(5))),
    seen: seen(box, fits && pinned ? pinned.bottom - 1 : room.top),
    ruled: !fits || !pinned || (pinned.top >= room.top - 1 && pinned.bottom <= box.top + 1),
    part: room.width * room.height / (innerWidth * innerHeight),
    smaller: texts.length === 0 ? 0 : size(line.querySelector('math') || line) - zoom * Math.min(...texts.map(size)),
    wide: Math.max(document.documentElement.scrollWidth, document.body.scrollWidth) - innerWidth,
    rows: document.querySelector('.controls').offsetHeight,
    tools: Math.max(...all('.controls button').map((one) => one.getBoundingClientRect().right)) - innerWidth,
  };
}

/// What a lecturer needs of each step in a window: runs in the page.
function holdsOfStep(state) {
  const wrong = [];
  if (!state.seen) wrong.push('the current line is not in view');
  if (!state.ruled) wrong.push('its rule is not in view above it');
  if (state.part < 0.4) wrong.push('the mathematics has ' + state.part + ' of the window');
  if (state.smaller > 0.1) wrong.push('the picture has type ' + state.smaller + ' pixels smaller');
  if (state.wide > 0) wrong.push('the page is ' + state.wide + ' pixels too wide');
  if (state.rows > 60 || state.tools > 0) wrong.push('the toolbar is not one row');
  return wrong;
}

/// Goes on from step to step, and notes the state of every so many; runs in the page.
function walk(first, last, every, stateOf) {
  const states = [];
  for (let step = first; step <= last; ++step) {
    const key = step % 2 ? ' ' : 'ArrowRight';
    document.body.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
    if (step % every === 0) states.push([step, stateOf()]);
  }
  return states;
}

const litEdges = (page) => page.$$eval('.edge.lit', (edges) => edges.map(
  (edge) => edge.dataset.from + ' ' + edge.dataset.to + (edge.dataset.path > 0 ?
    ' ' + edge.dataset.path : '')).sort());
const upTo = (n) => Array.from({length: n}, (_, i) => i + 1);
const squeezed = (text) => text.replace(/\s+/g, '');
/// Text keeps names as they were typed; mathematics has the Greek letters for them.
const withGreek = (text) => Object.entries({alpha: 'α', beta: 'β', delta: 'δ', eta: 'η', mu: 'μ',
  lambda: 'λ', theta: 'θ', sigma: 'σ'}).reduce((now, [word, letter]) =>
  now.replace(new RegExp('(?<![a-zA-Z])' + word + '(?![a-zA-Z])', 'g'), letter), text);

const sizes = [[1920, 1080], [1280, 720], [844, 390], [390, 844]];

async function testPage(name) {
  const page = await open(name, {hash: '#sheet'});
  const count = await page.$$eval('.line', (lines) => lines.length);
  await check(name + ': loads without a complaint and without a request', async () => {
    assert.deepStrictEqual(page.complaints, []);
    assert(count > 0);
    assert.deepStrictEqual(await shownLines(page), upTo(count));
    assert(await page.evaluate(() => document.fonts.check('16px "Chalkgrad Math"')));
  });
  await check(name + ': nothing is wider than the window', async () => {
    for (const [width, height] of [[1280, 720], [390, 780]]) {
      await page.setViewportSize({width, height});
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert(wide <= width, wide + ' pixels in a window of ' + width);
    }
    await page.setViewportSize({width: 1920, height: 1080});
  });
  const textFile = path.join(pages, name + '.txt');
  // Text has matrices in a line, [[1, 2], [3, 4]], and the page in rows: they are not compared.
  const matrices = await page.$('mtable.matrix') !== null;
  if (fs.existsSync(textFile) && !matrices)
    await check(name + ': its lines are those of the text sheet, in order', async () => {
      const sheet = squeezed(withGreek(fs.readFileSync(textFile, 'utf8').replace(/\([ABC]\d+\)$/gm, '')));
      const lines = await page.evaluate(lineOf);
      let at = 0;
      for (const line of lines) {
        // A remark may stand between the sides of a long line.
        const whole = sheet.indexOf(squeezed(line), at) >= 0;
        for (const part of whole ? [line] : line.split(/(?==)/)) {
          const found = sheet.indexOf(squeezed(part), at);
          assert(found >= 0, 'not in the text sheet, or not in this order: ' + part + ' of ' + line);
          at = found + squeezed(part).length;
        }
      }
    });
  await check(name + ': each step reveals the next line and lights its edges', async () => {
    const paths = await page.evaluate(() => JSON.parse(
      document.getElementById('lesson').textContent).steps.map((step) => (step.paths || []).flat()));
    await page.keyboard.press(' ');
    assert.deepStrictEqual(await shownLines(page), [], 'the sheet is covered at first');
    assert.strictEqual(paths.length, count);
    const holds = (step, state) => {
      assert.deepStrictEqual(state.shown, upTo(step));
      assert.deepStrictEqual(state.current, ['step-' + step]);
      assert.deepStrictEqual(state.lit.sort((a, b) => a - b),
        [...new Set(paths[step - 1])].sort((a, b) => a - b));
      assert.deepStrictEqual(holdsOfStep(state), [], 'step ' + step);
    };
    // The first steps by the keyboard; the others by the same events within the page, since a key that
    // comes from outside waits until the whole window is painted.
    const byKeyboard = Math.min(count, 6);
    for (let step = 1; step <= byKeyboard; ++step) {
      await page.keyboard.press(step % 2 ? ' ' : 'ArrowRight');
      holds(step, await page.evaluate(stateOfStep));
    }
    const states = await page.evaluate(
      `(${walk})(${byKeyboard + 1}, ${Math.min(count, 400)}, ${count > 300 ? 50 : 1}, ${stateOfStep})`);
    for (const [step, state] of states) holds(step, state);
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowRight');
    assert.deepStrictEqual(await shownLines(page), upTo(count));
  });
  for (const [width, height] of sizes.slice(1))
    await check(`${name}: what a step needs is in view at ${width} × ${height}`, async () => {
      await page.setViewportSize({width, height});
      await page.keyboard.press('Home');
      const states = await page.evaluate(
        `(${walk})(2, ${Math.min(count, 160)}, ${count > 300 ? 40 : 3}, ${stateOfStep})`);
      for (const [step, state] of states) assert.deepStrictEqual(holdsOfStep(state), [], 'step ' + step);
    });
  await check(name + ': goes back, home, to the end and to the whole sheet', async () => {
    await page.keyboard.press('Home');
    assert.deepStrictEqual(await shownLines(page), [1]);
    await page.keyboard.press('End');
    assert.deepStrictEqual(await shownLines(page), upTo(count));
    await page.keyboard.press('ArrowLeft');
    assert.deepStrictEqual(await shownLines(page), upTo(Math.max(1, count - 1)).slice(0, count - 1));
    await page.keyboard.press('Escape');
    assert.deepStrictEqual(await shownLines(page), upTo(count));
    assert.deepStrictEqual(page.complaints, []);
  });
  await page.context().close();
}

/// What Mazur's tutorial does in these steps, read off its network by hand.
const mazurEdges = {
  A1: ['b1 net_h1', 'i1 net_h1', 'i2 net_h1'],
  A2: [],
  A5: ['b2 net_o1', 'out_h1 net_o1', 'out_h2 net_o1'],
  A9: ['out_o1 E_o1', 't1 E_o1'],
  B1: ['E_o1 E_total', 'out_h1 net_o1', 'out_o1 E_o1'],
  B2: ['E_o1 E_total', 'out_o1 E_o1'],
  B3: [],
  B4: ['out_h1 net_o1'],
  B5: ['E_o1 E_total', 'E_o2 E_total 1', 'out_h1 net_o1', 'out_h1 net_o2 1', 'out_o1 E_o1',
    'out_o2 E_o2 1'],
  B6: ['out_h1 net_o1', 'out_o1 E_o1'],
  B14: ['i1 net_h1'],
  C5: ['out_h1 net_o1'],
};

async function testMazur() {
  await check('mazur: an address opens at its step, and the lit edges are those of the step',
    async () => {
      const page = await open('mazur');
      for (const [label, edges] of Object.entries(mazurEdges)) {
        // Between them another page, so that each address is opened and not only gone to.
        await page.goto('about:blank');
        await page.goto(url('mazur', '#' + label));
        assert.strictEqual(await page.$eval('.line.current .label', (e) => e.textContent),
          '(' + label + ')');
        assert.deepStrictEqual(await litEdges(page), edges, label);
      }
      await page.context().close();
    });
  await check('mazur: numbers appear with their lines', async () => {
    const page = await open('mazur', {hash: '#A2'});
    const visible = (selector) => page.$$eval(selector, (all) => all.filter(
      (e) => getComputedStyle(e).visibility === 'visible').map((e) => e.dataset.value));
    const given = ['b1', 'b2', 'i1', 'i2', 't1', 't2', 'w1', 'w2', 'w3', 'w4', 'w5', 'w6', 'w7', 'w8'];
    assert.deepStrictEqual((await visible('.picture .value')).sort(),
      [...given, 'net_h1', 'out_h1'].sort());
    await page.keyboard.press('ArrowLeft');
    assert(!(await visible('.picture .value')).includes('out_h1'));
    await page.context().close();
  });
  await check('mazur: buttons, the field, click and swipe do the same', async () => {
    const page = await open('mazur', {viewport: {width: 390, height: 844},
      options: {hasTouch: true, isMobile: true}});
    assert.deepStrictEqual(await shownLines(page), [], 'the page opens covered');
    await page.click('#next');
    assert.deepStrictEqual(await shownLines(page), [1]);
    await page.fill('#goto', 'b5');
    await page.press('#goto', 'Enter');
    assert.match(await page.textContent('#status'), /^28\/\d+, B5$/);
    assert.strictEqual(new URL(page.url()).hash, '#B5');
    await page.fill('#goto', 'B99');
    await page.press('#goto', 'Enter');
    assert.strictEqual(await page.getAttribute('#goto', 'aria-invalid'), 'true');
    await page.evaluate(() => document.activeElement.blur());
    await page.click('.line.current .remark');
    assert.match(await page.textContent('#status'), /^29\//);
    await page.click('#previous');
    assert.match(await page.textContent('#status'), /^28\//);
    await page.evaluate(() => {
      const main = document.querySelector('.sheet');
      const touch = (x) => new Touch({identifier: 1, target: main, clientX: x, clientY: 300});
      main.dispatchEvent(new TouchEvent('touchstart', {touches: [touch(300)]}));
      main.dispatchEvent(new TouchEvent('touchend', {changedTouches: [touch(100)]}));
    });
    assert.match(await page.textContent('#status'), /^29\//);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert(wide <= 0, 'the page is ' + wide + ' pixels too wide for a phone');
    await page.context().close();
  });
  await check('mazur: the keyboard alone reaches every control', async () => {
    const page = await open('mazur', {hash: '#A1'});
    await page.evaluate(() => document.querySelector('#previous').focus());
    const reached = [];
    for (let i = 0; i < 8; ++i) {
      reached.push(await page.evaluate(() => document.activeElement.id));
      const outlined = await page.evaluate(() =>
        getComputedStyle(document.activeElement).outlineStyle !== 'none');
      if (i > 0) assert(outlined, reached[i] + ' does not show that it has the focus');
      await page.keyboard.press('Tab');
    }
    assert.deepStrictEqual(reached,
      ['previous', 'next', 'goto', 'whole', 'theme', 'smaller', 'larger', 'help']);
    await page.context().close();
  });
  await check('mazur: prints the same clean sheet whatever state it is in', async () => {
    const printed = [];
    for (const [hash, act] of [['#sheet', ''], ['', ''], ['#A5', ''], ['#B5', 'larger'], ['#B9', 'theme'],
      ['#C5', 'help']]) {
      const page = await open('mazur', {hash});
      if (act) for (let i = 0; i < 2; ++i) await page.evaluate((id) => document.getElementById(id).click(), act);
      if (act === 'help') await page.keyboard.press('?');
      await page.emulateMedia({media: 'print'});
      await page.waitForTimeout(200);  // colours change slowly
      printed.push(await page.evaluate(() => [...document.querySelectorAll(
        'h1, h2, .line, .remark, math, .frame, .frame > .picture, .picture text, .picture tspan, .picture .shape, .edge path, .controls, dialog')]
        .map((one) => {
          if (one.matches('.controls, dialog')) return one.checkVisibility();
          const style = getComputedStyle(one);
          const box = one.getBoundingClientRect();
          return [one.id || (one.getAttribute('class') || one.localName).split(' ')[0], one.checkVisibility({visibilityProperty: true}), style.color,
            style.fontSize, style.fill, style.stroke, style.strokeWidth, style.fontWeight,
            Math.round(box.width), Math.round(box.height), Math.round(box.left)].join(' ');
        })));
      await page.context().close();
    }
    printed.slice(1).forEach((one, i) => assert.deepStrictEqual(
      one.filter((line, k) => line !== printed[0][k]).slice(0, 5), [], 'state ' + i + ' instead of ' +
      printed[0].filter((line, k) => line !== one[k]).slice(0, 5).join('; ')));
  });
  await check('mazur: A+ enlarges picture and mathematics, and keeps the line in view', async () => {
    const page = await open('mazur', {hash: '#B5', viewport: {width: 1280, height: 720}});
    const sizesNow = () => page.evaluate(() => [document.querySelector('.line.current math'),
      document.querySelector('.frame > .picture')].map((one) => one.getBoundingClientRect().height));
    const before = await sizesNow();
    for (let i = 0; i < 4; ++i) await page.click('#larger');
    const after = await sizesNow();
    assert(after[0] > 1.4 * before[0] && after[1] > 1.4 * before[1], before + ' ' + after);
    assert.deepStrictEqual(holdsOfStep(await page.evaluate(stateOfStep)), []);
    await page.context().close();
  });
  await check('mazur: what stands for one thing lights up together, and leads to it', async () => {
    const page = await open('mazur', {hash: '#B4'});
    const same = () => page.$$eval('.same', (all) => all.filter((one) => one.checkVisibility()).map(
      (one) => (one.closest('.picture') ? 'picture ' : one.closest('.line') && one.matches('.line') ? 'line ' : '') +
        one.textContent));
    await page.hover('.picture [data-of="out_h1"]');
    const lit = await same();
    assert(lit.some((one) => one.startsWith('picture ')) && lit.some((one) => one === 'outh1'), lit.join());
    // By the keyboard: the names of the line are links.
    await page.focus('.names a[data-of="out_h1"]');
    assert((await same()).some((one) => one.startsWith('picture ')));
    await page.keyboard.press('Enter');
    assert.strictEqual(await page.$eval('.peek .label', (one) => one.textContent), '(A2)');
    // A weight leads to where it is given, an edge to its derivative, a reference to its line.
    await page.$eval('.picture [data-of="w5"]', (one) => one.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true})));
    assert.match(await page.$eval('.peek', (one) => one.textContent), /^weights/);
    await page.$eval('.edge[data-from="out_h1"][data-to="net_o2"]', (one) => one.dispatchEvent(
      new MouseEvent('click', {bubbles: true, cancelable: true})));
    assert.strictEqual(await page.$eval('.current .label', (one) => one.textContent), '(B11)');
    await page.hover('.line.shown .remark a[href="#B3"]');
    assert((await same()).some((one) => one.startsWith('line ') && one.endsWith('(B3)')));
    await page.context().close();
  });
  await check('mazur: ? shows the keys, + and - enlarge the picture', async () => {
    const page = await open('mazur', {hash: '#A2'});
    await page.keyboard.press('?');
    assert(await page.isVisible('#keys'));
    await page.keyboard.press('Escape');
    assert(!await page.isVisible('#keys'));
    const width = () => page.$eval('.frame > .picture', (one) => one.getBoundingClientRect().width);
    const before = await width();
    await page.keyboard.press('+');
    assert(await width() > 1.15 * before);
    await page.keyboard.press('0');
    assert(Math.abs(await width() - before) < 1);
    await page.context().close();
  });
  await check('mazur: no larger than 230 KB', async () => {
    const size = fs.statSync(path.join(pages, 'mazur.html')).size;
    assert(size < 230 * 1024, size + ' bytes');
  });
}

async function testHostile() {
  await check('hostile: a title with a script in it is text', async () => {
    const page = await open('hostile');
    assert.strictEqual(await page.evaluate(() => window.hacked), undefined);
    assert.match(await page.textContent('h1'), /^<script>window\.hacked = 1<\/script> & 'single'/);
    assert.strictEqual(await page.$('img'), null);
    await page.context().close();
  });
  await check('hostile: even a script put into the page does not run', async () => {
    const page = await open('hostile');
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.hacked = 1';
      document.body.append(script);
    });
    assert.strictEqual(await page.evaluate(() => window.hacked), undefined);
    await page.context().close();
  });
}

async function testAccessibility(name, themes) {
  for (const theme of themes) {
    for (const hash of theme === 'light' ? ['', '#sheet', '#B5'] : ['#sheet', '#B5']) {
      await check(`${name}${hash}, ${theme}: no violation of WCAG 2.2 AA`, async () => {
        const page = await open(name, {hash});
        while (await page.getAttribute('#theme', 'aria-label') !== 'Theme: ' + theme) await page.click('#theme');
        await page.waitForTimeout(200);  // colours change slowly
        await page.evaluate(axe.source);
        const result = await page.evaluate(() => axe.run(document, {
          resultTypes: ['violations'],
          runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}));
        assert.deepStrictEqual(result.violations.map((violation) => violation.id + ': ' +
          violation.nodes.slice(0, 3).map((node) => node.html + ' ' + node.any.map(
            (one) => one.message).join()).join('; ')), []);
        await page.context().close();
      });
    }
  }
}

/// Figures for the reader, not a test: machines differ.
async function timing(name) {
  const page = await open(name);
  const ready = await page.evaluate(() => performance.getEntriesByType('navigation')[0].domInteractive);
  const each = await page.evaluate(() => {
    const start = performance.now();
    for (let i = 0; i < 100; ++i) document.getElementById('next').click();
    document.body.getBoundingClientRect();
    return (performance.now() - start) / 100;
  });
  const count = await page.$$eval('.line', (lines) => lines.length);
  console.log(`        ${name}: ${count} steps, interactive after ${ready.toFixed(0)} ms, ` +
    `${each.toFixed(1)} ms a step`);
  await page.context().close();
}

(async () => {
  browser = await chromium.launch({executablePath, args: ['--no-sandbox', '--disable-gpu',
    '--no-first-run', '--disable-background-networking', '--disable-component-update']});
  // Pages side by side, in one browser; first those that take longest.
  const tests = [...names].sort((a, b) => fs.statSync(path.join(pages, b + '.html')).size -
    fs.statSync(path.join(pages, a + '.html')).size).map((name) => () => testPage(name));
  tests.splice(1, 0, testMazur, testHostile,
    ...['light', 'dark', 'chalkboard'].map((theme) => () => testAccessibility('mazur', [theme])),
    ...['mazur_table', 'softmax', 'traces'].map((name) => () => testAccessibility(name, ['light'])));
  const worker = async () => {
    while (tests.length > 0) await tests.shift()();
  };
  await Promise.all([worker(), worker(), worker()]);
  for (const name of ['mazur', 'long']) await timing(name);
  await browser.close();
  console.log(failures.length === 0 ? 'all passed' : failures.length + ' failed');
  process.exit(failures.length === 0 ? 0 : 1);
})();
