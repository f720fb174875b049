// Holds what the readers found in the files for course platforms against the key.
// Usage: node read_back.js FOLDER…
'use strict';
const assert = require('assert');
const path = require('path');
const {readKey, valueIn} = require('./key.js');
const {readMoodle} = require('./moodle.js');
const {readGift} = require('./gift.js');
const {readQti} = require('./qti.js');
const {readRexams} = require('./rexams.js');

let failed = 0, numbers = 0;
function check(title, test) {
  try {
    test();
    console.log('ok      ' + title);
  } catch (error) {
    ++failed;
    console.log('FAILED  ' + title + '\n        ' + String(error.message).replace(/\n/g, '\n        '));
  }
}

/// A number and its tolerance are those of the key.
function same(found, asked) {
  numbers += 2;
  assert.strictEqual(found.value, asked.value, asked.quantity);
  assert.strictEqual(found.tolerance, asked.tolerance, asked.quantity + ', tolerance');
}

/// One right answer, and wrong ones with words to them that the right one's tolerance does not take in.
function sameAnswers([right, ...slips], asked) {
  same(right, asked);
  assert.strictEqual(right.fraction, 1, asked.quantity);
  for (const slip of slips) {
    assert.strictEqual(slip.fraction, 0, asked.quantity);
    assert.strictEqual(slip.tolerance, asked.tolerance, asked.quantity);
    assert(Math.abs(slip.value - asked.value) > asked.tolerance, `${asked.quantity}: ${slip.value} is taken for right`);
    assert.match(slip.feedback, /^[^\\]+$/, asked.quantity);
    ++numbers;
  }
}

/// Where nothing has points, all values have the same.
const pointsOf = (asked) => asked.map((one) => asked.some((any) => any.points > 0) ? one.points : 1);

function checkFolder(folder) {
  const name = path.basename(folder);
  const {title, variants, solutions} = readKey(folder);
  const labels = [...variants.keys()];
  const eachVariant = (test) => {
    for (const label of labels) test(label, variants.get(label), pointsOf(variants.get(label)));
  };
  const category = ['$course$', 'top', title];

  check(name + ': the key is what solve says', () => eachVariant((label, asked) => {
    for (const one of asked) {
      assert.strictEqual(one.exact, valueIn(solutions.get(label), one.quantity), `${label}, ${one.quantity}`);
      // Four digits are asked for; what is small is not taken for 0.
      const most = one.exact === 0 ? Infinity : 1.001e-3 * Math.abs(one.exact);
      assert(one.tolerance < most, `${label}, ${one.quantity}: ${one.tolerance} is more than the fourth digit`);
      assert(Math.abs(one.value - one.exact) <= one.tolerance, `${label}, ${one.quantity} is shown as ${one.digits}`);
    }
  }));
  const feedbacks = new Map();
  check(name + ': Moodle', () => {
    const moodle = readMoodle(folder);
    assert.deepStrictEqual(moodle.category, category);
    assert.deepStrictEqual(moodle.questions.map((one) => one.title),
      labels.map((label) => `${title}, variant ${label}`));
    eachVariant((label, asked, points) => {
      const {gaps, text} = moodle.questions[labels.indexOf(label)];
      assert(text.includes(title), 'the text is not that of the exercise');
      const earning = asked.filter((_, i) => points[i] > 0), earned = points.filter((some) => some > 0);
      assert.strictEqual(gaps.length, earning.length);
      gaps.forEach((gap, i) => {
        sameAnswers(gap.alternatives, earning[i]);
        assert.strictEqual(gap.weight * earned[0], gaps[0].weight * earned[i], earning[i].quantity + ', weight');
        feedbacks.set(`${label}, ${earning[i].quantity}`, gap.alternatives.map((one) => one.feedback));
      });
    });
  });
  check(name + ': GIFT', () => {
    const gift = readGift(folder);
    assert.deepStrictEqual(gift.category, category);
    const titles = labels.flatMap((label) => variants.get(label).map((one) => `${label}, ${one.quantity}`));
    assert.deepStrictEqual(gift.questions.map((one) => one.title), titles.map((one) => `${title}, variant ${one}`));
    labels.flatMap((label) => variants.get(label)).forEach((asked, i) => {
      const {alternatives, text} = gift.questions[i];
      assert(text.includes(title), 'the text is not that of the exercise');
      sameAnswers(alternatives, asked);
      if (feedbacks.has(titles[i]))
        assert.deepStrictEqual(alternatives.map((one) => one.feedback), feedbacks.get(titles[i]));
    });
  });
  check(name + ': QTI', () => {
    const items = readQti(folder);
    assert.deepStrictEqual([...items.keys()], labels.map((label) => `variant-${label}.xml`));
    eachVariant((label, asked, points) => {
      const item = items.get(`variant-${label}.xml`);
      assert.strictEqual(item.title, `${title}, variant ${label}`);
      assert.deepStrictEqual(item.fields, item.responses.map((one) => one.name));
      assert.strictEqual(item.responses.length, asked.length);
      item.responses.forEach((one, i) => {
        same(one, asked[i]);
        assert.strictEqual(one.points, points[i], asked[i].quantity);
      });
    });
  });
  check(name + ': R/exams', () => {
    const exercise = readRexams(folder);
    assert.strictEqual(exercise.title, title);
    assert.strictEqual(exercise.variants.length, labels.length);
    eachVariant((label, asked, points) => {
      const {question, answers} = exercise.variants[labels.indexOf(label)];
      assert(question.includes(`Variant ${label}`), 'the question is that of another variant');
      assert.deepStrictEqual(answers.map((one) => one.quantity), asked.map((one) => one.quantity));
      answers.forEach((one, i) => {
        same(one, asked[i]);
        assert.strictEqual(one.points, points[i], asked[i].quantity);
      });
    });
  });
}

const folders = process.argv.slice(2);
assert(folders.length > 0, 'no folders');
folders.forEach(checkFolder);
console.log(`${numbers} numbers read back, ${failed === 0 ? 'all as in the key' : failed + ' checks failed'}`);
process.exitCode = failed === 0 && numbers > 0 ? 0 : 1;
