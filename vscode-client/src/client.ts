/** The running server: started, restarted one request at a time, its state told to the status item. */
import type { Readable } from 'node:stream';
import {
  CancellationError,
  type Disposable,
  type ExtensionContext,
  type LogOutputChannel,
  window,
  workspace,
} from 'vscode';
import {
  DidChangeConfigurationNotification,
  ErrorAction,
  LanguageClient,
  type LanguageClientOptions,
  type Middleware,
  RevealOutputChannelOn,
  State,
} from 'vscode-languageclient/node';
import { commandLine, findServer, type Found } from './discovery';
import { SELECTOR } from './documents';
import { install } from './install';
import { serverLogLevel, StandardError } from './log';
import { onInterpreterChanged } from './pythonExtension';
import { explicitSettings, OF_THE_START, SECTION, serverKeys } from './settings';
import type { Status } from './status';
import { isReason, withReason } from './refused';
import { reportIssue } from './report';
import { serverStatus, type ServerStatus } from './requests';
import { environmentOf, surroundings } from './surroundings';
import { guarded } from './unsafe';

export class Server implements Disposable {
  private client: LanguageClient | undefined;
  private found: Found | undefined;
  /** The work of the last request to start, restart or stop; the next one waits for it. */
  private last: Promise<void> = Promise.resolve();
  /** A restart that has not begun: whoever asks for one more gets this one. */
  private waiting: Promise<void> | undefined;
  /** What discovery has logged the last time. */
  private steps: string[] = [];
  private readonly subscriptions: Disposable[] = [];

  constructor(
    private readonly context: ExtensionContext,
    private readonly log: LogOutputChannel,
    private readonly status: Status,
  ) {
    this.subscriptions.push(
      workspace.onDidChangeConfiguration((event) => {
        if (OF_THE_START.some((name) => event.affectsConfiguration(`${SECTION}.${name}`))) {
          void this.restart();
        }
      }),
      workspace.onDidGrantWorkspaceTrust(() => void this.restart()),
      log.onDidChangeLogLevel(() => void this.sendSettings()),
      window.onDidChangeActiveTextEditor(() => void this.updateStatus()),
    );
    void onInterpreterChanged(() => {
      if (this.client === undefined || this.found?.followsPythonExtension === true) {
        void this.restart();
      }
    }).then(
      (subscription) => subscription && this.subscriptions.push(subscription),
      (error: unknown) => log.warn('The Python extension does not answer:', String(error)),
    );
  }

  /** Starts the server, anew if it runs. Settles when it has answered or could not be started. */
  restart(): Promise<void> {
    this.waiting ??= this.enqueue(async () => {
      this.waiting = undefined;
      await this.stopNow();
      await this.startNow();
    });
    return this.waiting;
  }

  /** The client of the server that runs, or comes up just now; undefined where there is none. */
  async running(): Promise<LanguageClient | undefined> {
    await this.last;
    return this.client?.isRunning() === true ? this.client : undefined;
  }

  /** Gathers what an issue should say. */
  async report(): Promise<void> {
    const client = await this.running();
    const status = client && (await serverStatus(client));
    await reportIssue(this.context, this.found, status, this.steps);
  }

  stop(): Promise<void> {
    return this.enqueue(() => this.stopNow());
  }

  dispose(): void {
    for (const subscription of this.subscriptions) {
      subscription.dispose();
    }
  }

  private enqueue(work: () => Promise<void>): Promise<void> {
    this.last = this.last.then(work);
    return this.last;
  }

  private async startNow(): Promise<void> {
    this.status.starting();
    try {
      this.steps = [];
      const at = await surroundings(this.context, this.log);
      this.found = await findServer({
        ...at,
        log: (line) => {
          this.steps.push(line);
          at.log(line);
        },
      });
      if (this.found === undefined) {
        this.tellNotFound();
        return;
      }
      this.log.info(`Starting ${commandLine(this.found)} lsp`);
      this.client = this.newClient();
      await this.client.start();
    } catch (error) {
      this.log.error('The server could not be started:', error instanceof Error ? error : String(error));
      this.status.failed('could not be started');
    }
  }

  private async stopNow(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    if (client === undefined) {
      return;
    }
    try {
      await client.dispose();
    } catch (error) {
      // It had crashed, or never come up: what matters is that it is gone.
      this.log.info('The server did not end in order:', error instanceof Error ? error.message : String(error));
    }
  }

