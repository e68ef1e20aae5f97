/** Lists of definitions to choose from: what exists for some words, and what is like a definition. */
import { QuickInputButton, type QuickPick, type QuickPickItem, type TextEditor, ThemeIcon, window } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import { compare, excerptOf, insertImport, open } from './definitions';
import { type Definition, type Match, type Place, search, similar } from './requests';
import { explained, label, place, placeOfMatch } from './wording';

const IMPORT: QuickInputButton = { iconPath: new ThemeIcon('add'), tooltip: 'Insert Import' };
const COMPARE: QuickInputButton = { iconPath: new ThemeIcon('diff'), tooltip: 'Compare' };

interface Item extends QuickPickItem {
  readonly definition: Definition;
}

/** "What exists for...?": a search that goes on while one types. */
export function searchExisting(client: LanguageClient): void {
  const editor = pythonEditor();
  const list = newList('What exists for...?', 'A name, its beginnings (rhu), or what it does in a few words');
  let latest = 0;
  const update = async (query: string): Promise<void> => {
    const mine = ++latest;
    list.busy = true;
    try {
      const found = await search(client, query);
      if (mine === latest) {
        list.items = found.map((match) => itemOf(match, place(match), explained(match), buttons(match, editor)));
      }
    } finally {
      if (mine === latest) {
        list.busy = false;
      }
    }
  };
  list.onDidChangeValue((query) => void update(query).catch(tell));
  list.onDidTriggerItemButton(({ item }) => {
    list.hide();
    if (editor !== undefined) {
      void insertImport(client, item.definition, editor).catch(tell);
    }
  });
  list.onDidAccept(() => chooseFirst(list));
  list.show();
  void update('').catch(tell);
}

/** What is like the definition at a place. */
export async function showSimilar(client: LanguageClient, at: Place): Promise<void> {
  const found = await similar(client, at);
  if (found === null) {
    void window.showInformationMessage('Canonry: there is no function or class at the cursor.');
    return;
  }
  const { symbol, matches } = found;
  if (matches.length === 0) {
    void window.showInformationMessage(`Canonry: nothing here is like ${symbol.name}.`);
    return;
  }
  const editor = pythonEditor();
  const list = newList(`Like ${symbol.name}`, 'Enter opens it');
  list.items = matches.map((match) =>
    itemOf(match, placeOfMatch(match), match.why.join('; '), [COMPARE, ...buttons(match, editor)]),
  );
  list.onDidTriggerItemButton(({ item, button }) => {
    list.hide();
    if (button.tooltip === COMPARE.tooltip) {
      void compare(excerptOf(symbol), excerptOf(item.definition));
    } else if (editor !== undefined) {
      void insertImport(client, item.definition, editor).catch(tell);
    }
  });
  list.onDidAccept(() => chooseFirst(list));
  list.show();
}

/** The definition at a place beside the one that it is most like. */
export async function compareWithExisting(client: LanguageClient, at: Place): Promise<void> {
  const found = await similar(client, at);
  const other = found?.matches[0];
  if (found === null || other === undefined) {
    void window.showInformationMessage('Canonry: nothing here is like what is at the cursor.');
  } else {
    await compare(excerptOf(found.symbol), excerptOf(other));
  }
}

/** The place of the cursor in the active Python editor. */
export function cursor(client: LanguageClient): Place | undefined {
  const editor = pythonEditor();
  if (editor === undefined) {
    void window.showInformationMessage('Canonry: open a Python file and put the cursor on a definition.');
    return undefined;
  }
  const { line, character } = editor.selection.active;
  return { uri: client.code2ProtocolConverter.asUri(editor.document.uri), line, character };
}

function newList(title: string, placeholder: string): QuickPick<Item> {
  const list = window.createQuickPick<Item>();
  list.title = title;
  list.placeholder = placeholder;
  list.matchOnDescription = list.matchOnDetail = true;
  // The server's order is the answer; VS Code would put labels first that have the letters early.
  (list as { sortByLabel?: boolean }).sortByLabel = false;
  list.onDidHide(() => list.dispose());
  return list;
}

function itemOf(
  definition: Definition,
  description: string,
  detail: string,
  itemButtons: readonly QuickInputButton[],
): Item {
  // Already found by the server: not to be filtered by its letters once more.
  return { label: label(definition), description, detail, definition, buttons: itemButtons, alwaysShow: true };
}

function buttons(match: Match, editor: TextEditor | undefined): QuickInputButton[] {
  return match.importable && editor !== undefined ? [IMPORT] : [];
}

function chooseFirst(list: QuickPick<Item>): void {
  const chosen = list.activeItems[0];
  list.hide();
  if (chosen !== undefined) {
    void open(chosen.definition).catch(tell);
  }
}

function pythonEditor(): TextEditor | undefined {
  const editor = window.activeTextEditor;
  return editor?.document.languageId === 'python' ? editor : undefined;
}

export function tell(error: unknown): void {
  void window.showErrorMessage(`Canonry: ${error instanceof Error ? error.message : String(error)}`);
}
