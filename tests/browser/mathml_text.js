// Reads the lines of a page back as text, the way a sheet in text is written. Runs in the page.
'use strict';

/// The lines of the page, mathematics only: left side and sides.
function lineOf() {
  const raised = {'0': '⁰', '1': '¹', '2': '²', '3': '³', '4': '⁴', '5': '⁵', '6': '⁶', '7': '⁷',
    '8': '⁸', '9': '⁹', '−': '⁻'};
  const up = (text) => [...text].map((c) => raised[c] || c).join('');
  const needsBrackets = (text) => /[ +−·/]/.test(text.replace(/^\(.*\)$/, ''));

  function children(element) {
    return [...element.children].map(read);
  }
  /// The name of a quantity in its parts, put together as it was written.
  function name(base, below, above) {
    const digits = /^\d+$/.test(below);
    const letters = base.replace(/[\u0302\u0303\u0304\u0307]/g, '');
    const joined = digits && letters.length === 1;
    const text = below === '' ? base : joined ? base + below : base + '_' + below;
    return text + above;
  }
  function read(element) {
    const kids = () => children(element);
    switch (element.localName) {
      case 'mi': {
        const names = {ReLU: 'relu', GELU: 'gelu', ELU: 'elu', arcsin: 'asin', arccos: 'acos',
          arctan: 'atan'};
        return names[element.textContent] || element.textContent;
      }
      case 'mn': case 'mtext': return element.textContent;
      case 'mo': {
        const sign = element.textContent.trim();
        if (sign === '⋅') return '·';
        if (sign === '\u2061') return '';
        return sign;
      }
      case 'mfrac': {
        const [above, below] = kids();
        if (above.startsWith('∂')) return above + '/' + below;
        const top = above.includes('+') || above.slice(1).includes('−') ? '(' + above + ')' : above;
        return top + '/' + (needsBrackets(below) ? '(' + below + ')' : below);
      }
      case 'msup': {
        const [base, exponent] = kids();
        if (base === 'e' && element.firstElementChild.getAttribute('mathvariant')) return 'exp(' + exponent + ')';
        if (base === '10' && element.firstElementChild.localName === 'mn') return base + up(exponent);
        if (exponent === '+') return base + '⁺';
        const sample = /^\((\d+)\)(\+?)$/.exec(exponent);
        if (sample) return base + '⁽' + up(sample[1]) + '⁾' + (sample[2] ? '⁺' : '');
        return base + '^' + (needsBrackets(exponent) ? '(' + exponent + ')' : exponent);
      }
      case 'msub': {
        const [base, below] = kids();
        if (below === 'direct') return base + below;
        return name(base, below.replace(/,/g, '_'), '');
      }
      case 'msubsup': {
        const [base, below, above] = kids();
        const sample = /^(?:\((\d+)\))?(\+?)$/.exec(above);
        return name(base, below.replace(/,/g, '_'), (sample[1] ? '⁽' + up(sample[1]) + '⁾' : '') +
          (sample[2] ? '⁺' : ''));
      }
      case 'mover': {
        const [base, accent] = kids();
        return base + {'¯': '\u0304', '˙': '\u0307', '^': '\u0302', '~': '\u0303'}[accent];
      }
      case 'msqrt': return '√(' + kids().join('') + ')';
      case 'mtable': {
        const rows = [...element.children].map((row) => [...row.children].map(
          (cell) => children(cell).join('').replace('if\u00a0', 'if')));
        return rows.map(([value, when]) => when === 'otherwise' ? 'else' + value : value + when)
          .join(',') + ')';
      }
      case 'mrow': {
        const inside = kids();
        // Text has brackets around the cases already.
        const cases = element.children.length === 3 && inside[0] === '(' &&
          element.children[1].querySelector(':scope > mtable');
        return cases ? inside[1].replace('{', '(') : inside.join('').replace('{', '(');
      }
      default: return kids().join('').replace('{', '(');
    }
  }
  return [...document.querySelectorAll('.group .line')].map((line) =>
    [...line.querySelectorAll('.left math, .sides math')].map(read).join(''));
}

module.exports = {lineOf};
