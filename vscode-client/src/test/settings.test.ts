import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { clientSettings, type Configuration, explicitSettings, OF_THE_START, serverKeys } from '../settings';

const manifest: unknown = JSON.parse(readFileSync('package.json', 'utf8'));

/** VS Code's answers where `set` is what somebody has set, and everything else has a default. */
function configuration(set: Readonly<Record<string, unknown>>, level = 'globalValue'): Configuration {
  return {
    get: (key) => (key in set ? set[key] : 'a default'),
    inspect: (key) => (key in set ? { [level]: set[key] } : {}),
  };
}

describe("the server's settings", () => {
  const keys = ['exclude', 'reuse.minimumProbability', 'reuse.minimumLines'];

  it('are sent as a tree, only those that are set', () => {
    const set = { 'reuse.minimumProbability': 0, exclude: ['a'] };

    assert.deepEqual(explicitSettings(configuration(set), keys), {
      exclude: ['a'],
      reuse: { minimumProbability: 0 },
    });
  });

  for (const level of ['globalValue', 'workspaceValue', 'workspaceFolderValue']) {
    it(`count as set by ${level}`, () => {
      assert.deepEqual(explicitSettings(configuration({ exclude: [] }, level), keys), { exclude: [] });
    });
  }

  it("are package.json's, without those of the client", () => {
    const keys = serverKeys(manifest);

    assert.ok(keys.includes('reuse.minimumProbability'));
    assert.deepEqual(keys.filter((key) => OF_THE_START.includes(key) || key.startsWith('trace')), []);
  });
});

describe("the client's settings", () => {
  it('are as they are set', () => {
    const set = { path: ['/a', ''], interpreter: '/p', importStrategy: 'useBundled' };

    assert.deepEqual(clientSettings(configuration(set)), {
      paths: ['/a'],
      interpreter: '/p',
      strategy: 'useBundled',
    });
  });

  it('survive values of a wrong type', () => {
    const set = { path: '/a', interpreter: 7, importStrategy: 'other' };

    assert.deepEqual(clientSettings(configuration(set)), {
      paths: [],
      interpreter: '',
      strategy: 'fromEnvironment',
    });
  });
});
