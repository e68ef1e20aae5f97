/** What definitions, matches and the state are called in lists. Pure. */
import type { Definition, FolderStatus, Match } from './requests';

const LONGEST_SIGNATURE = 120;

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}

export function percent(probability: number): string {
  return `${Math.round(probability * 100)} %`;
}

/** `$(symbol-method) parse_amount`. */
export function label(definition: Definition): string {
  return `$(symbol-${definition.kind}) ${definition.name}`;
}

/** `shop/money.py:12 · 2 uses`. */
export function place(definition: Definition): string {
  return `${definition.shown} · ${definition.uses === 0 ? 'no uses elsewhere' : counted(definition.uses, 'use')}`;
}

/** `94 % · shop/money.py:12 · 2 uses`. */
export function placeOfMatch(match: Match): string {
  return `${percent(match.probability)} · ${place(match)}`;
}

/** The header, then what the docstring begins with. */
export function explained(definition: Definition): string {
  const { signature, documentation } = definition;
  const header = signature.replace(/^(async )?def |^class /, '$1');
  const short = header.length > LONGEST_SIGNATURE ? `${header.slice(0, LONGEST_SIGNATURE - 1)}…` : header;
  return documentation === '' ? short : `${short}  —  ${documentation}`;
}

export interface State {
  readonly text: string;
  readonly detail: string;
  readonly severity: 'information' | 'warning' | 'error';
  readonly busy: boolean;
}

/** What the status item says of a server that runs; `indexing` is how far that is, where it is at it. */
export function state(folders: readonly FolderStatus[], indexing: string | undefined): State {
  if (indexing !== undefined) {
    return { text: 'Canonry: indexing', detail: indexing, severity: 'information', busy: true };
  }
  const failed = folders.filter((folder) => folder.failed === true);
  if (failed.length > 0) {
    const detail = `${counted(failed.length, 'folder')} cannot be read`;
    return { text: 'Canonry: problem', detail, severity: 'error', busy: false };
  }
  const sum = (key: 'definitions' | 'problems' | 'skipped'): number =>
    folders.reduce((total, folder) => total + (folder[key] ?? 0), 0);
  const problems = sum('problems');
  if (problems > 0) {
    const detail = counted(problems, 'mistake in the settings', 'mistakes in the settings');
    return { text: 'Canonry: ready', detail, severity: 'warning', busy: false };
  }
  const skipped = sum('skipped');
  const known = counted(sum('definitions'), 'definition');
  const detail = skipped === 0 ? known : `${known}, ${counted(skipped, 'file')} skipped`;
  return { text: 'Canonry: ready', detail, severity: 'information', busy: false };
}
