/** The output channel "Canonry": discovery's steps, the client's state, what the server says. */
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { LogLevel, type LogOutputChannel, window } from 'vscode';

export function createLog(): LogOutputChannel {
  return window.createOutputChannel('Canonry', { log: true });
}

/** How much the server has to say for a channel's level; in the words of its setting `logLevel`. */
export function serverLogLevel(level: LogLevel): 'debug' | 'info' | 'warning' | 'error' {
  switch (level) {
    case LogLevel.Trace:
    case LogLevel.Debug:
      return 'debug';
    case LogLevel.Info:
      return 'info';
    case LogLevel.Warning:
      return 'warning';
    default:
      return 'error';
  }
}

/**
 * What the server writes to standard error. It sends what it logs as messages too, so in good times this
 * is for debugging only; when it ends unasked, its last lines say why.
 */
export class StandardError {
  private static readonly MOST_LINES = 40;
  private lines: string[] = [];

  constructor(private readonly log: LogOutputChannel) {}

  follow(input: Readable): void {
    createInterface({ input }).on('line', (line) => {
      this.log.debug(`[stderr] ${line}`);
      this.lines.push(line);
      this.lines.splice(0, this.lines.length - StandardError.MOST_LINES);
    });
  }

  /** Writes the last lines to the log, for everyone to see. */
  tell(): void {
    if (this.lines.length > 0) {
      this.log.error(`The server's last words:\n${this.lines.join('\n')}`);
    }
    this.lines = [];
  }
}
