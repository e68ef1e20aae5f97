import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Candidate, commandLine, expand, findServer, pythons, type Surroundings, versionIn } from '../discovery';

const EVERYWHERE: Readonly<Record<string, string>> = {
  '/opt/canonry': 'canonry 1.0',
  '/opt/python -m canonry': 'canonry 2.0',
  '/selected/bin/python -m canonry': 'canonry 3.0',
  '/proj/.venv/bin/python -m canonry': 'canonry 4.0',
  '/proj/venv/bin/python -m canonry': 'canonry 5.0',
  '/usr/bin/canonry': 'canonry 6.0',
  '/usr/bin/python3 -m canonry': 'canonry 7.0',
};

/** A machine where each command line of `answers` is there and prints what stands beside it. */
function machine(
  answers: Readonly<Record<string, string>>,
  given: Partial<Surroundings> = {},
): { at: Surroundings; lines: string[]; asked: Candidate[] } {
  const lines: string[] = [];
  const asked: Candidate[] = [];
  const files = new Set(Object.keys(answers).map((line) => line.split(' ')[0]));
  const at: Surroundings = {
    strategy: 'fromEnvironment',
    paths: ['/opt/canonry'],
    interpreter: '/opt/python',
    trusted: true,
    folders: ['/proj'],
    platform: 'linux',
    home: '/home/me',
    variables: { PATH: '/usr/bin' },
    bundle: undefined,
    privatePython: '/storage/server/bin/python',
    isFile: async (file) => files.has(file),
    pythonExtensionInterpreter: async () => '/selected/bin/python',
    askVersion: async (candidate) => {
      asked.push(candidate);
      const answer = answers[commandLine(candidate)];
      if (answer === undefined) {
        throw new Error('nothing there');
      }
      return answer;
    },
    log: (line) => lines.push(line),
    ...given,
  };
  return { at, lines, asked };
}

function without(answers: Readonly<Record<string, string>>, count: number): Record<string, string> {
  return Object.fromEntries(Object.entries(answers).slice(count));
}

describe('the order of places', () => {
  const origins = [
    'setting canonry.path',
    'setting canonry.interpreter',
    "the Python extension's interpreter",
    "the workspace's .venv or venv",
    "the workspace's .venv or venv",
    'canonry on PATH',
    'python3 on PATH',
  ];
  for (const [index, origin] of origins.entries()) {
    it(`is ${origin} when the ${index} before it do not work`, async () => {
      const found = await findServer(machine(without(EVERYWHERE, index)).at);

      assert.equal(found?.origin, origin);
      assert.equal(found?.version, `${index + 1}.0`);
      assert.equal(found?.followsPythonExtension, index === 2);
    });
  }

  it('ends without a server', async () => {
    const { at, lines } = machine({});

    assert.equal(await findServer(at), undefined);
    assert.deepEqual(lines, [
      'Looking for the server (canonry.importStrategy: fromEnvironment)',
      '  setting canonry.path: /opt/canonry: nothing there',
      '  setting canonry.interpreter: /opt/python -m canonry: nothing there',
      "  the Python extension's interpreter: /selected/bin/python -m canonry: nothing there",
      "  the workspace's .venv or venv: none",
      '  canonry on PATH: none',
      '  python3 on PATH: none',
      "  the extension's own server: none in this build",
      "  the extension's own environment: none installed",
    ]);
  });

  it('does not run what comes after the one that works', async () => {
    const { at, asked } = machine(EVERYWHERE);
    await findServer(at);

    assert.deepEqual(asked, [{ command: '/opt/canonry', args: [] }]);
  });

  it('takes the first of several paths that works', async () => {
    const { at } = machine(EVERYWHERE, { paths: ['/gone/canonry', 'tools/../../opt/canonry', '/usr/bin/canonry'] });

    assert.equal((await findServer(at))?.command, '/opt/canonry');
  });

  it('goes on where the Python extension fails', async () => {
    const { at, lines } = machine(without(EVERYWHERE, 2), {
      pythonExtensionInterpreter: async () => {
        throw new Error('no luck');
      },
    });

    assert.equal((await findServer(at))?.version, '4.0');
    assert.ok(lines.includes("  the Python extension's interpreter: no luck"));
  });

  it('passes by what answers something else', async () => {
    const { at, lines } = machine({ ...EVERYWHERE, '/opt/canonry': 'usage: canon\nmore' });

    assert.equal((await findServer(at))?.version, '2.0');
    assert.equal(
      lines[1],
      '  setting canonry.path: /opt/canonry: answered "usage: canon", which is no version of Canonry',
    );
  });
});

