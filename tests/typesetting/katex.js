// Renders the mathematics of a file in KaTeX's strict mode; any complaint is an error. Of LaTeX that
// is every align* environment, of Markdown (.md) all between dollars.
const fs = require('fs');
const katex = require('katex');

const text = fs.readFileSync(process.argv[2], 'utf8');
const formulas = [];  // [mathematics, whether on lines of its own]
if (process.argv[2].endsWith('.md')) {
  const inline = text.replace(/^\$\$\n([\s\S]*?)\n\$\$$/gm, (_, mathematics) => {
    formulas.push([mathematics, true]);
    return '';
  });
  const words = inline.replace(/(?<!\\)\$([^$\n]+?)(?<!\\)\$/g, (_, mathematics) => {
    formulas.push([mathematics, false]);
    return '';
  });
  // What is left has no mathematics, and no dollar that might begin some.
  const left = /(?<!\\)\$|(?<!\\)\\[a-zA-Z]/.exec(words);
  if (left) throw new Error('outside mathematics: ' + words.substr(left.index, 60));
} else {
  for (const found of text.match(/\\begin\{align\*\}[\s\S]*?\\end\{align\*\}/g) || [])
    formulas.push([found, true]);
}
if (formulas.length === 0) throw new Error('no mathematics in ' + process.argv[2]);
for (const [mathematics, displayMode] of formulas) {
  try {
    katex.renderToString(mathematics, {displayMode, throwOnError: true, strict: 'error'});
  } catch (error) {
    console.log(error.message);
    process.exitCode = 1;
  }
}
