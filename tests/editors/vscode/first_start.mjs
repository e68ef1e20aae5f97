// The first start on a machine with nothing but a Python: the folder opens, and what it has twice is underlined.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { extensionLog, log, main, plan, withWorkbench } from './harness.mjs';

await main(() => withWorkbench({ vsix: plan.vsix }, session));

async function session(page, { address, uri }) {
  try {
    const began = Date.now();
    const since = () => `${((Date.now() - began) / 1000).toFixed(1)} s after the folder was opened`;
    await page.goto(address([['openFile', uri(plan.file)]]));
    await page.locator('#status\\.editor\\.mode', { hasText: 'Python' }).waitFor();
    log('extension host up', since());
    await page.locator('.squiggly-warning').first().waitFor();
    log('first finding', since());
    const text = extensionLog();
    assert.ok(text.includes(plan.used), text);
  } catch (error) {
    await page.screenshot({ path: join(plan.screenshots, 'first-start-failed.png') });
    throw error;
  }
}
