// Renders every align* environment of a file in KaTeX's strict mode; any complaint is an error.
const fs = require('fs');
const katex = require('katex');

const text = fs.readFileSync(process.argv[2], 'utf8');
const environments = text.match(/\\begin\{align\*\}[\s\S]*?\\end\{align\*\}/g) || [];
if (environments.length === 0) throw new Error('no mathematics in ' + process.argv[2]);
for (const environment of environments) {
  try {
    katex.renderToString(environment, {displayMode: true, throwOnError: true, strict: 'error'});
  } catch (error) {
    console.log(error.message);
    process.exitCode = 1;
  }
}
