// One function a test; each begins with no editor open and the file as it was.
'use strict';

const assert = require('node:assert/strict');
const { readFileSync, writeFileSync } = require('node:fs');
const vscode = require('vscode');
const {
  action,
  actionsAt,
  finding,
  findings,
  lenses,
  noFinding,
  servers,
  typeAtEnd,
  typeDuplicate,
  until,
} = require('./editing.cjs');

const setting = (key, value) =>
  vscode.workspace.getConfiguration('canonry').update(key, value, vscode.ConfigurationTarget.Global);

exports.TESTS = {
  async 'a finding names the existing definition and its place'(plan) {
    const { document } = await typeDuplicate(plan);
    const found = await finding(document);

    assert.equal(found.severity, vscode.DiagnosticSeverity.Warning);
    assert.equal(found.code.value, 'CN001');
    assert.equal(found.code.target.path.endsWith('CN001.md'), true);
    assert.ok(found.message.includes(plan.new) && found.message.includes(plan.existing), found.message);
    assert.equal(document.getText(found.range), plan.new);
    assert.deepEqual([found.range.start.line, found.range.start.character], [plan.line, plan.column]);
    const [best] = found.relatedInformation;
    assert.equal(best.location.uri.fsPath, plan.money);
    assert.equal(best.location.range.start.line, plan.existingLine);
    const existing = await vscode.workspace.openTextDocument(best.location.uri);
    assert.equal(existing.getText(best.location.range), plan.existing.split('.').at(-1));
  },

  async 'the existing one takes the place of the new one, and undo brings it back'(plan) {
    const { document } = await typeDuplicate(plan);
    const typed = document.getText();
    const found = await finding(document);
    const offered = await actionsAt(document, found);
    assert.equal(offered[0].title, plan.action);
    assert.equal(offered[0].isPreferred, true);
    assert.equal(offered[0].kind.value, 'quickfix');

    assert.equal(await vscode.workspace.applyEdit(offered[0].edit), true);
    assert.equal(document.getText(), plan.expected);
    await noFinding(document);

    await vscode.commands.executeCommand('undo');
    await until('the text is back', () => document.getText() === typed);
    await finding(document);
  },

  async 'what is ignored by its comment is no finding any more'(plan) {
    const { document } = await typeDuplicate(plan);
    const before = document.getText().split('\n');
    const ignore = await action(document, await finding(document), plan.ignore);

    assert.equal(await vscode.workspace.applyEdit(ignore.edit), true);
    await noFinding(document);
    const after = document.getText().split('\n');
    const changed = after.filter((line) => !before.includes(line));
    assert.equal(changed.length, 1);
    assert.ok(changed[0].includes('canonry: ignore'), changed[0]);
  },

  async 'what is accepted in the settings is no finding once they are saved'(plan) {
    const { document } = await typeDuplicate(plan);
    const found = await finding(document);
    const accept = await action(document, found, plan.accept);

    assert.equal(await vscode.workspace.applyEdit(accept.edit), true);
    await vscode.workspace.openTextDocument(plan.project).then((project) => project.save());
    await noFinding(document);
    const project = await vscode.workspace.openTextDocument(plan.project);
    assert.ok(project.getText().startsWith(plan.projectBefore), project.getText());
    assert.deepEqual(vscode.languages.getDiagnostics(project.uri), []);
  },

  async 'settings that are not saved yet are changed as they stand'(plan) {
    const { document } = await typeDuplicate(plan);
    const project = await vscode.workspace.openTextDocument(plan.project);
    const edit = new vscode.WorkspaceEdit();
    const unsaved = '# written a moment ago\n\n';
    edit.insert(project.uri, new vscode.Position(0, 0), unsaved);
    assert.equal(await vscode.workspace.applyEdit(edit), true);
    const accept = await action(document, await finding(document), plan.accept);

    assert.equal(await vscode.workspace.applyEdit(accept.edit), true);
    await project.save();
    await noFinding(document);
    assert.ok(project.getText().startsWith(unsaved + plan.projectBefore), project.getText());
  },

  async 'the existing definition opens at its name'(plan) {
    const { document } = await typeDuplicate(plan);
    const open = await action(document, await finding(document), plan.open);
    await vscode.commands.executeCommand(open.command.command, ...open.command.arguments);

    const editor = await until('money.py is shown', () => {
      const active = vscode.window.activeTextEditor;
      return active?.document.uri.fsPath === plan.money && active;
    });
    await until('the name is selected', () => editor.selection.start.line === plan.existingLine);
    assert.equal(editor.document.getText(editor.selection), plan.existing.split('.').at(-1));
  },

  async 'hover tells about the existing definition'(plan) {
    const { document } = await typeDuplicate(plan);
    const found = await finding(document);
    const hovers = await vscode.commands.executeCommand('vscode.executeHoverProvider', document.uri, found.range.start);
    const text = hovers.flatMap((hover) => hover.contents.map((part) => part.value)).join('\n');

    assert.ok(text.includes('parse_amount(text: str) -> Decimal') && text.includes(plan.documentation), text);
  },

  async 'settings are applied without a restart'(plan) {
    const { document } = await typeDuplicate(plan);
    await finding(document);
    const [server] = servers();

    await setting('severity', { CN001: 'hint' });
    await until('a hint', () => findings(document)[0]?.severity === vscode.DiagnosticSeverity.Hint);
    await setting('severity', { CN001: 'off' });
    await noFinding(document);
    await setting('severity', undefined);
    await until('as before', () => findings(document)[0]?.severity === vscode.DiagnosticSeverity.Warning);

    assert.deepEqual(servers(), [server]);
  },

  async 'a definition under other characters than ASCII is found at its place'(plan) {
    const document = await vscode.workspace.openTextDocument(plan.file);
    const editor = await vscode.window.showTextDocument(document);
    await typeAtEnd(editor, `\n\nLABELS = ["😀 größer", "数量"]\n${plan.typed}`);
    const found = await finding(document);

    assert.equal(document.getText(found.range), plan.new);
  },

  async 'an untitled document has findings'(plan) {
    const document = await vscode.workspace.openTextDocument({ language: 'python', content: '' });
    const editor = await vscode.window.showTextDocument(document);
    await typeAtEnd(editor, `from decimal import Decimal, InvalidOperation\n${plan.typed}`);
    const found = await finding(document);

    assert.equal(document.getText(found.range), plan.new);
  },

  async 'a server that is killed comes back, also while it is written to'(plan) {
    const editor = await typeDuplicate(plan);
    const { document } = editor;
    await finding(document);
    const [first] = servers();
    process.kill(first, 'SIGKILL');
    await typeAtEnd(editor, '\n\n# one\n# two\n# three\n');

    await until('another server', () => servers().some((pid) => pid !== first));
    await until('an answer of the new server', async () => {
      const at = findings(document)[0]?.range.start;
      const hovers = at && (await vscode.commands.executeCommand('vscode.executeHoverProvider', document.uri, at));
      return hovers?.length > 0;
    });
    assert.equal(servers().length, 1);
  },

  async 'the command restarts the server'(plan) {
    const { document } = await typeDuplicate(plan);
    await finding(document);
    const before = servers();
    await vscode.commands.executeCommand('canonry.restart');

    await until('one other server', () => servers().length === 1 && servers()[0] !== before[0]);
    await finding(document);
    await vscode.commands.executeCommand('canonry.showLog');
  },

  async 'a file with Windows line ends keeps them'(plan) {
    const crlf = (text) => text.replaceAll('\n', '\r\n');
    writeFileSync(plan.file, crlf(plan.before));
    const document = await vscode.workspace.openTextDocument(plan.file);
    await until('the document is as on disk', () => document.getText() === crlf(plan.before));
    const editor = await vscode.window.showTextDocument(document);
    await typeAtEnd(editor, plan.typed);
    const use = await action(document, await finding(document), plan.action);

    assert.equal(document.eol, vscode.EndOfLine.CRLF);
    assert.equal(await vscode.workspace.applyEdit(use.edit), true);
    assert.equal(document.getText(), crlf(plan.expected));
  },

  async 'a file that another program changes is followed'(plan) {
    const { document } = await typeDuplicate(plan);
    await finding(document);
    const before = readFileSync(plan.money, 'utf8');
    try {
      writeFileSync(plan.money, '"""Nothing here any more."""\n');
      await noFinding(document);
    } finally {
      writeFileSync(plan.money, before);
    }
    await finding(document);
  },

  async 'each folder has its own definitions and its own settings'(plan) {
    const { document } = await typeDuplicate(plan);
    await finding(document);
    const second = await vscode.workspace.openTextDocument(plan.secondFile);
    const editor = await vscode.window.showTextDocument(second);
    await typeAtEnd(editor, `\n\n${plan.typed}`);
    await until('the first folder knows more', async () => {
      const symbols = await vscode.commands.executeCommand('vscode.executeWorkspaceSymbolProvider', 'median_of');
      return symbols.length > 0;
    });
    assert.deepEqual(findings(second), [], 'what only the other folder has is no finding here');

    await typeAtEnd(editor, `\n\n${plan.secondTyped}`);
    const found = await finding(second);
    assert.ok(found.message.includes('median_of'), found.message);
    assert.equal(found.relatedInformation[0].location.uri.fsPath, plan.secondExisting);
    assert.equal(found.severity, vscode.DiagnosticSeverity.Information, "the second folder's pyproject.toml says so");
  },

  async 'a cell of a notebook has findings, and keeps what other cells use'(plan) {
    const cell = (text) => new vscode.NotebookCellData(vscode.NotebookCellKind.Code, text, 'python');
    const imports = 'from decimal import Decimal, InvalidOperation\n';
    const data = new vscode.NotebookData([cell(imports + plan.typed.trim()), cell('1 + 1')]);
    const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', data);
    await vscode.window.showNotebookDocument(notebook);
    const [first, second] = notebook.getCells().map((one) => one.document);
    const found = await finding(first);
    assert.equal(first.getText(found.range), plan.new);
    assert.ok((await action(first, found, plan.action)).edit);

    const edit = new vscode.WorkspaceEdit();
    edit.insert(second.uri, new vscode.Position(0, 0), `${plan.new}("1")\n`);
    await vscode.workspace.applyEdit(edit);
    await until('using the existing one is not offered', async () => {
      const titles = (await actionsAt(first, await finding(first))).map(({ title }) => title);
      return titles.includes(plan.open) && !titles.includes(plan.action);
    });
  },

  async 'what may change something has no edit, but a command that asks'(plan) {
    const { document } = await typeDuplicate({ ...plan, typed: plan.risky });
    const use = await action(document, await finding(document), plan.riskyAction);

    assert.equal(use.edit, undefined);
    assert.equal(use.command.command, 'canonry.applyUnsafe');
    assert.ok(use.command.arguments[0].caution.includes('lru_cache'));
  },

  async 'what is like a definition is listed, and the first one opens'(plan) {
    const editor = await typeDuplicate(plan);
    await finding(editor.document);
    editor.selection = new vscode.Selection(plan.line, plan.column, plan.line, plan.column);
    await vscode.commands.executeCommand('canonry.showSimilar');
    await until('money.py is shown', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return vscode.window.activeTextEditor?.document.uri.fsPath === plan.money;
    });
  },

  async 'a definition is compared with the existing one, nothing else of their files'(plan) {
    const { document } = await typeDuplicate(plan);
    const compare = await action(document, await finding(document), plan.compare);
    await vscode.commands.executeCommand(compare.command.command, ...compare.command.arguments);

    const input = await until('a diff', () => {
      const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
      return tab?.input instanceof vscode.TabInputTextDiff && tab.input;
    });
    const [mine, existing] = await Promise.all(
      [input.original, input.modified].map((uri) => vscode.workspace.openTextDocument(uri)),
    );
    assert.equal(mine.getText().trim(), plan.typed.trim());
    assert.ok(existing.getText().startsWith('def parse_amount(text: str) -> Decimal:\n'), existing.getText());
    assert.equal(existing.languageId, 'python');
  },

  async 'lenses are shown once they are wanted'(plan) {
    const { document } = await typeDuplicate(plan);
    await finding(document);
    assert.deepEqual(await lenses(document), []);
    await setting('codeLens', true);
    await until('lenses', async () => (await lenses(document)).includes('1 similar'));
    const money = await vscode.workspace.openTextDocument(plan.money);
    await until('uses', async () => (await lenses(money)).some((title) => title.startsWith('1 use')));
  },

  async 'a rebuilt index knows the same'(plan) {
    const { document } = await typeDuplicate(plan);
    await finding(document);
    await vscode.commands.executeCommand('canonry.rebuildIndex');
    await until('the finding is there after all', async () => findings(document).length === 1);
    await actionsAt(document, await finding(document));
  },

  async 'an issue is told which server runs, and how it was found'() {
    void vscode.commands.executeCommand('canonry.reportIssue');
    const document = await until(
      'the report',
      () => vscode.window.activeTextEditor?.document.languageId === 'markdown' && vscode.window.activeTextEditor.document,
    );
    const text = document.getText();

    assert.match(text, /- Server: \d+\.\d+/);
    assert.ok(text.includes('setting canonry.interpreter') && text.includes('"definitions":'), text);
  },
};
