/** The commands of the palette. */
import { commands, type Disposable, type LogOutputChannel } from 'vscode';
import type { Server } from './client';

export function registerCommands(server: Server, log: LogOutputChannel): Disposable[] {
  return [
    commands.registerCommand('canonry.restart', () => server.restart()),
    commands.registerCommand('canonry.showLog', () => log.show()),
  ];
}
