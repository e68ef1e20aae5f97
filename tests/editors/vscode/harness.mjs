// VS Code's workbench: code-server behind it, Chromium before it, a fresh home for each run.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Milliseconds for anything that has to become true; a busy machine takes seconds for what takes one here. */
export const PATIENCE = 60_000;

/** Quiet and predictable: nothing phones home, nothing helps with typing, no old buffers come back. */
const SETTINGS = {
  'chat.disableAIFeatures': true,
  'editor.autoClosingBrackets': 'never',
  'editor.autoClosingQuotes': 'never',
  'editor.autoIndent': 'none',
  'editor.minimap.enabled': false,
  'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' },
  'editor.wordBasedSuggestions': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'files.autoSave': 'off',
  'files.hotExit': 'off',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'window.commandCenter': false,
  'workbench.layoutControl.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/** Without an address of a gallery nobody asks one for updates. */
const env = { ...process.env, EXTENSIONS_GALLERY: '{"serviceUrl": ""}' };

const CHROMIUM = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** What the test was told: a JSON file, named as the script's only argument. */
export const plan = JSON.parse(readFileSync(process.argv[2], 'utf8'));

const began = Date.now();
export const log = (...words) => console.log(`${((Date.now() - began) / 1000).toFixed(1)} s`, ...words);

/** Waits until `probe` answers something truthy, and answers that. */
export async function until(what, probe, patience = PATIENCE) {
  const deadline = Date.now() + patience;
  for (;;) {
    const found = await probe();
    if (found) {
      return found;
    }
    if (Date.now() > deadline) {
      throw new Error(`not within ${patience / 1000} s: ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/**
 * Starts code-server and a browser, hands the page to `body`, and ends both whatever happens.
 * `vsix` is installed before, `options` are code-server's own.
 */
export async function withWorkbench({ vsix, options = [] }, body) {
  const port = await freePort();
  const directories = prepareHome(port);
  if (vsix) {
    const command = [plan.codeServer, ...directories, '--install-extension', vsix];
    const installed = spawnSync(process.execPath, command, { encoding: 'utf8' });
    if (installed.status !== 0) {
      throw new Error(`the .vsix was not installed: ${installed.stdout}${installed.stderr}`);
    }
    log('extension installed');
  }
  const quiet = ['--disable-telemetry', '--disable-update-check', '--disable-workspace-trust'];
  const command = [plan.codeServer, ...directories, ...quiet, '--reconnection-grace-time', '5', ...options];
  const server = spawn(process.execPath, command, { detached: true, stdio: 'ignore', env });
  let browser;
  try {
    const origin = `http://127.0.0.1:${port}`;
    await until('code-server answers', () => answers(`${origin}/healthz`));
    log('code-server is up');
    const { chromium } = createRequire(join(plan.playwright, 'package.json'))('playwright-core');
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: CHROMIUM });
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
    page.setDefaultTimeout(PATIENCE);
    await body(page, {
      /** The workspace's address; `payload` is VS Code's own way to be told what to open. */
      address: (payload) =>
        `${origin}/?${plan.workspace.endsWith('.code-workspace') ? 'workspace' : 'folder'}=${plan.workspace}` +
        `&payload=${encodeURIComponent(JSON.stringify(payload))}`,
      uri: (path) => `vscode-remote://127.0.0.1:${port}${path}`,
    });
  } finally {
    await browser?.close();
    await endGroup(server);
  }
}

/** Runs a script to its end; the process's exit code tells how it went. */
export async function main(script) {
  try {
    await script();
  } catch (error) {
    console.error(error);
    console.error(extensionLog());
    process.exitCode = 1;
  }
  log('done');
}

/** The end of what the extension has logged. */
export function extensionLog() {
  const logs = join(plan.home, 'data', 'logs');
  const file = existsSync(logs) && readdirSync(logs, { recursive: true }).find((name) => name.endsWith('Canonry.log'));
  return file ? `Canonry.log ends so:\n${readFileSync(join(logs, file), 'utf8').slice(-4_000)}` : 'no Canonry.log';
}

function prepareHome(port) {
  const data = join(plan.home, 'data');
  const config = join(plan.home, 'code-server.yaml');
  // What belongs to a machine is set there: VS Code takes it from nowhere else when its server is remote.
  for (const [level, settings] of [
    ['User', { ...SETTINGS, ...plan.user }],
    ['Machine', plan.settings],
  ]) {
    mkdirSync(join(data, level), { recursive: true });
    writeFileSync(join(data, level, 'settings.json'), JSON.stringify(settings));
  }
  writeFileSync(config, `auth: none\nbind-addr: 127.0.0.1:${port}\ncert: false\n`);
  return ['--config', config, '--user-data-dir', data, '--extensions-dir', join(plan.home, 'extensions')];
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function answers(url) {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false; // not listening yet
  }
}

/** Asks a process group to end, and makes it: an editor server that lingers is no part of a test. */
async function endGroup(leader) {
  const gone = new Promise((resolve) => leader.once('exit', resolve));
  if (leader.exitCode === null && leader.signalCode === null) {
    signal(leader.pid, 'SIGTERM');
    await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, 5_000).unref())]);
  }
  signal(leader.pid, 'SIGKILL');
}

function signal(group, name) {
  try {
    process.kill(-group, name);
  } catch (error) {
    if (error.code !== 'ESRCH') {
      throw error;
    }
  }
}
