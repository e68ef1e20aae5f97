// Runs host/index.cjs inside VS Code's extension host, the extension loaded unpacked; its answer is the exit code.
import { log, main, PATIENCE, plan, withWorkbench } from './harness.mjs';

await main(() => withWorkbench({ options: ['--vscode-option', 'enable-smoke-test-driver'] }, session));

async function session(page, { address, uri }) {
  // VS Code's own hooks for tests in a browser: the workbench calls them.
  const ended = new Promise((resolve) => page.exposeFunction('codeAutomationExit', resolve));
  await page.exposeFunction('codeAutomationLog', (type, words) => {
    if (String(words[0]).startsWith('[canonry test]')) {
      log(type, ...words.map((word) => String(word).slice(0, 2_000)));
    }
  });
  await page.goto(
    address([
      ['extensionDevelopmentPath', uri(plan.extension)],
      ['extensionTestsPath', uri(plan.tests)],
    ]),
  );
  const timeout = new Promise((resolve) => setTimeout(resolve, 6 * PATIENCE, 'a timeout').unref());
  const code = await Promise.race([ended, timeout]);
  if (code !== 0) {
    await page.screenshot({ path: `${plan.screenshots}/host-failed.png` });
    throw new Error(`the tests ended with ${code}`);
  }
}
