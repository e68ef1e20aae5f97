// Packages the extension with the server inside, for one platform: canonry-TARGET.vsix.
//     node scripts/package.mjs [--target darwin-arm64] [--python 3.12] [--out FILE]
// Python is taken from the variable PYTHON, else `python3`; its pip fetches the wheels.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values: given } = parseArgs({
  options: {
    target: { type: 'string', default: thisTarget() },
    out: { type: 'string' },
    python: { type: 'string', multiple: true, default: [] },
  },
});

run(process.env.PYTHON ?? 'python3', [
  'scripts/bundle.py',
  '--target',
  given.target,
  ...given.python.flatMap((version) => ['--python', version]),
]);
// The README's links are relative to this folder, which is not the repository's root.
const repository = 'https://github.com/canonry/canonry';
run('npx', [
  'vsce',
  'package',
  '--no-dependencies',
  '--baseImagesUrl',
  `${repository}/raw/HEAD/vscode-client`,
  '--baseContentUrl',
  `${repository}/blob/HEAD/vscode-client`,
  '--target',
  given.target,
  // The bundle has thousands of files of pinned releases; the rest is looked at with the universal package.
  '--allow-package-all-secrets',
  '--ignoreFile',
  '.vscodeignore-bundled',
  '--out',
  given.out ?? `canonry-${given.target}.vsix`,
]);

function thisTarget() {
  const musl = process.platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime;
  return `${musl ? 'alpine' : process.platform}-${process.arch}`;
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) {
    console.error(`failed: ${command} ${args.join(' ')}`, error ?? '');
    process.exit(1);
  }
}
