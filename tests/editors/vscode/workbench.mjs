// What a person sees and does: a duplicate is typed, a squiggle appears, its reasons are read, one key replaces it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { log, main, plan, until, withWorkbench } from './harness.mjs';

await main(() => withWorkbench({ vsix: plan.vsix }, session));

async function session(page, { address, uri }) {
  let pictures = 0;
  const picture = async (name) => {
    const file = `${String(++pictures).padStart(2, '0')}-${name}.png`;
    await page.screenshot({ path: join(plan.screenshots, file) });
  };
  try {
    await open();
    await type();
    await seeProblem();
    await hover();
    await chooseFromMenu();
    await seeResult();
    await seeStatus();
  } catch (error) {
    await picture('failed');
    throw error;
  }

  function squiggle() {
    return page.locator('.squiggly-warning').first();
  }

  function lines() {
    return page.locator('.editor-instance .monaco-editor .view-lines').first();
  }

  async function open() {
    await page.goto(address([['openFile', uri(plan.file)]]));
    await lines().waitFor();
    // Only now the extension host is up; keys pressed earlier may act differently.
    await page.locator('#status\\.editor\\.mode', { hasText: 'Python' }).waitFor();
    log('file open');
    await picture('open');
  }

  async function type() {
    await lines().click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(plan.typed);
    await squiggle().waitFor();
    log('squiggle');
    await picture('squiggle');
  }

  async function seeProblem() {
    await page.keyboard.press('Control+Shift+m');
    const row = page.locator('.markers-panel .monaco-list-row', { hasText: plan.new });
    await row.first().waitFor();
    const text = (await page.locator('.markers-panel .monaco-list').innerText()).replace(/\s+/g, ' ');
    log('problems:', text);
    assert.ok(text.includes(plan.existing), `the existing definition is named: ${text}`);
    assert.ok(text.includes('money.py'), `its place is shown below: ${text}`);
    await picture('problems');
    await page.keyboard.press('Control+Shift+m');
    await row.first().waitFor({ state: 'detached' });
  }

  async function hover() {
    await goToNewName();
    // The finding comes first, what the server says of the existing one a moment later.
    const shown = page
      .locator('.monaco-hover:visible', { hasText: plan.existing })
      .filter({ hasText: plan.documentation });
    await until('the hover is shown', async () => {
      await page.keyboard.press('Control+k');
      await page.keyboard.press('Control+i');
      return appears(shown);
    });
    log('hover:', (await shown.first().innerText()).replace(/\s+/g, ' '));
    await picture('hover');
    await page.keyboard.press('Escape');
    await shown.first().waitFor({ state: 'hidden' });
  }

  async function chooseFromMenu() {
    await goToNewName();
    const use = page.locator('.action-widget .monaco-list-row', { hasText: plan.action });
    // The first key can be swallowed while the editor still asks for the actions.
    await until('the menu is shown', async () => {
      await page.keyboard.press('Control+.');
      return appears(use);
    });
    log('menu:', (await page.locator('.action-widget .monaco-list').innerText()).replace(/\s+/g, ' '));
    await picture('menu');
    await use.first().click();
  }

  async function seeResult() {
    const expected = plan.expected.trimEnd();
    await until(`the text is\n${expected}`, async () => (await editorText(page)).trimEnd() === expected).catch(
      async (error) => {
        throw new Error(`${error.message}\nbut\n${await editorText(page)}`);
      },
    );
    await squiggle().waitFor({ state: 'detached' });
    log('applied');
    await picture('result');
    await page.keyboard.press('Control+s');
    await until('the file is saved', () => readFileSync(plan.file, 'utf8') === plan.expected);
    log('saved');
  }

  /** The `{}` beside the language: what the extension says of the server. */
  async function seeStatus() {
    await page.locator('#status\\.languageStatus').hover();
    const shown = page.locator('.hover-language-status:visible', { hasText: 'Canonry' });
    await shown.waitFor();
    const text = (await shown.innerText()).replace(/\s+/g, ' ');
    log('status:', text);
    assert.match(text, /Canonry: ready version \d+\.\d+/);
    await picture('status');
  }

  /** Puts the caret on the name that the finding is about, as a click would. */
  async function goToNewName() {
    await page.keyboard.press('Control+g');
    await page.locator('.quick-input-widget:visible input').waitFor();
    await page.keyboard.type(`${plan.line + 1}:${plan.column + 2}`);
    await page.keyboard.press('Enter');
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
  }
}

async function appears(locator) {
  try {
    await locator.first().waitFor({ timeout: 3_000 });
    return true;
  } catch {
    return false; // asked again by `until`
  }
}

/** The lines that the editor shows; the file is short enough for all of them to be drawn. */
function editorText(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll('.editor-instance .view-line')]
      .sort((one, other) => parseFloat(one.style.top) - parseFloat(other.style.top))
      .map((line) => line.textContent.replaceAll('\u00a0', ' '))
      .join('\n'),
  );
}
