/** Installs the server into an environment of the extension's own, where no other server was found. */
import { spawn } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type CancellationToken, type ExtensionContext, type LogOutputChannel, ProgressLocation, window } from 'vscode';
import { pythons } from './discovery';
import { privatePython, surroundings } from './surroundings';

/** True once the server is there; what went wrong is in the log, and was said. */
export async function install(context: ExtensionContext, log: LogOutputChannel): Promise<boolean> {
  const options = { location: ProgressLocation.Notification, title: 'Installing Canonry', cancellable: true };
  try {
    await window.withProgress(options, (_, token) => installNow(context, log, token));
    return true;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    log.error('Canonry could not be installed:', reason);
    void window
      .showErrorMessage(`Canonry could not be installed: ${reason}`, 'Show Log')
      .then((chosen) => chosen && log.show());
    return false;
  }
}

async function installNow(
  context: ExtensionContext,
  log: LogOutputChannel,
  token: CancellationToken,
): Promise<void> {
  const { version } = context.extension.packageJSON as { version: string };
  const target = privatePython(context);
  const folder = dirname(dirname(target));
  const run = (command: string, ...args: string[]): Promise<void> =>
    runLogged(command, args, context.extensionPath, log, token);
  let problem = new Error('no Python 3.11 or newer was found');
  for (const python of await pythons(await surroundings(context, log))) {
    try {
      await run(python, '-c', 'import sys, venv; sys.exit(sys.version_info < (3, 11) and "too old, 3.11 is the oldest")');
      await rm(folder, { recursive: true, force: true });
      await mkdir(dirname(folder), { recursive: true });
      await run(python, '-m', 'venv', folder);
      await run(target, '-m', 'pip', 'install', '--disable-pip-version-check', `canonry==${version}`);
      return;
    } catch (error) {
      // Half an environment would be found at the next start.
      await rm(folder, { recursive: true, force: true });
      problem = error as Error;
      if (token.isCancellationRequested) {
        throw new Error('cancelled');
      }
    }
  }
  throw problem;
}

function runLogged(
  command: string,
  args: readonly string[],
  cwd: string,
  log: LogOutputChannel,
  token: CancellationToken,
): Promise<void> {
  log.info(`Running ${[command, ...args].join(' ')}`);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, windowsHide: true });
    const stop = token.onCancellationRequested(() => child.kill());
    let last = '';
    const follow = (data: Buffer): void => {
      const text = data.toString().trim();
      log.info(text);
      last = text.split('\n').at(-1) || last;
    };
    child.stdout.on('data', follow);
    child.stderr.on('data', follow);
    child.on('error', reject);
    child.on('close', (code) => {
      stop.dispose();
      if (code === 0) {
        resolve();
      } else {
        reject(new Error(last || `${command} ended with ${code}`));
      }
    });
  });
}
