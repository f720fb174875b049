// Moodle XML with cloze questions, read as Moodle's import does. (Moodle documentation: "Moodle XML format",
// "Embedded Answers (Cloze) question type".)
'use strict';
const fs = require('fs');
const path = require('path');
const {parseXml, all, textOf, shownText, readPicture} = require('./markup.js');

/// The names of a category's path: / parts them, // is a stroke within a name.
const categoryPath = (text) => text.trim().split(/(?<!\/)\/(?!\/)/).map((name) =>
  name.replace(/\/\//g, '/').trim());

const entities = {amp: '&', lt: '<', gt: '>', quot: '"', apos: "'"};
const withoutEntities = (text) => text.replace(/&(?:#(\d+)|(\w+));/g, (whole, number, name) =>
  number ? String.fromCodePoint(Number(number)) : entities[name] || whole);

/// The place of the first of these characters that no backslash stands before.
function find(text, characters, from) {
  for (let at = from; at < text.length; ++at)
    if (characters.includes(text[at]) && text[at - 1] !== '\\') return at;
  throw new Error('a gap without end: ' + text.slice(from, from + 60));
}

/// The alternatives of a gap from `at` on, =0.0822:0.0001#well done~%50%0.08:0.01}, and where it ends.
function readAlternatives(text, at) {
  const alternatives = [];
  for (;;) {
    const [sign, percent] = /^(?:=|%(-?\d+(?:[.,]\d*)?)%)?/.exec(text.slice(at));
    at += sign.length;
    let end = find(text, '~#}', at);
    const answer = text.slice(at, end);
    const numbers = answer.split(':');
    if (numbers.length !== 2 || !numbers.every((one) => /^-?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(one)))
      throw new Error('not a number with its tolerance: ' + answer);
    let feedback = '';
    if (text[end] === '#') {
      at = end + 1;
      end = find(text, '~}', at);
      // Moodle undoes entities and these two escapes; every other backslash is shown to students.
      feedback = withoutEntities(text.slice(at, end)).replace(/\\}/g, '}').replace(/\\#/g, '#');
    }
    const fraction = sign === '=' ? 1 : Number(percent || 0) / 100;
    const [value, tolerance] = numbers.map(Number);
    alternatives.push({fraction, value, tolerance, feedback: shownText(feedback)});
    if (text[end] === '}') return [alternatives, end + 1];
    at = end + 1;
  }
}

/// The gaps of a text, and the text without them.
function readGaps(text) {
  const gaps = [];
  let rest = '', at = 0;
  for (const start of text.matchAll(/\{(\d*):([A-Z_]+):/g)) {
    if (start.index < at) throw new Error('a gap within a gap: ' + start[0]);
    if (start[2] !== 'NUMERICAL' && start[2] !== 'NM') throw new Error('not a gap for a number: ' + start[0]);
    const [alternatives, end] = readAlternatives(text, start.index + start[0].length);
    gaps.push({weight: Number(start[1] || 1), alternatives});
    rest += text.slice(at, start.index);
    at = end;
  }
  return [gaps, rest + text.slice(at)];
}

/// The pictures of a text are its files, and every file is a picture that can be read.
function sameFiles(html, files) {
  const shown = [...html.matchAll(/<img src="@@PLUGINFILE@@\/([^"]+)"/g)].map((one) => one[1]);
  const there = files.map((one) => one.getAttribute('name'));
  if (String(shown) !== String(there) || there.length !== 1) throw new Error(`pictures ${shown}, and files ${there}`);
  for (const one of files) {
    if (one.getAttribute('path') !== '/' || one.getAttribute('encoding') !== 'base64') throw new Error('not a file');
    readPicture(Buffer.from(one.textContent, 'base64').toString('utf8'));
  }
}

function readMoodle(folder) {
  const quiz = parseXml(fs.readFileSync(path.join(folder, 'exercise.xml'), 'utf8'));
  const [category, ...questions] = all(quiz, 'question');
  return {category: categoryPath(textOf(category, 'category')), questions: questions.map((question) => {
    const [text, feedback] = ['questiontext', 'generalfeedback'].map((name) => all(question, name)[0]);
    if (question.getAttribute('type') !== 'cloze') throw new Error('not a cloze question');
    for (const one of [text, feedback]) if (one.getAttribute('format') !== 'html') throw new Error('not HTML');
    const [gaps, rest] = readGaps(textOf(text, 'text'));
    sameFiles(rest, all(text, 'file'));
    shownText(textOf(feedback, 'text'));
    return {title: textOf(all(question, 'name')[0], 'text').trim(), text: shownText(rest), gaps};
  })};
}

module.exports = {readMoodle, categoryPath};
