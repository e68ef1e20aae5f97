// A large workspace: how soon the first finding comes, and whether typing stays smooth while the index is built.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { log, main, plan, until, withWorkbench } from './harness.mjs';

await main(() => withWorkbench({ vsix: plan.vsix }, session));

async function session(page, { address, uri }) {
  const lines = page.locator('.editor-instance .monaco-editor .view-lines').first();
  const began = Date.now();
  const since = () => ((Date.now() - began) / 1000).toFixed(1);
  try {
    await page.goto(address([['openFile', uri(plan.file)]]));
    await page.locator('#status\\.editor\\.mode', { hasText: 'Python' }).waitFor();
    log(`extension host up ${since()} s after the folder was opened`);
    await lines.click();
    await page.keyboard.press('Control+End');
    const whileIndexing = await type(plan.typed);
    const early = (await status()).includes('indexing');
    log(`typed ${early ? 'while' : 'after'} the index was built:`, told(whileIndexing));
    await page.locator('.squiggly-warning, .squiggly-info').first().waitFor({ timeout: 300_000 });
    log(`first finding ${since()} s after the folder was opened`);
    await until('the index is ready', async () => (await status()).includes('ready'), 300_000);
    log(`${await status()} ${since()} s after the folder was opened`);
    log('typed with the whole index:', told(await type(plan.typed.replaceAll(plan.name, `${plan.name}_again`))));
    await page.screenshot({ path: join(plan.screenshots, 'large.png') });
    for (const [percent, most] of Object.entries(plan.smooth)) {
      assert.ok(percentile(whileIndexing, Number(percent)) < most, told(whileIndexing));
    }
  } catch (error) {
    await page.screenshot({ path: join(plan.screenshots, 'large-failed.png') });
    throw error;
  }

  /** What the status item says. */
  async function status() {
    await page.locator('#status\\.languageStatus').hover();
    const shown = page.locator('.hover-language-status:visible', { hasText: 'Canonry' });
    await shown.waitFor();
    const text = (await shown.innerText()).replace(/\s+/g, ' ');
    await lines.hover();
    return text;
  }

  /** Types a text; for each key the milliseconds until the page has drawn it. */
  async function type(text) {
    const times = [];
    for (const char of text) {
      const start = performance.now();
      await page.keyboard.type(char);
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(drawn)));
      times.push(performance.now() - start);
    }
    return times;
  }
}

function percentile(times, percent) {
  return [...times].sort((one, other) => one - other)[Math.floor(((times.length - 1) * percent) / 100)];
}

function told(times) {
  const of = (percent) => `${percentile(times, percent).toFixed(0)} ms`;
  return `${times.length} keys, half below ${of(50)}, 95 % below ${of(95)}, all below ${of(100)}`;
}
