// What the tests in the extension host do with documents.
'use strict';

const vscode = require('vscode');
const { readFileSync, readdirSync, writeFileSync } = require('node:fs');

const PATIENCE = 60_000;

/** Waits until `probe` answers something truthy, and answers that. */
async function until(what, probe) {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const found = await probe();
    if (found) {
      return found;
    }
    if (Date.now() > deadline) {
      throw new Error(`not within ${PATIENCE / 1000} s: ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Closes all editors and puts the files and the settings back to what they were. */
async function reset(plan) {
  // VS Code has documents of its own open and in use, such as the settings.
  const ours = vscode.workspace.textDocuments.filter(
    ({ isUntitled, uri }) => isUntitled || vscode.workspace.getWorkspaceFolder(uri) !== undefined,
  );
  for (const document of ours.filter(({ isDirty }) => isDirty)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  writeFileSync(plan.file, plan.before);
  writeFileSync(plan.secondFile, plan.secondBefore);
  writeFileSync(plan.project, plan.projectBefore);
  const settings = vscode.workspace.getConfiguration('canonry');
  for (const key of ['reuse.minimumProbability', 'severity', 'codeLens']) {
    if (settings.inspect(key).globalValue !== undefined) {
      await settings.update(key, undefined, vscode.ConfigurationTarget.Global);
    }
  }
}

/** Opens the file and types the duplicate at its end, a line at a time. */
async function typeDuplicate(plan) {
  const document = await vscode.workspace.openTextDocument(plan.file);
  await until('the document is as on disk', () => document.getText() === plan.before);
  const editor = await vscode.window.showTextDocument(document);
  await typeAtEnd(editor, plan.typed);
  return editor;
}

async function typeAtEnd(editor, text) {
  for (const line of text.match(/[^\n]*\n/g)) {
    const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
    const typed = await editor.edit((edit) => edit.insert(end, line));
    if (!typed) {
      throw new Error(`not typed: ${line}`);
    }
  }
}

function findings(document) {
  return vscode.languages.getDiagnostics(document.uri).filter((diagnostic) => diagnostic.source === 'canonry');
}

/** The one finding of a document, once there is one. */
async function finding(document) {
  await until('a finding', () => findings(document).length > 0);
  const found = findings(document);
  if (found.length !== 1) {
    throw new Error(`one finding expected: ${found.map((one) => one.message).join(' | ')}`);
  }
  return found[0];
}

async function noFinding(document) {
  await until('no finding', () => findings(document).length === 0);
}

/** The actions at a finding, their edits computed. VS Code gives the request up where the document changes meanwhile. */
async function actionsAt(document, diagnostic) {
  const most = 20;
  const range = new vscode.Range(diagnostic.range.start, diagnostic.range.start);
  return until('the actions are told', async () => {
    try {
      const command = 'vscode.executeCodeActionProvider';
      return await vscode.commands.executeCommand(command, document.uri, range, undefined, most);
    } catch (error) {
      if (error.name === 'Canceled') {
        return undefined;
      }
      throw error;
    }
  });
}

async function action(document, diagnostic, title) {
  const actions = await actionsAt(document, diagnostic);
  // An unsafe one says behind its title what may change.
  const found = actions.find((one) => one.title === title || one.title.startsWith(`${title} (unsafe: `));
  if (found === undefined) {
    throw new Error(`no action "${title}" among: ${actions.map((one) => one.title).join(' | ')}`);
  }
  return found;
}

/** The words of a document's code lenses. */
async function lenses(document) {
  const most = 50;
  const found = await vscode.commands.executeCommand('vscode.executeCodeLensProvider', document.uri, most);
  return found.map((lens) => lens.command?.title);
}

/** The process ids of this run's servers. */
function servers() {
  const mark = `CANONRY_EDITOR_RUN=${process.env.CANONRY_EDITOR_RUN}`;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => read(pid, 'environ').includes(mark) && read(pid, 'cmdline').endsWith('-m canonry lsp '))
    .map(Number);
}

function read(pid, name) {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return ''; // it has ended meanwhile
  }
}

module.exports = { action, actionsAt, finding, findings, lenses, noFinding, reset, servers, typeAtEnd, typeDuplicate, until };
