// Bundles the extension into dist/, or its unit tests into out/ (--tests).
import { build, context } from 'esbuild';
import { readdirSync, rmSync } from 'node:fs';

const given = new Set(process.argv.slice(2));
const common = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['vscode'],
  logLevel: 'warning',
};

if (given.has('--tests')) {
  rmSync('out', { recursive: true, force: true });
  const tests = readdirSync('src/test').filter((name) => name.endsWith('.test.ts'));
  await build({
    ...common,
    entryPoints: tests.map((name) => `src/test/${name}`),
    outdir: 'out',
    sourcemap: 'inline',
  });
} else {
  rmSync('dist', { recursive: true, force: true });
  const extension = {
    ...common,
    entryPoints: ['src/extension.ts'],
    outfile: 'dist/extension.js',
    minify: given.has('--minify'),
    sourcemap: given.has('--minify') ? false : 'linked',
  };
  if (given.has('--watch')) {
    await (await context(extension)).watch();
  } else {
    await build(extension);
  }
}
