/** What discovery asks of the machine and of VS Code. */
import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type ExtensionContext, type LogOutputChannel, workspace } from 'vscode';
import type { Candidate, Surroundings } from './discovery';
import { selectedInterpreter } from './pythonExtension';
import { clientSettings, SECTION } from './settings';

/** Milliseconds for `canonry version`; the first start on a cold disk takes a second or two. */
const PATIENCE = 15_000;

export async function surroundings(context: ExtensionContext, log: LogOutputChannel): Promise<Surroundings> {
  const folders = (workspace.workspaceFolders ?? []).filter((folder) => folder.uri.scheme === 'file');
  const bundle = join(context.extensionPath, 'bundled');
  return {
    ...clientSettings(workspace.getConfiguration(SECTION, folders[0]?.uri)),
    trusted: workspace.isTrusted,
    folders: folders.map((folder) => folder.uri.fsPath),
    platform: process.platform,
    home: homedir(),
    variables: process.env,
    bundle: (await isFile(join(bundle, 'libs', 'canonry', '__main__.py'))) ? bundle : undefined,
    privatePython: privatePython(context),
    isFile,
    pythonExtensionInterpreter: () => selectedInterpreter(folders[0]?.uri),
    askVersion: (candidate) => askVersion(candidate, context.extensionPath),
    log: (line) => log.info(line),
  };
}

/** The Python of the environment that `install.ts` makes; a new one for each version of the extension. */
export function privatePython(context: ExtensionContext): string {
  const { version } = context.extension.packageJSON as { version: string };
  const below = process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python'];
  return join(context.globalStorageUri.fsPath, `server-${version}`, ...below);
}

/** The variables that a candidate is run with. */
export function environmentOf(candidate: Candidate): NodeJS.ProcessEnv {
  return { ...process.env, ...candidate.environment };
}

async function isFile(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isFile();
  } catch {
    return false; // not there, or not to be read: either way nothing to run
  }
}

/**
 * Runs in the extension's own folder: `python -m` looks for modules in the current one first, and
 * a workspace must not be asked for a module called `canonry`.
 */
function askVersion(candidate: Candidate, folder: string): Promise<string> {
  const options = {
    cwd: folder,
    env: environmentOf(candidate),
    timeout: PATIENCE,
    killSignal: 'SIGKILL',
    windowsHide: true,
  } as const;
  return new Promise((resolve, reject) => {
    execFile(candidate.command, [...(candidate.probe ?? [...candidate.args, 'version'])], options, (error, stdout, stderr) => {
      if (error === null) {
        resolve(stdout);
      } else if (error.killed === true) {
        reject(new Error(`no answer within ${PATIENCE / 1000} s`));
      } else if (error.code === 'ENOENT') {
        reject(new Error('nothing there'));
      } else {
        reject(new Error(stderr.trim().split('\n').at(-1) || error.message));
      }
    });
  });
}
