/**
 * Fixes that may change what the code does: the user is told what, and may look at the change first.
 *
 * VS Code's own preview of such an edit has nothing ticked, ticks parts that make no sense alone, and hides
 * the reason; so the server sends it plain, with the caution beside it.
 */
import {
  type CodeAction,
  commands,
  type Disposable,
  type TextEdit,
  Uri,
  window,
  workspace,
  WorkspaceEdit,
} from 'vscode';

const APPLY = 'canonry.applyUnsafe';
const SCHEME = 'canonry-after';

interface Caution {
  readonly title: string;
  readonly caution: string;
}

interface Unsafe extends Caution {
  readonly edit: WorkspaceEdit;
  /** The version of each document that the edit was computed for. */
  readonly versions: ReadonlyMap<string, number>;
}

/** The texts that a preview shows on its right, by their URI. */
const after = new Map<string, string>();

/** Has an action with a caution ask before its edit is applied; every other one is left as it is. */
export function guarded(action: CodeAction, data: unknown): CodeAction {
  if (action.edit === undefined || !isCaution(data)) {
    return action;
  }
  const { edit } = action;
  const open = new Map(workspace.textDocuments.map(({ uri, version }) => [uri.toString(), version]));
  const versions = new Map(
    edit.entries().flatMap(([uri]) => {
      const version = open.get(uri.toString());
      return version === undefined ? [] : [[uri.toString(), version] as const];
    }),
  );
  const unsafe: Unsafe = { title: data.title, caution: data.caution, edit, versions };
  delete action.edit;
  action.command = { title: action.title, command: APPLY, arguments: [unsafe] };
  return action;
}

export function registerUnsafe(): Disposable[] {
  return [
    commands.registerCommand(APPLY, ask),
    workspace.registerTextDocumentContentProvider(SCHEME, {
      provideTextDocumentContent: (uri) => after.get(uri.toString()) ?? '',
    }),
  ];
}

async function ask(unsafe: Unsafe): Promise<void> {
  const choice = await window.showWarningMessage(
    `${unsafe.title}?`,
    { modal: true, detail: `This may change what the code does: ${unsafe.caution}.` },
    'Apply',
    'Preview',
  );
  if (choice === 'Apply') {
    await apply(unsafe);
  } else if (choice === 'Preview') {
    await preview(unsafe);
  }
}

async function preview(unsafe: Unsafe): Promise<void> {
  after.clear();
  const changes: [Uri, Uri, Uri][] = [];
  for (const [uri, edits] of unsafe.edit.entries()) {
    const document = await workspace.openTextDocument(uri);
    const changed = uri.with({ scheme: SCHEME, query: `${uri.scheme} ${Date.now()}` });
    after.set(changed.toString(), applied(document.getText(), edits, (place) => document.offsetAt(place)));
    changes.push([uri, uri, changed]);
  }
  const [only] = changes;
  if (changes.length === 1 && only !== undefined) {
    await commands.executeCommand('vscode.diff', only[1], only[2], unsafe.title);
  } else {
    await commands.executeCommand('vscode.changes', unsafe.title, changes);
  }
  const shown = `${unsafe.title}: ${unsafe.caution}.`;
  if ((await window.showInformationMessage(shown, 'Apply', 'Discard')) === 'Apply') {
    await closePreview();
    await apply(unsafe);
  } else {
    await closePreview();
  }
  after.clear();
}

async function closePreview(): Promise<void> {
  const ours = window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter((tab) => {
      const input = tab.input as { modified?: Uri; textDiffs?: { modified?: Uri }[] } | undefined;
      const shown = [input?.modified, ...(input?.textDiffs ?? []).map((diff) => diff.modified)];
      return shown.some((uri) => uri?.scheme === SCHEME);
    });
  await window.tabGroups.close(ours);
}

async function apply({ edit, versions }: Unsafe): Promise<void> {
  const changed = workspace.textDocuments.some(({ uri, version }) => {
    const known = versions.get(uri.toString());
    return known !== undefined && known !== version;
  });
  if (changed) {
    void window.showWarningMessage('Canonry: the code has changed meanwhile; choose the action again.');
    return;
  }
  await workspace.applyEdit(edit);
}

/** A text with edits applied that do not overlap. */
export function applied(
  text: string,
  edits: readonly TextEdit[],
  offsetAt: (place: TextEdit['range']['start']) => number,
): string {
  return edits
    .map(({ range, newText }) => ({ start: offsetAt(range.start), end: offsetAt(range.end), newText }))
    .sort((one, other) => other.start - one.start)
    .reduce((so, { start, end, newText }) => so.slice(0, start) + newText + so.slice(end), text);
}

function isCaution(data: unknown): data is Caution {
  return typeof data === 'object' && data !== null && 'caution' in data;
}
