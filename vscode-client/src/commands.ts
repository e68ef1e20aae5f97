/** The commands of the palette, and those that code lenses and code actions run. */
import { commands, type Disposable, type LogOutputChannel, window } from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { Server } from './client';
import { compare, isExcerpt, registerExcerpts } from './definitions';
import { compareWithExisting, cursor, searchExisting, showSimilar, tell } from './pick';
import { type Place, rebuildIndex } from './requests';
import { registerRefused } from './refused';
import { registerUnsafe } from './unsafe';

export function registerCommands(server: Server, log: LogOutputChannel): Disposable[] {
  /** Runs `work` with the client of a server that is up. */
  const withClient = async (work: (client: LanguageClient) => unknown): Promise<void> => {
    const client = await server.running();
    if (client === undefined) {
      const chosen = await window.showWarningMessage('Canonry is not running.', 'Show Log');
      if (chosen !== undefined) {
        log.show();
      }
      return;
    }
    try {
      await work(client);
    } catch (error) {
      tell(error);
    }
  };
  const atPlace = (work: (client: LanguageClient, at: Place) => Promise<void>) => (given?: Place) =>
    withClient(async (client) => {
      // From a menu the argument is a URI: the cursor is what is meant.
      const at = typeof given?.line === 'number' ? given : cursor(client);
      if (at !== undefined) {
        await work(client, at);
      }
    });
  return [
    commands.registerCommand('canonry.restart', () => server.restart()),
    commands.registerCommand('canonry.showLog', () => log.show()),
    commands.registerCommand('canonry.rebuildIndex', () => withClient(rebuildIndex)),
    commands.registerCommand('canonry.searchExisting', () => withClient(searchExisting)),
    commands.registerCommand('canonry.showSimilar', atPlace(showSimilar)),
    commands.registerCommand('canonry.compare', (mine?: unknown, existing?: unknown) =>
      isExcerpt(mine) && isExcerpt(existing)
        ? compare(mine, existing)
        : atPlace(compareWithExisting)(mine as Place | undefined),
    ),
    commands.registerCommand('canonry.reportIssue', () => server.report().catch(tell)),
    registerExcerpts(),
    registerRefused(),
    ...registerUnsafe(),
  ];
}