describe('the bundled server', () => {
  const bundle = '/extension/bundled';
  /** Python 3.12 can run it; nothing has it installed. */
  const only312: Partial<Surroundings> = {
    bundle,
    variables: { PATH: '/usr/bin' },
    askVersion: async ({ command, environment, probe }) => {
      assert.ok(environment && probe, 'nothing there');
      assert.equal(command, '/usr/bin/python3.12', 'too old');
      return 'canonry 9.0';
    },
    isFile: async (file) => ['/usr/bin/python3', '/usr/bin/python3.12'].includes(file),
  };

  it('comes last from the environment, in whichever Python can run it', async () => {
    const found = await findServer(machine({}, only312).at);

    assert.equal(found?.origin, "the extension's own server");
    assert.equal(found?.version, '9.0');
    assert.equal(found?.command, '/usr/bin/python3.12');
    assert.deepEqual(found?.args, ['-m', 'canonry']);
    assert.deepEqual(found?.environment, { PYTHONPATH: '/extension/bundled/libs' });
    assert.deepEqual(found?.probe, ['/extension/bundled/probe.py']);
  });

  it('comes first when it is asked for, after the path setting', async () => {
    const first = machine(EVERYWHERE, { bundle, paths: [], strategy: 'useBundled' });
    const found = await findServer(first.at);

    assert.equal(found?.origin, "the extension's own server");
    assert.equal(found?.command, '/opt/python');
    assert.equal(
      (await findServer(machine(EVERYWHERE, { bundle, strategy: 'useBundled' }).at))?.origin,
      'setting canonry.path',
    );
  });

  it('is not missed where this build has none', async () => {
    const none = machine(EVERYWHERE, { paths: [], strategy: 'useBundled' });

    assert.equal((await findServer(none.at))?.origin, 'setting canonry.interpreter');
  });

  it("is not run by an untrusted workspace's Python", async () => {
    const { at } = machine(EVERYWHERE, { bundle, trusted: false, interpreter: '/proj/python' });

    assert.deepEqual(await pythons(at), ['/selected/bin/python', '/usr/bin/python3']);
  });
});

describe('the environment of the extension itself', () => {
  const installed = { '/storage/server/bin/python -m canonry': 'canonry 8.0' };

  it('comes after all others', async () => {
    assert.equal((await findServer(machine(installed).at))?.origin, "the extension's own environment");
    assert.equal((await findServer(machine({ ...EVERYWHERE, ...installed }).at))?.version, '1.0');
  });
});

describe('an untrusted workspace', () => {
  it('gives no program to run', async () => {
    const { at, asked, lines } = machine(EVERYWHERE, {
      trusted: false,
      paths: ['/proj/bin/canonry'],
      interpreter: '/proj/python',
      pythonExtensionInterpreter: async () => '/proj/.conda/bin/python',
    });

    assert.equal((await findServer(at))?.origin, 'canonry on PATH');
    assert.deepEqual(asked, [{ command: '/usr/bin/canonry', args: [] }]);
    assert.equal(lines.filter((line) => line.endsWith('not used, the workspace is not trusted')).length, 5);
  });

  it('does not keep folders away that only begin like it', async () => {
    const { at } = machine(
      { '/tools/canonry': 'canonry 1.0' },
      { trusted: false, paths: ['/tools/canonry'] },
    );

    assert.equal((await findServer(at))?.command, '/tools/canonry');
  });

  it('does not come in by a relative entry of PATH', async () => {
    const { at } = machine(
      { 'bin/canonry': 'canonry 1.0' },
      { paths: [], variables: { PATH: 'bin:.' }, pythonExtensionInterpreter: async () => undefined },
    );

    assert.equal(await findServer(at), undefined);
  });
});

describe('on Windows', () => {
  it("environments and PATH have that system's names", async () => {
    const answers = { 'C:\\work\\.venv\\Scripts\\python.exe -m canonry': 'canonry 1.0' };
    const given: Partial<Surroundings> = {
      platform: 'win32',
      paths: [],
      interpreter: '',
      folders: ['C:\\work'],
      variables: { Path: 'C:\\tools;relative' },
      pythonExtensionInterpreter: async () => undefined,
    };

    assert.equal(
      (await findServer(machine(answers, given).at))?.command,
      'C:\\work\\.venv\\Scripts\\python.exe',
    );
    assert.equal(
      (await findServer(machine({ 'C:\\tools\\canonry.exe': 'canonry 2.0' }, given).at))?.origin,
      'canonry on PATH',
    );
    assert.equal(
      (await findServer(machine({ 'C:\\tools\\py.exe -m canonry': 'canonry 3.0' }, given).at))?.version,
      '3.0',
    );
  });
});

describe('a path in the settings', () => {
  const at = {
    folders: ['/proj', '/other'],
    home: '/home/me',
    variables: { TOOLS: '/tools$&' },
    platform: 'linux' as const,
  };
  const cases: readonly [given: string, expected: string][] = [
    ['/absolute/canonry', '/absolute/canonry'],
    ['~/bin/canonry', '/home/me/bin/canonry'],
    ['${userHome}/bin/canonry', '/home/me/bin/canonry'],
    ['${workspaceFolder}/.tox/bin/canonry', '/proj/.tox/bin/canonry'],
    ['${env:TOOLS}/canonry', '/tools$&/canonry'],
    ['.tox/bin/canonry', '/proj/.tox/bin/canonry'],
    ['/a~b/canonry', '/a~b/canonry'],
  ];
  for (const [given, expected] of cases) {
    it(`${given} is ${expected}`, () => assert.equal(expand(given, at), expected));
  }
});

describe('a version', () => {
  for (const [output, expected] of [
    ['canonry 0.1.0\n', '0.1.0'],
    ['1.2.3rc1', '1.2.3rc1'],
    ['canonry 0.2.0.dev3+g12ab (Python 3.11)', '0.2.0.dev3+g12ab'],
  ] as const) {
    it(`is found in ${JSON.stringify(output)}`, () => assert.equal(versionIn(output), expected));
  }

  it('is missed in nothing', () => assert.throws(() => versionIn(''), /answered ""/));
});
