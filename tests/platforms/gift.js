// GIFT, read by gift-pegjs.
'use strict';
const fs = require('fs');
const path = require('path');
const {parse} = require('gift-pegjs');
const {categoryPath} = require('./moodle.js');
const {shownText} = require('./markup.js');

function readGift(folder) {
  const [category, ...questions] = parse(fs.readFileSync(path.join(folder, 'exercise.gift'), 'utf8'));
  if (category.type !== 'Category') throw new Error('no category');
  return {category: categoryPath(category.title), questions: questions.map((question) => {
    if (question.type !== 'Numerical' || question.hasEmbeddedAnswers)
      throw new Error('not numerical: ' + question.title);
    if (question.stem.format !== 'html') throw new Error('not HTML');
    return {title: question.title, text: shownText(question.stem.text), alternatives: question.choices.map((choice) => {
      if (choice.text.type !== 'range') throw new Error('no tolerance: ' + question.title);
      return {fraction: choice.weight === null ? 1 : choice.weight / 100, value: choice.text.number,
        tolerance: choice.text.range, feedback: choice.feedback ? shownText(choice.feedback.text) : ''};
    })};
  })};
}

module.exports = {readGift};
