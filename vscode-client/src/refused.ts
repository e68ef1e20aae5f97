/**
 * Changes that the server refuses. VS Code leaves disabled actions out of the menu of quick fixes: who expects
 * "Use existing" there would see neither it nor why not. So the first one is shown, and tells its reason.
 */
import { CodeAction, type Command, commands, type Disposable, window } from 'vscode';

const TELL = 'canonry.tellRefusal';

/** A menu with the reason of its best change, where that is refused; every other menu as it is. */
export function withReason(actions: (CodeAction | Command)[]): (CodeAction | Command)[] {
  const [best, ...others] = actions;
  if (!(best instanceof CodeAction) || best.disabled === undefined) {
    return actions;
  }
  const { reason } = best.disabled;
  const told = new CodeAction(`${best.title}: not here, ${reason}`, best.kind);
  if (best.diagnostics !== undefined) {
    told.diagnostics = best.diagnostics;
  }
  told.command = { title: best.title, command: TELL, arguments: [best.title, reason] };
  return [told, ...others];
}

/** Whether an action only tells a reason: the server knows nothing of it. */
export function isReason(action: CodeAction): boolean {
  return action.command?.command === TELL;
}

export function registerRefused(): Disposable {
  return commands.registerCommand(TELL, (title: string, reason: string) =>
    window.showWarningMessage(`${title}: not here, ${reason}.`),
  );
}
