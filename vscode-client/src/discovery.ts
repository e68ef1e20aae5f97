/**
 * Where the server is: a list of places, tried in order, each one run before it is trusted.
 *
 * Pure: whatever is outside (files, processes, other extensions) comes in by `Surroundings`.
 */
import * as path from 'node:path';

export type ImportStrategy = 'fromEnvironment' | 'useBundled';

/** A way to run `canonry`: what is started, and what comes before the subcommand. */
export interface Candidate {
  readonly command: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** The arguments that have it print its version, where they are not `version` behind `args`. */
  readonly probe?: readonly string[];
}

export interface Found extends Candidate {
  readonly version: string;
  /** The place's name as it stands in the log. */
  readonly origin: string;
  /** The Python extension chose it: another choice there means another server. */
  readonly followsPythonExtension: boolean;
}

/** What discovery may know of the machine, the workspace and the settings. */
export interface Surroundings {
  readonly strategy: ImportStrategy;
  /** `canonry.path`: executables, the first that works is used. */
  readonly paths: readonly string[];
  /** `canonry.interpreter`: a Python that has Canonry installed; empty where it is not set. */
  readonly interpreter: string;
  /** Whether the workspace may name programs to run. */
  readonly trusted: boolean;
  readonly folders: readonly string[];
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** The folder of the server inside the extension; undefined where this build carries none. */
  readonly bundle: string | undefined;
  /** The Python of the environment that the extension has installed the server into, whether it is there or not. */
  readonly privatePython: string;
  isFile(file: string): Promise<boolean>;
  /** The interpreter selected in the Python extension; undefined where there is no such extension. */
  pythonExtensionInterpreter(): Promise<string | undefined>;
  /** Runs a candidate with the arguments `version` and answers what it prints. Throws with the reason. */
  askVersion(candidate: Candidate): Promise<string>;
  log(line: string): void;
}

interface Place {
  readonly origin: string;
  /** What the log says where there is no candidate. */
  readonly absent: string;
  readonly followsPythonExtension?: boolean;
  candidates(surroundings: Surroundings): Promise<Candidate[]>;
}

const PATH_SETTING: Place = {
  origin: 'setting canonry.path',
  absent: 'not set',
  candidates: async (at) => at.paths.map((given) => ({ command: expand(given, at), args: [] })),
};

const INTERPRETER_SETTING: Place = {
  origin: 'setting canonry.interpreter',
  absent: 'not set',
  candidates: async (at) => (at.interpreter ? [moduleOf(expand(at.interpreter, at))] : []),
};

const PYTHON_EXTENSION: Place = {
  origin: "the Python extension's interpreter",
  absent: 'no such extension, or none selected',
  followsPythonExtension: true,
  candidates: async (at) => {
    const interpreter = await at.pythonExtensionInterpreter();
    return interpreter === undefined ? [] : [moduleOf(interpreter)];
  },
};

const WORKSPACE_ENVIRONMENT: Place = {
  origin: "the workspace's .venv or venv",
  absent: 'none',
  candidates: async (at) => {
    const below = at.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python'];
    const join = pathsOf(at.platform).join;
    const pythons = at.folders.flatMap((folder) =>
      ['.venv', 'venv'].map((name) => join(folder, name, ...below)),
    );
    return (await existing(pythons, at)).map(moduleOf);
  },
};

const SEARCH_PATH: Place = {
  origin: 'canonry on PATH',
  absent: 'none',
  candidates: async (at) =>
    (await onSearchPath('canonry', at)).slice(0, 1).map((command) => ({ command, args: [] })),
};

const PYTHON_ON_SEARCH_PATH: Place = {
  origin: 'python3 on PATH',
  absent: 'none',
  candidates: async (at) => {
    const names = at.platform === 'win32' ? ['python', 'py'] : ['python3'];
    const pythons = (await Promise.all(names.map((name) => onSearchPath(name, at)))).flat();
    return pythons.slice(0, 1).map(moduleOf);
  },
};

const BUNDLE: Place = {
  origin: "the extension's own server",
  absent: 'none in this build',
  followsPythonExtension: true,
  candidates: async (at) => {
    const { bundle } = at;
    if (bundle === undefined) {
      return [];
    }
    const join = pathsOf(at.platform).join;
    const environment = { PYTHONPATH: join(bundle, 'libs') };
    const probe = [join(bundle, 'probe.py')];
    return (await pythons(at)).map((command) => ({ ...moduleOf(command), environment, probe }));
  },
};

const PRIVATE_ENVIRONMENT: Place = {
  origin: "the extension's own environment",
  absent: 'none installed',
  candidates: async (at) => (await existing([at.privatePython], at)).map(moduleOf),
};

const ENVIRONMENTS = [
  INTERPRETER_SETTING,
  PYTHON_EXTENSION,
  WORKSPACE_ENVIRONMENT,
  SEARCH_PATH,
  PYTHON_ON_SEARCH_PATH,
];

const ORDER: Readonly<Record<ImportStrategy, readonly Place[]>> = {
  fromEnvironment: [PATH_SETTING, ...ENVIRONMENTS, BUNDLE, PRIVATE_ENVIRONMENT],
  useBundled: [PATH_SETTING, BUNDLE, PRIVATE_ENVIRONMENT, ...ENVIRONMENTS],
};

