// XML and HTML, read by xmldom, for which any complaint is an error.
'use strict';
const {DOMParser, onErrorStopParsing} = require('@xmldom/xmldom');

const parseXml = (text) =>
  new DOMParser({onError: onErrorStopParsing}).parseFromString(text, 'text/xml').documentElement;
const all = (element, name) => [...element.getElementsByTagName(name)];
/// The text of the only element of that name.
function textOf(element, name) {
  const found = all(element, name);
  if (found.length !== 1) throw new Error(`${found.length} elements ${name}`);
  return found[0].textContent;
}
/// The text that a piece of HTML shows. What is written here is well-formed as XML, so that a tag which is
/// not closed, or a < that ought to be text, is found.
const shownText = (html) => parseXml(`<div>${html}</div>`).textContent;

/// A picture of a network has words in it.
function readPicture(svg) {
  const root = parseXml(svg);
  if (root.nodeName !== 'svg' || all(root, 'text').length === 0) throw new Error('not a picture: ' + svg.slice(0, 60));
}

module.exports = {parseXml, all, textOf, shownText, readPicture};