  private newClient(): LanguageClient {
    const found = this.found as Found;
    const executable = {
      command: found.command,
      args: [...found.args, 'lsp'],
      options: { cwd: this.context.extensionPath, env: environmentOf(found) },
    };
    const standardError = new StandardError(this.log);
    const follow = (input: Readable): void => standardError.follow(input);
    const options: LanguageClientOptions = {
      documentSelector: SELECTOR.map((filter) => ({ ...filter })),
      outputChannel: this.log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      stdioOptions: { stdout: follow, stderr: follow },
      errorHandler: {
        // A server that dies while it is written to fails the writing first. Left to the default, that
        // would end the client for good; what to do is decided once the connection is closed.
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => restarts.closed(),
      },
      initializationOptions: () => this.serverSettings(undefined),
      middleware: this.middleware(),
    };
    const client = new LanguageClient(SECTION, 'Canonry', executable, options);
    const restarts = client.createDefaultErrorHandler();
    client.registerFeature({
      // The server's words for what this client does that others do not.
      fillClientCapabilities: (capabilities) => {
        capabilities.experimental = {
          ...(capabilities.experimental as object | undefined),
          canonry: { compare: true, confirms: true, showsSimilar: true },
        };
      },
      initialize: () => {},
      getState: () => ({ kind: 'static' }),
      clear: () => {},
    });
    client.onDidChangeState(({ newState }) => {
      if (client !== this.client) {
        return; // one that was replaced
      }
      if (newState === State.Starting) {
        this.status.starting();
      } else if (newState === State.Running) {
        void this.updateStatus();
      } else {
        standardError.tell();
        this.status.failed('stopped; the command "Canonry: Restart Server" starts it again');
      }
    });
    return client;
  }

  private middleware(): Middleware {
    return {
      handleWorkDoneProgress: (token, value, next) => {
        if (value.kind === 'end') {
          this.status.progressEnded(token);
          void this.updateStatus();
        } else {
          this.status.progress(token, value.message);
        }
        next(token, value);
      },
      provideCodeActions: async (document, range, context, token, next) => {
        const actions = await next(document, range, context, token);
        return actions && withReason(actions);
      },
      resolveCodeAction: async (action, token, next) => {
        if (isReason(action)) {
          return action;
        }
        try {
          const resolved = await next(action, token);
          return resolved && guarded(resolved, (resolved as { data?: unknown }).data);
        } catch (error) {
          if (!(error instanceof CancellationError)) {
            // VS Code would drop it, and the chosen action would seem to do nothing.
            const reason = error instanceof Error ? error.message : String(error);
            void window.showWarningMessage(`Canonry: ${reason}`);
          }
          throw error;
        }
      },
      workspace: {
        configuration: async (params, token, next) => {
          const answers = await next(params, token);
          if (!Array.isArray(answers)) {
            return answers;
          }
          return params.items.map((item, index) =>
            item.section === SECTION ? this.serverSettings(item.scopeUri) : answers[index],
          );
        },
      },
    };
  }

  /** Asks the server what its index holds, and shows it. */
  private async updateStatus(): Promise<void> {
    const { client } = this;
    let status: ServerStatus | undefined;
    try {
      status = client && (await serverStatus(client));
    } catch (error) {
      this.log.debug('The server did not tell its state:', String(error)); // it is ending
    }
    if (client !== undefined && client === this.client && client.isRunning()) {
      this.status.running(status?.folders ?? []);
    }
  }

  private serverSettings(scope: string | undefined): Record<string, unknown> {
    const resource = scope === undefined ? null : this.client?.protocol2CodeConverter.asUri(scope);
    const configuration = workspace.getConfiguration(SECTION, resource);
    return {
      ...explicitSettings(configuration, serverKeys(this.context.extension.packageJSON)),
      logLevel: serverLogLevel(this.log.logLevel),
    };
  }

  private async sendSettings(): Promise<void> {
    if (this.client?.isRunning() === true) {
      await this.client.sendNotification(DidChangeConfigurationNotification.type, {
        settings: this.serverSettings(undefined),
      });
    }
  }

  private tellNotFound(): void {
    this.log.error('No server found. `pip install canonry` in the environment of the workspace installs it.');
    this.status.failed('no server found');
    const message =
      'Canonry found no server to run. It can be installed for you, into an environment of the extension.';
    void window.showErrorMessage(message, 'Install', 'Show Log').then(async (chosen) => {
      if (chosen === 'Show Log') {
        this.log.show();
      } else if (chosen === 'Install' && (await install(this.context, this.log))) {
        await this.restart();
      }
    });
  }
}
