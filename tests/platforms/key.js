// The key of an exercise: key.csv as a spreadsheet would read it (RFC 4180), and the JSON of solve beside it.
'use strict';
const fs = require('fs');
const path = require('path');

/// A table's rows as objects.
function readCsv(text) {
  const rows = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n)/g)) {
    rows.at(-1).push(quoted === undefined ? plain : quoted.replace(/""/g, '"'));
    if (end !== ',') rows.push([]);
  }
  const [heads, ...lines] = rows.slice(0, -1);
  return lines.map((line) => Object.fromEntries(heads.map((head, i) => [head, line[i]])));
}

/// The value of out_h1, p[2], dE/dw5 or w5+ in what `solve --format json` writes.
function valueIn(solution, quantity) {
  if (quantity.endsWith('+')) return solution.updates[quantity.slice(0, -1)];
  const [, of, wrt] = /^d(.+)\/d(.+)$/.exec(quantity) || [];
  if (!of) return solution.values[quantity];
  const gradient = (solution.gradients[of] || {})[wrt];
  return gradient !== undefined ? gradient :
    solution.steps.find((step) => step.of === of && step.wrt === wrt).value;
}

/// What every format is held against: the title, and for each variant what is asked for.
function readKey(folder) {
  const variants = new Map();
  for (const row of readCsv(fs.readFileSync(path.join(folder, 'key.csv'), 'utf8'))) {
    if (!variants.has(row.variant)) variants.set(row.variant, []);
    variants.get(row.variant).push({quantity: row.quantity, exact: Number(row.value), digits: row.shown,
      value: Number(row.shown), tolerance: Number(row.tolerance), points: Number(row.points)});
  }
  const solutions = new Map([...variants.keys()].map((label) =>
    [label, JSON.parse(fs.readFileSync(path.join(folder, 'solve', label + '.json'), 'utf8'))]));
  return {title: [...solutions.values()][0].title, variants, solutions};
}

module.exports = {readKey, valueIn};
