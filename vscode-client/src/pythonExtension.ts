/** The interpreter that is selected in the Python extension, where that extension is there. */
import { type Disposable, type Event, extensions, type Uri } from 'vscode';

/** The part of that extension's API that is used here. */
interface PythonApi {
  readonly environments: {
    readonly onDidChangeActiveEnvironmentPath: Event<unknown>;
    getActiveEnvironmentPath(resource?: Uri): { readonly path: string };
    resolveEnvironment(
      environment: unknown,
    ): Promise<{ readonly executable: { readonly uri?: Uri } } | undefined>;
  };
}

export async function selectedInterpreter(folder: Uri | undefined): Promise<string | undefined> {
  const environments = (await api())?.environments;
  if (environments === undefined) {
    return undefined;
  }
  const resolved = await environments.resolveEnvironment(environments.getActiveEnvironmentPath(folder));
  return resolved?.executable.uri?.fsPath;
}

/** Calls `changed` whenever another interpreter is selected. */
export async function onInterpreterChanged(changed: () => void): Promise<Disposable | undefined> {
  return (await api())?.environments.onDidChangeActiveEnvironmentPath(changed);
}

async function api(): Promise<PythonApi | undefined> {
  const extension = extensions.getExtension<PythonApi>('ms-python.python');
  return extension?.isActive === false ? extension.activate() : extension?.exports;
}
