import type { ExtensionContext } from 'vscode';
import { Server } from './client';
import { registerCommands } from './commands';
import { createLog } from './log';
import { Status } from './status';

let server: Server | undefined;

export function activate(context: ExtensionContext): void {
  const log = createLog();
  const status = new Status();
  server = new Server(context, log, status);
  context.subscriptions.push(log, status, server, ...registerCommands(server, log));
  // Not awaited: the extension is active at once, the status item tells how far the server is.
  void server.restart();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
