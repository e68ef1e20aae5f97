/** What Canonry is doing, in the language status item of Python files (the `{}` in the status bar). */
import { type Disposable, languages, LanguageStatusSeverity } from 'vscode';
import type { ProgressToken } from 'vscode-languageclient/node';
import { SELECTOR } from './documents';
import type { FolderStatus } from './requests';
import { type State, state } from './wording';

const SEVERITIES = {
  information: LanguageStatusSeverity.Information,
  warning: LanguageStatusSeverity.Warning,
  error: LanguageStatusSeverity.Error,
};

export class Status implements Disposable {
  private readonly item = languages.createLanguageStatusItem('canonry.status', [...SELECTOR]);
  private readonly indexing = new Map<ProgressToken, string>();
  private folders: readonly FolderStatus[] = [];

  constructor() {
    this.item.name = 'Canonry';
    this.item.command = { title: 'Show Log', command: 'canonry.showLog' };
    this.starting();
  }

  starting(): void {
    this.indexing.clear();
    this.folders = [];
    this.show({ text: 'Canonry: starting', detail: '', severity: 'information', busy: true });
  }

  /** The server runs, and its index holds what `folders` say. */
  running(folders: readonly FolderStatus[]): void {
    this.folders = folders;
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
    this.show({ text: 'Canonry: not running', detail, severity: 'error', busy: false });
  }

  dispose(): void {
    this.item.dispose();
  }

  private update(): void {
    this.show(state(this.folders, [...this.indexing.values()].at(-1)));
  }

  private show({ text, detail, severity, busy }: State): void {
    this.item.text = text;
    this.item.detail = detail;
    this.item.severity = SEVERITIES[severity];
    this.item.busy = busy;
  }
}
