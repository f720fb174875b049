'use strict';
// Reads the first sheet of an .xlsx file: a zip archive of XML. As much of both as a test needs.
const fs = require('fs');
const zlib = require('zlib');

/** The files in a zip archive, by name, read from its central directory (PKWARE: APPNOTE.TXT). */
function filesIn(archive) {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06'));
  const files = new Map();
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; --left) {
    const method = archive.readUInt16LE(at + 10), size = archive.readUInt32LE(at + 20);
    const [name, extra, comment] = [28, 30, 32].map((field) => archive.readUInt16LE(at + field));
    const local = archive.readUInt32LE(at + 42);
    const begin = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const bytes = archive.subarray(begin, begin + size);
    const path = archive.toString('utf8', at + 46, at + 46 + name);
    files.set(path, (method === 8 ? zlib.inflateRawSync(bytes) : bytes).toString('utf8'));
    at += 46 + name + extra + comment;
  }
  return files;
}

function unescaped(xml) {
  const characters = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
  return xml.replace(/&(\w+);/g, (_, name) => characters[name]);
}

/** The rows of the sheet, each a list of cells {text} or {formula, value}. */
function rowsOf(path) {
  const files = filesIn(fs.readFileSync(path));
  const strings = [...files.get('xl/sharedStrings.xml').matchAll(/<si><t[^>]*>([^]*?)<\/t><\/si>/g)]
    .map((match) => unescaped(match[1]));
  const rows = [];
  for (const row of files.get('xl/worksheets/sheet1.xml').matchAll(/<row r="(\d+)"[^>]*>([^]*?)<\/row>/g)) {
    const cells = [];
    for (const cell of row[2].matchAll(/<c r="([A-Z])\d+"([^>]*?)(?:\/>|>([^]*?)<\/c>)/g)) {
      const value = /<v>(.*?)<\/v>/.exec(cell[3] ?? '')?.[1];
      const formula = /<f>(.*?)<\/f>/.exec(cell[3] ?? '')?.[1];
      if (value === undefined) continue;
      cells[cell[1].charCodeAt(0) - 'A'.charCodeAt(0)] = cell[2].includes('t="s"')
        ? { text: strings[Number(value)] }
        : { formula: formula && unescaped(formula), value: Number(value) };
    }
    rows[Number(row[1]) - 1] = cells;
  }
  return rows;
}

module.exports = { rowsOf };
