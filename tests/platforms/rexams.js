// An R/exams exercise in R Markdown: its own grammar, and as much of R as its first chunk uses. (Zeileis, Umlauf,
// Leisch: Flexible Generation of E-Learning Exams in R, J. Stat. Software 58(1); knitr: "Chunk options".)
'use strict';
const fs = require('fs');
const path = require('path');
const {readPicture} = require('./markup.js');

/// The chunks of code, by name, and the lines outside them. A fence ends a chunk wherever it stands.
function chunksOf(text) {
  const chunks = new Map(), outside = [];
  let within = null;
  for (const line of text.split('\n')) {
    const begin = /^\s*```+\s*\{r ([^,}]*)(.*)\}\s*$/.exec(line);
    if (within === null && begin) {
      within = begin[1];
      chunks.set(within, '');
    } else if (within !== null && /^\s*```+\s*$/.test(line)) {
      within = null;
    } else if (within !== null) {
      chunks.set(within, chunks.get(within) + line + '\n');
    } else if (/^\s*```/.test(line)) {
      throw new Error('a fence that opens no chunk: ' + line);
    } else {
      outside.push(line);
    }
  }
  if (within !== null) throw new Error('a chunk without end: ' + within);
  return [chunks, outside];
}

/// What the assignments of numbers, raw strings, c(…) and list(…) in some R give; all else is left to R.
function assignmentsIn(code) {
  let at = 0;
  const take = (pattern) => {
    pattern.lastIndex = at;
    const found = pattern.exec(code);
    if (found) at = pattern.lastIndex;
    return found;
  };
  const value = () => {
    const raw = take(/\s*r"(-*)\(/y);
    if (raw) {
      const end = code.indexOf(')' + raw[1] + '"', at);
      if (end < 0) throw new Error('a raw string without end');
      const text = code.slice(at, end);
      at = end + raw[1].length + 2;
      return text;
    }
    const number = take(/\s*(-?\d+(?:\.\d+)?(?:e[-+]?\d+)?)/y);
    if (number) return Number(number[1]);
    if (!take(/\s*(?:c|list)\(/y)) throw new Error('not read: ' + code.slice(at, at + 60));
    const elements = [value()];
    while (take(/\s*,/y)) elements.push(value());
    if (!take(/\s*\)/y)) throw new Error('no bracket: ' + code.slice(at, at + 60));
    return elements;
  };
  const assigned = {};
  for (let name; (name = take(/\s*(\w+) <- (?=r"|[-\d]|c\(|list\()/y));) assigned[name[1]] = value();
  return [assigned, code.slice(at).trim()];
}

/// Sections by their headings; a list of answers is a section within one.
function sectionsOf(lines) {
  const sections = {};
  let name = null;
  for (const [i, line] of lines.entries()) {
    if (/^(=|-){3,}\s*$/.test(lines[i + 1] || '')) {
      if (line in sections) throw new Error('twice: ' + line);
      sections[name = line] = [];
    } else if (!/^(=|-){3,}\s*$/.test(line) && line.trim() !== '') {
      if (name === null) throw new Error('before the question: ' + line);
      sections[name].push(line);
    }
  }
  return sections;
}

function readRexams(folder) {
  const [chunks, outside] = chunksOf(fs.readFileSync(path.join(folder, 'exercise.Rmd'), 'utf8'));
  const sections = sectionsOf(outside);
  const expected = ['Question', 'Answerlist', 'Solution', 'Meta-information'];
  if (String(Object.keys(sections)) !== String(expected)) throw new Error('sections ' + Object.keys(sections));
  const [data, rest] = assignmentsIn(chunks.get('variants'));
  if (rest !== 'k <- sample(length(questions), 1)') throw new Error('R that is not read: ' + rest);
  for (const part of ['question', 'solution'])
    if (chunks.get(part) !== `cat(${part}s[k])\n`) throw new Error('no ' + part);
  const meta = Object.fromEntries(sections['Meta-information'].map((line) => /^(\w+): (.*)$/.exec(line).slice(1)));
  /// Of variant k: what inline R stands for, or the words themselves.
  const entry = (name, k) => {
    const inline = /^`r (?:paste\((\w+)\[\[k\]\], collapse = "\|"\)|(\w+))`$/.exec(meta[name]);
    if (!inline && /`r/.test(meta[name])) throw new Error(`${name} is R that is not read`);
    return !inline ? meta[name].split('|') : inline[1] ? data[inline[1]][k].map(String) : [data[inline[2]]];
  };
  if (meta.extype !== 'cloze') throw new Error('not cloze');
  const names = sections.Answerlist.map((line) => /^\* (.*)$/.exec(line)[1].replace(/\\(.)/g, '$1'));
  return {title: entry('exname', 0)[0], variants: data.questions.map((question, k) => {
    const [types, values, tolerances, points] =
      ['exclozetype', 'exsolution', 'extol', 'expoints'].map((name) => entry(name, k));
    for (const [what, list] of Object.entries({types, values, tolerances, points}))
      if (list.length !== names.length) throw new Error(`${list.length} ${what} for ${names.length} answers`);
    if (types.some((type) => type !== 'num')) throw new Error('types ' + types);
    // A heading in the text that is written as it is would end the section it stands in.
    for (const text of [question, data.solutions[k]])
      if (/^(=|-){3,}\s*$|^#/m.test(text)) throw new Error('a heading within a section');
    const pictures = [...question.matchAll(/^!\[[^\]]*\]\(data:image\/svg\+xml;base64,([^)]*)\)$/gm)];
    if (pictures.length !== 1) throw new Error(`${pictures.length} pictures`);
    readPicture(Buffer.from(pictures[0][1], 'base64').toString('utf8'));
    return {question, answers: names.map((quantity, i) => ({quantity, value: Number(values[i]),
      tolerance: Number(tolerances[i]), points: Number(points[i])}))};
  })};
}

module.exports = {readRexams};
