/** The requests that only this server answers; docs/editors.md describes them. */
import type { LanguageClient, Range, TextEdit } from 'vscode-languageclient/node';

/** An existing definition as a list shows it. */
export interface Definition {
  readonly name: string;
  readonly qualifiedName: string;
  readonly kind: 'function' | 'method' | 'class';
  readonly module: string;
  readonly importable: boolean;
  readonly signature: string;
  /** The first paragraph of its docstring, in one line. */
  readonly documentation: string;
  /** How many other modules use it. */
  readonly uses: number;
  /** `shop/money.py:12`. */
  readonly shown: string;
  readonly uri: string;
  /** Of its name. */
  readonly range: Range;
  readonly fullRange: Range;
}

export interface Match extends Definition {
  /** 0 to 1; 0 where nothing was weighed. */
  readonly probability: number;
  readonly why: readonly string[];
}

export interface Similar {
  readonly symbol: Definition;
  readonly matches: readonly Match[];
}

export interface FolderStatus {
  readonly path: string;
  readonly failed?: boolean;
  readonly ready?: boolean;
  readonly files?: number;
  readonly definitions?: number;
  /** Files that were not read. */
  readonly skipped?: number;
  /** Mistakes in the settings files. */
  readonly problems?: number;
}

export interface ServerStatus {
  readonly version: string;
  readonly python: string;
  readonly executable: string;
  readonly folders: readonly FolderStatus[];
}

/** A place as code lenses and code actions name it. */
export interface Place {
  readonly uri: string;
  readonly line: number;
  readonly character: number;
}

type Sender = Pick<LanguageClient, 'sendRequest'>;

export const search = (client: Sender, query: string): Promise<Match[]> =>
  client.sendRequest('canonry/search', { query });

export const similar = (client: Sender, { uri, line, character }: Place): Promise<Similar | null> =>
  client.sendRequest('canonry/similar', { textDocument: { uri }, position: { line, character } });

export const importEdits = (client: Sender, uri: string, module: string, name: string): Promise<TextEdit[]> =>
  client.sendRequest('canonry/import', { textDocument: { uri }, module, name });

export const serverStatus = (client: Sender): Promise<ServerStatus> => client.sendRequest('canonry/status', {});

export const rebuildIndex = (client: Sender): Promise<null> => client.sendRequest('canonry/rebuildIndex', {});
