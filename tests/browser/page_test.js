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
  (line) => getComputedStyle(line).visibility === 'visible').map((line) => Number(line.id.slice(5))));
/// What a step shows; runs in the page.
function stateOfStep() {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const [line] = all('.line.current');
  const box = line.getBoundingClientRect();
  const frame = document.querySelector('.frame');
  const top = frame ? frame.getBoundingClientRect().bottom : 0;
  const bottom = document.querySelector('.controls').getBoundingClientRect().top;
  return {
    shown: all('.line').filter((one) => getComputedStyle(one).visibility === 'visible').map(
      (one) => Number(one.id.slice(5))),
    current: all('.line.current').map((one) => one.id),
    lit: all('.edge.lit').map((one) => Number(one.id.slice(5))),
    seen: box.top >= top - 2 && (box.bottom <= bottom + 2 || box.height > bottom - top),
  };
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

async function testPage(name) {
  const page = await open(name);
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
    await page.setViewportSize({width: 1280, height: 720});
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
      document.getElementById('lesson').textContent).map((step) => step.paths.flat()));
    assert.strictEqual(paths.length, count);
    const holds = (step, state) => {
      assert.deepStrictEqual(state.shown, upTo(step));
      assert.deepStrictEqual(state.current, ['step-' + step]);
      assert.deepStrictEqual(state.lit.sort((a, b) => a - b),
        [...new Set(paths[step - 1])].sort((a, b) => a - b));
      assert(state.seen, 'step ' + step + ' is covered by the picture or the controls');
    };
    // The first steps by the keyboard; the others by the same events within the page, since a key that
    // comes from outside waits until the whole window is painted.
    const byKeyboard = Math.min(count, 6);
    for (let step = 1; step <= byKeyboard; ++step) {
      await page.keyboard.press(step % 2 ? ' ' : 'ArrowRight');
      holds(step, await page.evaluate(stateOfStep));
    }
    const states = await page.evaluate(
      `(${walk})(${byKeyboard + 1}, ${count}, ${count > 300 ? 50 : 1}, ${stateOfStep})`);
    for (const [step, state] of states) holds(step, state);
    await page.keyboard.press('ArrowRight');
    assert.deepStrictEqual(await shownLines(page), upTo(count));
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
    await page.click('#next');
    assert.deepStrictEqual(await shownLines(page), [1]);
    await page.fill('#goto', 'b5');
    await page.press('#goto', 'Enter');
    assert.match(await page.textContent('#status'), /^Step 28 of \d+, B5$/);
    assert.strictEqual(new URL(page.url()).hash, '#B5');
    await page.fill('#goto', 'B99');
    await page.press('#goto', 'Enter');
    assert.strictEqual(await page.getAttribute('#goto', 'aria-invalid'), 'true');
    await page.evaluate(() => document.activeElement.blur());
    await page.click('.line.current .sides');
    assert.match(await page.textContent('#status'), /^Step 29 /);
    await page.click('#previous');
    assert.match(await page.textContent('#status'), /^Step 28 /);
    await page.evaluate(() => {
      const main = document.querySelector('main');
      const touch = (x) => new Touch({identifier: 1, target: main, clientX: x, clientY: 300});
      main.dispatchEvent(new TouchEvent('touchstart', {touches: [touch(300)]}));
      main.dispatchEvent(new TouchEvent('touchend', {changedTouches: [touch(100)]}));
    });
    assert.match(await page.textContent('#status'), /^Step 29 /);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert(wide <= 0, 'the page is ' + wide + ' pixels too wide for a phone');
    await page.context().close();
  });
  await check('mazur: the keyboard alone reaches every control', async () => {
    const page = await open('mazur', {hash: '#A1'});
    await page.evaluate(() => document.querySelector('#previous').focus());
    const reached = [];
    for (let i = 0; i < 7; ++i) {
      reached.push(await page.evaluate(() => document.activeElement.id));
      const outlined = await page.evaluate(() =>
        getComputedStyle(document.activeElement).outlineStyle !== 'none');
      if (i > 0) assert(outlined, reached[i] + ' does not show that it has the focus');
      await page.keyboard.press('Tab');
    }
    assert.deepStrictEqual(reached,
      ['previous', 'next', 'goto', 'whole', 'theme', 'smaller', 'larger']);
    await page.context().close();
  });
  await check('mazur: printing hides the controls and shows every line', async () => {
    const page = await open('mazur', {hash: '#A5'});
    await page.emulateMedia({media: 'print'});
    assert.strictEqual(await page.isVisible('.controls'), false);
    const count = await page.$$eval('.line', (lines) => lines.length);
    assert.deepStrictEqual(await shownLines(page), upTo(count));
    const hidden = await page.$$eval('.picture .value', (all) => all.filter(
      (e) => getComputedStyle(e).visibility !== 'visible').length);
    assert.strictEqual(hidden, 0);
    await page.context().close();
  });
  await check('mazur: no larger than 250 KB', async () => {
    const size = fs.statSync(path.join(pages, 'mazur.html')).size;
    assert(size < 250 * 1024, size + ' bytes');
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
    for (const hash of ['', '#B5']) {
      await check(`${name}${hash}, ${theme}: no violation of WCAG 2.2 AA`, async () => {
        const page = await open(name, {hash});
        await page.selectOption('#theme', theme);
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
  for (const name of names) await testPage(name);
  await testMazur();
  await testHostile();
  await testAccessibility('mazur', ['light', 'dark', 'chalkboard']);
  for (const name of ['mazur_table', 'softmax', 'traces']) await testAccessibility(name, ['light']);
  for (const name of ['mazur', 'long']) await timing(name);
  await browser.close();
  console.log(failures.length === 0 ? 'all passed' : failures.length + ' failed');
  process.exit(failures.length === 0 ? 0 : 1);
})();
