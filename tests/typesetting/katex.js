// Renders the mathematics of files in KaTeX's strict mode; any complaint is an error. Of LaTeX that is
// every align* environment, of Markdown (.md) all between dollars.
// Usage: katex.js FILE...
const fs = require('fs');
const katex = require('katex');

// Pairs of mathematics and whether it stands on lines of its own.
function formulasOf(file) {
  const text = fs.readFileSync(file, 'utf8');
  const formulas = [];
  if (!file.endsWith('.md')) {
    for (const found of text.match(/\\begin\{align\*\}[\s\S]*?\\end\{align\*\}/g) || [])
      formulas.push([found, true]);
    return formulas;
  }
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
  return formulas;
}

const files = process.argv.slice(2);
if (files.length === 0) throw new Error('no files');
const rendered = new Set();  // the same formula need not be rendered twice
for (const file of files) {
  try {
    const formulas = formulasOf(file);
    if (formulas.length === 0) throw new Error('no mathematics');
    for (const [mathematics, displayMode] of formulas) {
      const key = (displayMode ? 'd' : 'i') + mathematics;
      if (rendered.has(key)) continue;
      rendered.add(key);
      katex.renderToString(mathematics, {displayMode, throwOnError: true, strict: 'error'});
    }
  } catch (error) {
    console.log(`${file}: ${error.message}`);
    process.exitCode = 1;
  }
}
console.log(`${files.length} files, ${rendered.size} different formulas`);
