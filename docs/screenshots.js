// Photographs a page. Usage: node screenshots.js PAGE.html DIRECTORY CHROMIUM
'use strict';
const {chromium} = require('playwright-core');
const path = require('path');

const [page, directory, executablePath] = process.argv.slice(2);
const shots = [
  {file: 'lesson.png', label: 'B5', width: 1280, height: 720, theme: 'light'},
  {file: 'lesson_chalkboard.png', label: 'A5', width: 1280, height: 720, theme: 'chalkboard'},
  {file: 'lesson_phone.png', label: 'B2', width: 390, height: 780, theme: 'dark'},
];

(async () => {
  const browser = await chromium.launch({executablePath, args: ['--no-sandbox']});
  for (const shot of shots) {
    const tab = await browser.newPage({viewport: {width: shot.width, height: shot.height}});
    await tab.goto('file://' + path.resolve(page) + '#' + shot.label);
    await tab.evaluate((theme) => { document.documentElement.dataset.theme = theme; }, shot.theme);
    await tab.waitForTimeout(400);
    await tab.screenshot({path: path.join(directory, shot.file)});
    await tab.close();
  }
  await browser.close();
})();
