/** What whoever reads an issue needs to know, gathered into a document that the user can look through first. */
import { env, type ExtensionContext, extensions, Uri, version, window, workspace } from 'vscode';
import { commandLine, type Found } from './discovery';
import { type ServerStatus } from './requests';
import { explicitSettings, SECTION, serverKeys } from './settings';

export async function reportIssue(
  context: ExtensionContext,
  found: Found | undefined,
  status: ServerStatus | undefined,
  steps: readonly string[],
): Promise<void> {
  const manifest = context.extension.packageJSON as { version: string; bugs: { url: string } };
  const configuration = workspace.getConfiguration(SECTION);
  const keys = [...serverKeys(manifest), 'path', 'interpreter', 'importStrategy'];
  const python = extensions.getExtension('ms-python.python')?.packageJSON as { version: string } | undefined;
  const text = [
    '# Canonry: debug information',
    '',
    '<!-- Look it through, take out what nobody should see, and paste it into the issue. -->',
    '',
    '**What happened, and what did you expect?**',
    '',
    '',
    '',
    `- Extension ${manifest.version}, VS Code ${version} (${env.appName}, ${process.platform}-${process.arch})`,
    `- Python extension: ${python?.version ?? 'none'}`,
    `- Server: ${found === undefined ? 'none found' : `${found.version}, ${found.origin}, \`${commandLine(found)}\``}`,
    '',
    ...section('How the server was looked for', steps.join('\n')),
    ...section('State', JSON.stringify(status ?? 'not running', null, 2)),
    ...section('Settings', JSON.stringify(explicitSettings(configuration, keys), null, 2)),
  ].join('\n');
  const document = await workspace.openTextDocument({ language: 'markdown', content: text });
  await window.showTextDocument(document);
  const open = 'Open Issues';
  if ((await window.showInformationMessage('Canonry: describe the issue and paste this into it.', open)) === open) {
    await env.openExternal(Uri.parse(`${manifest.bugs.url}/new`));
  }
}

function section(title: string, body: string): string[] {
  return [`<details><summary>${title}</summary>`, '', '```', body, '```', '', '</details>', ''];
}
