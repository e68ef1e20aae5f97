/**
 * Settings: the client's own, and the server's as the user has set them.
 *
 * VS Code answers a default for every setting that package.json declares. Sent to the server, those
 * would override what the project's pyproject.toml says, so only what somebody has set is sent.
 */
import type { ImportStrategy } from './discovery';

/** What VS Code knows of one setting; the shape of `WorkspaceConfiguration.inspect`. */
export interface Inspected {
  readonly globalValue?: unknown;
  readonly workspaceValue?: unknown;
  readonly workspaceFolderValue?: unknown;
}

/** The part of `WorkspaceConfiguration` that is read here. */
export interface Configuration {
  get(key: string): unknown;
  inspect(key: string): Inspected | undefined;
}

export const SECTION = 'canonry';

/** The settings that decide which server is run. */
export const OF_THE_START = ['path', 'interpreter', 'importStrategy'];

export interface ClientSettings {
  readonly paths: readonly string[];
  readonly interpreter: string;
  readonly strategy: ImportStrategy;
}

export function clientSettings(configuration: Configuration): ClientSettings {
  const paths = configuration.get('path');
  const interpreter = configuration.get('interpreter');
  return {
    paths: Array.isArray(paths)
      ? paths.filter((entry): entry is string => typeof entry === 'string' && entry !== '')
      : [],
    interpreter: typeof interpreter === 'string' ? interpreter : '',
    strategy: configuration.get('importStrategy') === 'useBundled' ? 'useBundled' : 'fromEnvironment',
  };
}

/** The settings among `keys` that are set anywhere, as the tree that the server reads. */
export function explicitSettings(
  configuration: Configuration,
  keys: readonly string[],
): Record<string, unknown> {
  const tree: Record<string, unknown> = {};
  for (const key of keys) {
    if (isSet(configuration.inspect(key))) {
      put(tree, key.split('.'), configuration.get(key));
    }
  }
  return tree;
}

/** The server's settings that package.json declares, without the `canonry.` before them. */
export function serverKeys(manifest: unknown): string[] {
  const sections = (manifest as Manifest).contributes.configuration;
  const analysis = sections.find((section) => section.id === 'canonry.analysis');
  return Object.keys(analysis?.properties ?? {}).map((key) => key.slice(SECTION.length + 1));
}

interface Manifest {
  contributes: { configuration: { id: string; properties: Record<string, unknown> }[] };
}

function isSet(inspected: Inspected | undefined): boolean {
  return (
    inspected?.globalValue !== undefined ||
    inspected?.workspaceValue !== undefined ||
    inspected?.workspaceFolderValue !== undefined
  );
}

function put(tree: Record<string, unknown>, way: readonly string[], value: unknown): void {
  const [first = '', ...rest] = way;
  if (rest.length === 0) {
    tree[first] = value;
    return;
  }
  const below = (tree[first] ??= {}) as Record<string, unknown>;
  put(below, rest, value);
}
