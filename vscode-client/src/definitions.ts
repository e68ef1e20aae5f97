/** What can be done with an existing definition: open it, import it, look at it beside another one. */
import {
  type CancellationToken,
  commands,
  Position,
  Range,
  type TextDocumentContentProvider,
  type TextEditor,
  Uri,
  window,
  workspace,
  WorkspaceEdit,
} from 'vscode';
import type { LanguageClient, Range as ProtocolRange } from 'vscode-languageclient/node';
import { type Definition, importEdits } from './requests';

export async function open(definition: Definition): Promise<void> {
  await window.showTextDocument(Uri.parse(definition.uri), { selection: range(definition.range) });
}

/** Puts the import of a definition into the editor's file. */
export async function insertImport(
  client: LanguageClient,
  definition: Definition,
  editor: TextEditor,
): Promise<void> {
  const { uri } = editor.document;
  const address = client.code2ProtocolConverter.asUri(uri);
  const edits = await importEdits(client, address, definition.module, definition.name);
  const edit = new WorkspaceEdit();
  edit.set(uri, await client.protocol2CodeConverter.asTextEdits(edits));
  if (edits.length === 0) {
    window.setStatusBarMessage(`Canonry: ${definition.name} is there already`, 5_000);
  } else if (await workspace.applyEdit(edit)) {
    window.setStatusBarMessage(`Canonry: imported ${definition.name} from ${definition.module}`, 5_000);
  }
}

/** Where a definition stands, and what it is called: what the server's action to compare names twice. */
export interface Excerpt {
  readonly uri: string;
  readonly range: ProtocolRange;
  readonly name: string;
}

export const excerptOf = ({ uri, fullRange, qualifiedName }: Definition): Excerpt => ({
  uri,
  range: fullRange,
  name: qualifiedName,
});

export function isExcerpt(given: unknown): given is Excerpt {
  return typeof given === 'object' && given !== null && 'range' in given && 'name' in given;
}

/** Shows two definitions side by side, nothing else of their files. */
export async function compare(mine: Excerpt, existing: Excerpt): Promise<void> {
  const title = `${mine.name.split('.').pop() ?? ''} ↔ ${existing.name}`;
  await commands.executeCommand('vscode.diff', excerpt(mine), excerpt(existing), title);
}

const SCHEME = 'canonry-definition';

function excerpt({ uri, range: { start, end }, name }: Excerpt): Uri {
  const query = JSON.stringify([uri, start.line, start.character, end.line, end.character]);
  return Uri.from({ scheme: SCHEME, path: `/${name}.py`, query });
}

/** The text of a definition, as the uri of `excerpt` names it. */
const excerpts: TextDocumentContentProvider = {
  async provideTextDocumentContent(uri: Uri, _token: CancellationToken): Promise<string> {
    const [file, ...numbers] = JSON.parse(uri.query) as [string, number, number, number, number];
    const document = await workspace.openTextDocument(Uri.parse(file));
    const [startLine, , endLine, endCharacter] = numbers;
    const text = document.getText(new Range(new Position(startLine, 0), new Position(endLine, endCharacter)));
    return dedented(text.replaceAll('\r\n', '\n')) + '\n';
  },
};

export const registerExcerpts = () => workspace.registerTextDocumentContentProvider(SCHEME, excerpts);

function dedented(text: string): string {
  const margin = /^[ \t]*/.exec(text)?.[0] ?? '';
  return text
    .split('\n')
    .map((line) => (line.startsWith(margin) ? line.slice(margin.length) : line.trimStart()))
    .join('\n');
}

function range({ start, end }: ProtocolRange): Range {
  return new Range(start.line, start.character, end.line, end.character);
}
