// The first start on a machine with nothing but a Python: the folder opens, and what it has twice is underlined.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { extensionLog, log, main, PATIENCE, plan, withWorkbench } from './harness.mjs';

await main(() => withWorkbench({ vsix: plan.vsix }, session));

async function session(page, { address, uri }) {
  try {
    const began = Date.now();
    const since = () => `${((Date.now() - began) / 1000).toFixed(1)} s after the folder was opened`;
    await page.goto(address([['openFile', uri(plan.file)]]));
    await page.locator('#status\\.editor\\.mode', { hasText: 'Python' }).waitFor();
    log('extension host up', since());
    if (plan.install) {
      await install();
    }
    // Packages of 100 MB are unpacked first where the server is installed.
    const patience = plan.install ? 4 * PATIENCE : PATIENCE;
    await page.locator('.squiggly-warning, .squiggly-info').first().waitFor({ timeout: patience });
    log('first finding', since());
    const text = extensionLog();
    assert.ok(text.includes(plan.used), text);
    log('activation:', await activation());
  } catch (error) {
    await page.screenshot({ path: join(plan.screenshots, 'first-start-failed.png') });
    throw error;
  }

  /** What the universal build offers where it finds no server. */
  async function install() {
    const offer = page.locator('.notification-toast', { hasText: 'found no server' });
    await offer.waitFor();
    await page.screenshot({ path: join(plan.screenshots, 'first-start-offer.png') });
    await offer.locator('.monaco-button', { hasText: 'Install' }).click();
    log('installing');
  }

  /** What the extension host has measured: *Developer: Show Running Extensions*. */
  async function activation() {
    await page.keyboard.press('F1');
    await page.locator('.quick-input-widget:visible input').waitFor();
    await page.keyboard.type('Developer: Show Running Extensions');
    await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: 'Show Running Extensions' }).waitFor();
    await page.keyboard.press('Enter');
    const row = page.locator('.runtime-extensions-editor .monaco-list-row', { hasText: 'canonry' });
    await row.waitFor();
    const words = (await row.innerText()).replace(/\s+/g, ' ');
    await page.screenshot({ path: join(plan.screenshots, 'first-start-running.png') });
    assert.match(words, /Activation: \d+ms/);
    return words;
  }
}
