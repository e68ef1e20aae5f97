import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Definition } from '../requests';
import { explained, place, placeOfMatch, state } from '../wording';

const nowhere = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
const definition: Definition = {
  name: 'parse_amount',
  qualifiedName: 'shop.money.parse_amount',
  kind: 'function',
  module: 'shop.money',
  importable: true,
  signature: 'def parse_amount(text: str) -> Decimal',
  documentation: 'The amount that was typed.',
  uses: 1,
  shown: 'shop/money.py:10',
  uri: 'file:///shop/money.py',
  range: nowhere,
  fullRange: nowhere,
};

describe('a definition in a list', () => {
  it('says where it is and how much it is used', () => {
    assert.equal(place(definition), 'shop/money.py:10 · 1 use');
    assert.equal(place({ ...definition, uses: 1200 }), 'shop/money.py:10 · 1,200 uses');
    assert.equal(place({ ...definition, uses: 0 }), 'shop/money.py:10 · no uses elsewhere');
    assert.equal(
      placeOfMatch({ ...definition, probability: 0.936, why: [] }),
      '94 % · shop/money.py:10 · 1 use',
    );
  });

  it('shows its header and what it does', () => {
    assert.equal(explained(definition), 'parse_amount(text: str) -> Decimal  —  The amount that was typed.');
    assert.equal(explained({ ...definition, signature: 'async def f()', documentation: '' }), 'async f()');
    assert.equal(explained({ ...definition, signature: 'class A(B)', documentation: '' }), 'A(B)');
    assert.equal(explained({ ...definition, signature: `def f(${'a, '.repeat(99)})`, documentation: '' }).length, 120);
  });
});

describe('the status', () => {
  const folder = { path: '/a', ready: true, definitions: 11239, skipped: 0, problems: 0 };

  it('is ready with the number of definitions', () => {
    assert.deepEqual(state([folder, { ...folder, definitions: 1 }], undefined), {
      text: 'Canonry: ready',
      detail: '11,240 definitions',
      severity: 'information',
      busy: false,
    });
    assert.equal(state([{ ...folder, skipped: 1 }], undefined).detail, '11,239 definitions, 1 file skipped');
  });

  it('tells how far indexing is before anything else', () => {
    const shown = state([{ ...folder, problems: 1 }], '10/90 files');

    assert.deepEqual([shown.text, shown.detail, shown.busy], ['Canonry: indexing', '10/90 files', true]);
  });

  it('warns of problems', () => {
    assert.deepEqual(
      [state([{ ...folder, problems: 2 }], undefined), state([{ path: '/b', failed: true }], undefined)].map(
        ({ detail, severity }) => [detail, severity],
      ),
      [
        ['2 mistakes in the settings', 'warning'],
        ['1 folder cannot be read', 'error'],
      ],
    );
  });
});
