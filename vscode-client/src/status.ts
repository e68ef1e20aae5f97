/** What Canonry is doing, in the language status item of Python files (the `{}` in the status bar). */
import { type Disposable, languages, LanguageStatusSeverity } from 'vscode';
import type { ProgressToken } from 'vscode-languageclient/node';
import { SELECTOR } from './documents';

export class Status implements Disposable {
  private readonly item = languages.createLanguageStatusItem('canonry.status', [...SELECTOR]);
  private readonly indexing = new Map<ProgressToken, string>();
  private version = '';

  constructor() {
    this.item.name = 'Canonry';
    this.item.command = { title: 'Show Log', command: 'canonry.showLog' };
    this.starting();
  }

  starting(): void {
    this.indexing.clear();
    this.show('Canonry: starting', LanguageStatusSeverity.Information, { busy: true });
  }

  /** The server runs; `version` is its own. */
  running(version: string): void {
    this.version = version;
    this.update();
  }

  /** The server tells how far its work is; several folders may be at work at once. */
  progress(token: ProgressToken, message: string | undefined): void {
    this.indexing.set(token, message ?? '');
    this.update();
  }

  progressEnded(token: ProgressToken): void {
    if (this.indexing.delete(token)) {
      this.update();
    }
  }

  failed(detail: string): void {
    this.indexing.clear();
    this.show('Canonry: not running', LanguageStatusSeverity.Error, { detail });
  }

  dispose(): void {
    this.item.dispose();
  }

  private update(): void {
    const latest = [...this.indexing.values()].at(-1);
    if (latest !== undefined) {
      this.show('Canonry: indexing', LanguageStatusSeverity.Information, { detail: latest, busy: true });
    } else {
      this.show('Canonry: ready', LanguageStatusSeverity.Information, { detail: `version ${this.version}` });
    }
  }

  private show(
    text: string,
    severity: LanguageStatusSeverity,
    { detail = '', busy = false }: { detail?: string; busy?: boolean },
  ): void {
    this.item.text = text;
    this.item.detail = detail;
    this.item.severity = severity;
    this.item.busy = busy;
  }
}
