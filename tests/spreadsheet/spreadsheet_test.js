'use strict';
// Works out every formula of a spreadsheet with HyperFormula, which knows nothing of chalkgrad, and holds it
// against the value that is stored with it and against the JSON of the same problem: as written, and once more
// when the parameters have been changed in the cells.
// Usage: node spreadsheet_test.js CHALKGRAD FILE…
const { execFileSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { HyperFormula } = require('hyperformula');
const { rowsOf } = require('./xlsx_reader.js');

const exact = { licenseKey: 'gpl-v3', smartRounding: false, maxRows: 100000 };
const [chalkgrad, ...problems] = process.argv.slice(2);
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'chalkgrad-spreadsheet-'));
process.on('exit', () => fs.rmSync(work, { recursive: true }));
let compared = 0, failures = 0, again = 0;

function expect(holds, what) {
  ++compared;
  if (holds) return;
  ++failures;
  console.error(what);
}

const near = (a, b) => typeof a === 'number' && Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b));

const superscript = (digits) => [...digits].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[digit]).join('');
const shown = (name) => name.replace(/\[(\d+)\]$/, (_, sample) => `⁽${superscript(sample)}⁾`);

/** What the cells should hold, by the names beside them. */
function expected(problem, ...settings) {
  const json = JSON.parse(execFileSync(chalkgrad, ['solve', problem, '--format', 'json', ...settings],
    { maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] }));
  const numbers = new Map();
  for (const { name } of json.quantities) numbers.set(shown(name), json.values[name]);
  const updated = json.quantities.map(({ name }) => name).filter((name) => name in json.updates);
  for (const name of updated) numbers.set(`${shown(name)}⁺`, json.updates[name]);
  const asked = [];
  const given = json.quantities.filter(({ role }) => role !== 'defined').map(({ name }) => [name, json.values[name]]);
  for (const step of json.steps) numbers.set(step.derivative, step.value);
  const names = new Set(json.quantities.map(({ name }) => name));
  for (const [y, row] of Object.entries(json.gradients))
    for (const [x, value] of Object.entries(row))
      if (names.has(y) && names.has(x)) {
        numbers.set(`∂${shown(y)}/∂${shown(x)}`, value);
        asked.push(`∂${shown(y)}/∂${shown(x)}`);
      }
  const needed = [...json.quantities.map(({ name }) => shown(name)), ...updated.map((name) => `${shown(name)}⁺`), ...asked];
  return { numbers, needed, given, updates: updated.map((name) => [name, json.updates[name]]) };
}

/** The file with its cells, to be worked out. */
class Spreadsheet {
  constructor(problem) {
    const file = path.join(work, 'sheet.xlsx');
    execFileSync(chalkgrad, ['solve', problem, '-o', file], { stdio: 'ignore' });
    this.rows = rowsOf(file);
    this.places = new Map();
    this.rows.forEach((row, i) => { if (row?.[2]?.value !== undefined) this.places.set(row[0].text, i); });
    // It reads 1e-8 where spreadsheets also read 1E-8.
    const content = ({ formula, value }) => (formula ? `=${formula.replace(/(\d)E([+-]?\d)/g, '$1e$2')}` : value);
    this.engine = HyperFormula.buildFromArray(
      Array.from(this.rows, (row) => (row?.[2]?.value === undefined ? [] : [null, null, content(row[2])])), exact);
  }

  get(name) { return this.engine.getCellValue({ sheet: 0, row: this.places.get(name), col: 2 }); }
  set(name, value) { this.engine.setCellContents({ sheet: 0, row: this.places.get(name), col: 2 }, value); }
}

function compare(sheet, numbers, title) {
  for (const name of sheet.places.keys())
    if (numbers.has(name))
      expect(near(sheet.get(name), numbers.get(name)),
        `${title}: ${name} is ${JSON.stringify(sheet.get(name))}, and should be ${numbers.get(name)}`);
}

/** Whether the evaluator reads signs and powers as Excel does, or it would not see a bracket missing. */
function readsAsExcel() {
  const [[a, b]] = HyperFormula.buildFromArray([['=-2^2', '=2^3^2']], exact).getSheetValues(0);
  return a === 4 && b === 64;
}

function test(problem) {
  const title = path.basename(problem, '.chalk');
  const { numbers, needed, given, updates } = expected(problem);
  if (numbers.size === 0 || [...numbers.values()].includes(null)) return false;
  const sheet = new Spreadsheet(problem);
  for (const name of needed) expect(sheet.places.has(name), `${title}: no cell has ${name}`);
  const formulas = [...sheet.places].filter(([, row]) => sheet.rows[row][2].formula);
  expect(formulas.length > 0, `${title}: no formulas`);
  for (const [name, row] of formulas)
    expect(near(sheet.get(name), sheet.rows[row][2].value),
      `${title}: ${name} = ${sheet.rows[row][2].formula} comes to ${JSON.stringify(sheet.get(name))}, not ${sheet.rows[row][2].value}`);
  compare(sheet, numbers, title);
  if (updates.length === 0) return true;

  // What stands below "after the update" is what stands above when the parameters are those; and everything
  // else, what chalkgrad finds with them.
  const after = new Map([...sheet.places.keys()].filter((name) => name.endsWith('⁺') && sheet.places.has(name.slice(0, -1)))
    .map((name) => [name.slice(0, -1), sheet.get(name)]));
  for (const [name, value] of updates) sheet.set(shown(name), value);
  compare(sheet, after, `${title} after the update`);
  const isRandom = fs.readFileSync(problem, 'utf8').includes('random');  // one number set changes those drawn behind it
  const settings = [...(isRandom ? given : []), ...updates].flatMap(([name, value]) => ['--set', `${name}=${value}`]);
  let changed;
  try {
    changed = expected(problem, ...settings);
  } catch {
    return true;  // an element of an array, or of a table, is not set by itself
  }
  compare(sheet, changed.numbers, `${title} with ${updates.length} parameters changed`);
  ++again;
  return true;
}

expect(readsAsExcel(), 'HyperFormula does not read signs and powers as Excel does');
const tested = problems.filter(test);
expect(again >= 10, `only ${again} problems could be changed`);
console.log(`${tested.length} of ${problems.length} problems, ${again} of them with other parameters: ` +
  `${compared} comparisons, ${failures} failures`);
process.exitCode = failures > 0 || tested.length < problems.length - 3 ? 1 : 0;
