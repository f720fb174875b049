// A QTI package that is unpacked: its manifest and its items. What elements stand where, qti.rng says.
'use strict';
const fs = require('fs');
const path = require('path');
const {parseXml, all, readPicture} = require('./markup.js');

const only = (elements) => {
  if (elements.length !== 1) throw new Error(`${elements.length} elements for one`);
  return elements[0];
};

function readItem(file) {
  const item = parseXml(fs.readFileSync(file, 'utf8'));
  const conditions = all(item, 'responseIf');
  const fields = all(item, 'textEntryInteraction').map((field) => field.getAttribute('responseIdentifier'));
  return {title: item.getAttribute('title'), fields, responses: all(item, 'responseDeclaration').map((declaration) => {
    const name = declaration.getAttribute('identifier');
    const condition = only(conditions.filter((one) => all(one, 'correct')[0].getAttribute('identifier') === name));
    const [given, score, set] = [...all(condition, 'variable'), ...all(condition, 'setOutcomeValue')].map(
      (one) => one.getAttribute('identifier'));
    if (given !== name || score !== 'SCORE' || set !== score)
      throw new Error(name + ' is compared with another, or not added to the score');
    const [below, above] = all(condition, 'equal')[0].getAttribute('tolerance').split(' ').map(Number);
    if (below !== above) throw new Error(name + ' has two tolerances');
    return {name, value: Number(only(all(declaration, 'value')).textContent), tolerance: below,
      points: Number(only(all(condition, 'baseValue')).textContent)};
  })};
}

/// The items by the names of their files; every file is named in the manifest, and every named file is there.
function readQti(folder) {
  const inside = path.join(folder, 'qti');
  const manifest = parseXml(fs.readFileSync(path.join(inside, 'imsmanifest.xml'), 'utf8'));
  const named = all(manifest, 'resource').map((resource) => {
    const href = resource.getAttribute('href');
    const files = all(resource, 'file').map((file) => file.getAttribute('href'));
    if (files[0] !== href) throw new Error('a resource without its file: ' + href);
    const pictures = all(parseXml(fs.readFileSync(path.join(inside, href), 'utf8')), 'img').map((one) => one.getAttribute('src'));
    if (pictures.length !== 1 || String(files) !== String([href, ...pictures]))
      throw new Error(`${href} shows ${pictures}, and has ${files}`);
    for (const one of pictures) readPicture(fs.readFileSync(path.join(inside, one), 'utf8'));
    return files;
  });
  const there = fs.readdirSync(inside).filter((name) => name !== 'imsmanifest.xml');
  if (String(named.flat().sort()) !== String(there.sort()))
    throw new Error(`the manifest names ${named}, and there are ${there}`);
  return new Map(named.map(([name]) => [name, readItem(path.join(inside, name))]));
}

module.exports = {readQti};