/** Where Pythons are that an editor which was not started in a shell does not have on its PATH. */
const USUAL_FOLDERS = ['/usr/local/bin', '/opt/homebrew/bin', '/usr/bin'];

/** The minor versions that the server runs with, newest first. */
const MINORS = [14, 13, 12, 11];

/** Pythons that may run a server which brings its own libraries, the user's own choice first. */
export async function pythons(at: Surroundings): Promise<string[]> {
  const chosen = [INTERPRETER_SETTING, PYTHON_EXTENSION, WORKSPACE_ENVIRONMENT].map((place) =>
    // One that fails has told so in its own turn.
    place.candidates(at).catch(() => []),
  );
  const windows = at.platform === 'win32';
  const names = windows ? ['python', 'py', 'python3'] : ['python3', ...MINORS.map((minor) => `python3.${minor}`)];
  const onPath = names.map((name) => onSearchPath(name, at, windows ? [] : USUAL_FOLDERS));
  const commands = (await Promise.all(chosen)).flat().map((candidate) => candidate.command);
  return [...new Set([...commands, ...(await Promise.all(onPath)).flat()])].filter((python) => mayRun(python, at));
}

/** The first server that answers; undefined where none does. Every step is logged. */
export async function findServer(at: Surroundings): Promise<Found | undefined> {
  at.log(`Looking for the server (canonry.importStrategy: ${at.strategy})`);
  for (const place of ORDER[at.strategy]) {
    const found = await tryPlace(place, at);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

async function tryPlace(place: Place, at: Surroundings): Promise<Found | undefined> {
  let candidates: Candidate[];
  try {
    candidates = await place.candidates(at);
  } catch (error) {
    at.log(`  ${place.origin}: ${reason(error)}`);
    return undefined;
  }
  if (candidates.length === 0) {
    at.log(`  ${place.origin}: ${place.absent}`);
  }
  for (const candidate of candidates) {
    const shown = `  ${place.origin}: ${commandLine(candidate)}`;
    if (!mayRun(candidate.command, at)) {
      at.log(`${shown}: not used, the workspace is not trusted`);
      continue;
    }
    try {
      const version = versionIn(await at.askVersion(candidate));
      at.log(`${shown}: version ${version}, used`);
      const followsPythonExtension = place.followsPythonExtension ?? false;
      return { ...candidate, version, origin: place.origin, followsPythonExtension };
    } catch (error) {
      at.log(`${shown}: ${reason(error)}`);
    }
  }
  return undefined;
}

/** Nothing inside a workspace is run before its user trusts it. */
function mayRun(program: string, at: Surroundings): boolean {
  return at.trusted || !at.folders.some((folder) => isBelow(program, folder, at.platform));
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** How a candidate reads in a log. */
export function commandLine(candidate: Candidate): string {
  return [candidate.command, ...candidate.args].join(' ');
}

/** The version in what `canonry version` printed. Throws if there is none. */
export function versionIn(output: string): string {
  const found = /\b\d+\.\d+(?:\.\d+)?[\w.+-]*/.exec(output);
  if (found === null) {
    const shown = output.trim().split('\n', 1)[0] ?? '';
    throw new Error(`answered ${JSON.stringify(shown)}, which is no version of Canonry`);
  }
  return found[0];
}

/** A path as a setting has it: `~`, `${userHome}`, `${workspaceFolder}`, `${env:NAME}`, relative ones. */
export function expand(
  given: string,
  at: Pick<Surroundings, 'folders' | 'home' | 'variables' | 'platform'>,
): string {
  const folder = at.folders[0] ?? at.home;
  const text = given
    .replace(/^~(?=$|[/\\])/, () => at.home)
    .replaceAll('${userHome}', () => at.home)
    .replaceAll('${workspaceFolder}', () => folder)
    .replaceAll(/\$\{env:(\w+)\}/g, (_, name: string) => at.variables[name] ?? '');
  return pathsOf(at.platform).resolve(folder, text);
}

function moduleOf(python: string): Candidate {
  return { command: python, args: ['-m', 'canonry'] };
}

async function onSearchPath(
  name: string,
  at: Surroundings,
  more: readonly string[] = [],
): Promise<string[]> {
  const paths = pathsOf(at.platform);
  const variable = Object.keys(at.variables).find((key) =>
    at.platform === 'win32' ? key.toUpperCase() === 'PATH' : key === 'PATH',
  );
  const folders = (variable === undefined ? '' : (at.variables[variable] ?? '')).split(paths.delimiter);
  const file = at.platform === 'win32' ? `${name}.exe` : name;
  // A relative entry would be another folder in each workspace.
  const files = [...folders, ...more].filter(paths.isAbsolute).map((folder) => paths.join(folder, file));
  return existing(files, at);
}

async function existing(files: readonly string[], at: Surroundings): Promise<string[]> {
  const there = await Promise.all(files.map((file) => at.isFile(file)));
  return files.filter((_, index) => there[index]);
}

function isBelow(file: string, folder: string, platform: NodeJS.Platform): boolean {
  const paths = pathsOf(platform);
  const way = paths.relative(folder, file);
  return way !== '..' && !way.startsWith(`..${paths.sep}`) && !paths.isAbsolute(way);
}

function pathsOf(platform: NodeJS.Platform): path.PlatformPath {
  return platform === 'win32' ? path.win32 : path.posix;
}
