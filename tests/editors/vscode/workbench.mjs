// What a person sees and does: a duplicate is typed, a squiggle appears, its reasons are read, one key or one
// click replaces it; what may change something is looked at first; and what exists is searched for.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { log, main, plan, until, withWorkbench } from './harness.mjs';

await main(() => withWorkbench({ vsix: plan.vsix }, session));

async function session(page, { address, uri }) {
  let pictures = 0;
  let before = '';
  const picture = async (name) => {
    const file = `${String(++pictures).padStart(2, '0')}-${name}.png`;
    await page.screenshot({ path: join(plan.screenshots, file) });
  };
  try {
    await open();
    await type();
    await seeProblem();
    await hover();
    await chooseByKeyboard();
    await seeResult('result');
    await undo();
    await chooseByLightbulb();
    await seeResult('result-again');
    await save();
    await seeStatus();
    await searchAndImport();
    await searchAndOpen();
    await useUnsafe();
    await readRefusal();
  } catch (error) {
    await picture('failed');
    throw error;
  }

  function squiggle() {
    return page.locator('.squiggly-warning, .squiggly-info').first();
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
    await goTo(plan.line, plan.column);
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

  async function chooseByKeyboard() {
    await goTo(plan.line, plan.column);
    await openMenu(plan.action);
    const titles = await page.locator('.action-widget .monaco-list-row.action').allInnerTexts();
    log('menu:', titles.join(' | '));
    assert.ok(titles[0].includes(plan.action), `the safe one comes first: ${titles}`);
    await picture('menu');
    // The preferred one has the focus.
    before = await editorText(page);
    await page.keyboard.press('Enter');
  }

  /** One step takes back all that a fix has done. */
  async function undo() {
    await page.keyboard.press('Control+z');
    await seeText(before);
    await squiggle().waitFor();
    log('undone');
  }

  async function chooseByLightbulb() {
    const use = entry(plan.action);
    await until('the lightbulb is clicked', async () => {
      // It comes when the caret does.
      await goTo(0, 0);
      await goTo(plan.line, plan.column);
      const bulb = page.locator('.lightBulbWidget:visible, [class*=gutter-lightbulb]:visible').first();
      return (await appears(bulb)) && (await bulb.click().then(() => appears(use)));
    });
    await use.first().click();
  }

  async function seeResult(name) {
    await seeText(plan.expected);
    await squiggle().waitFor({ state: 'detached' });
    log('applied');
    await picture(name);
  }

  async function save() {
    await page.keyboard.press('Control+s');
    await until('the file is saved', () => readFileSync(plan.file, 'utf8') === plan.expected);
    log('saved');
  }

  async function searchAndImport() {
    const found = await search(plan.prose, plan.found);
    await picture('search');
    await found.hover();
    await found.locator('.codicon-add').click();
    await seeText(plan.imported);
    await page.keyboard.press('Control+z');
    await seeText(plan.expected);
    log('imported, and undone');
  }

  async function searchAndOpen() {
    await search(plan.letters, plan.found);
    await page.keyboard.press('Enter');
    await page.locator('.tab.active', { hasText: plan.foundIn }).waitFor();
    await picture('opened');
    await page.keyboard.press('Control+w');
    await page.locator('.tab.active', { hasText: 'checkout.py' }).waitFor();
    log('opened, and closed');
  }

  async function useUnsafe() {
    await lines().click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(plan.risky);
    await squiggle().waitFor();
    const place = plan.expected.trimEnd().split('\n').length;
    await goTo(place + plan.riskyLine, 6);
    await openMenu(plan.riskyAction);
    const titles = await page.locator('.action-widget .monaco-list-row.action').allInnerTexts();
    log('menu of an unsafe one:', titles.join(' | '));
    assert.ok(titles.some((one) => one.includes(`${plan.riskyAction} (unsafe: ${plan.caution}`)), `${titles}`);
    await picture('unsafe-menu');
    before = await editorText(page);
    await entry(plan.riskyAction).first().click();
    const dialog = page.locator('.monaco-dialog-box:visible');
    await dialog.waitFor();
    const words = (await dialog.innerText()).replace(/\s+/g, ' ');
    log('dialog:', words);
    assert.ok(words.includes(plan.caution), words);
    await picture('unsafe');
    await dialog.locator('.monaco-button', { hasText: 'Preview' }).click();
    await page.locator('.monaco-diff-editor:visible').waitFor();
    const apply = page.locator('.notification-toast .monaco-button', { hasText: 'Apply' });
    await apply.waitFor();
    await picture('preview');
    await apply.click();
    await page.locator('.monaco-diff-editor:visible').waitFor({ state: 'detached' });
    await until('the existing one is used', async () => (await editorText(page)).includes(plan.riskyResult));
    await squiggle().waitFor({ state: 'detached' });
    await picture('unsafe-applied');
    log('applied after a look');
    await lines().click();
    await undo();
    await picture('unsafe-undone');
  }

  /** While something else in the file does not parse nothing is rewritten; the menu says why. */
  async function readRefusal() {
    await lines().click();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('def (\n');
    const place = plan.expected.trimEnd().split('\n').length + 1;
    await goTo(place + plan.riskyLine, 6);
    await openMenu(`${plan.riskyAction}: not here`);
    const [first] = await page.locator('.action-widget .monaco-list-row.action').allInnerTexts();
    log('menu of a refused one:', first);
    assert.ok(first.includes('does not parse at line'), first);
    await picture('refused-menu');
    await entry(plan.riskyAction).first().click();
    await page.locator('.notification-toast', { hasText: 'does not parse at line' }).waitFor();
    await picture('refused');
  }

  /** Opens the search, types, and waits for the first row to be what is wanted. */
  async function search(words, wanted) {
    await run('Canonry: What Exists for');
    await page.locator('.quick-input-title:visible', { hasText: 'What exists for' }).waitFor();
    await page.keyboard.type(words);
    const first = page.locator('.quick-input-list .monaco-list-row').first();
    await until(`${words} finds ${wanted}`, async () => (await first.innerText()).includes(wanted));
    log('found:', (await first.innerText()).replace(/\s+/g, ' '));
    return first;
  }

  /** Runs a command from the palette. */
  async function run(title) {
    await page.keyboard.press('F1');
    await page.locator('.quick-input-widget:visible input').waitFor();
    await page.keyboard.type(title);
    await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: title }).waitFor();
    await page.keyboard.press('Enter');
  }

  function entry(title) {
    return page.locator('.action-widget .monaco-list-row', { hasText: title });
  }

  /** Opens the menu of quick fixes. The first key can be swallowed while the editor still asks for the actions. */
  async function openMenu(title) {
    await until('the menu is shown', async () => {
      await page.keyboard.press('Control+.');
      return appears(entry(title));
    });
  }

  async function seeText(text) {
    const expected = text.trimEnd();
    await until(`the text is\n${expected}`, async () => (await editorText(page)).trimEnd() === expected).catch(
      async (error) => {
        throw new Error(`${error.message}\nbut\n${await editorText(page)}`);
      },
    );
  }

  /** The `{}` beside the language: what the extension says of the server. */
  async function seeStatus() {
    await page.locator('#status\\.languageStatus').hover();
    const shown = page.locator('.hover-language-status:visible', { hasText: 'Canonry' });
    await shown.waitFor();
    const text = (await shown.innerText()).replace(/\s+/g, ' ');
    log('status:', text);
    assert.match(text, /Canonry: ready \d+ definitions/);
    await picture('status');
  }

  /** Puts the caret behind the first letter of a name, as a click would. */
  async function goTo(line, column) {
    await page.keyboard.press('Control+g');
    await page.locator('.quick-input-widget:visible input').waitFor();
    await page.keyboard.type(`${line + 1}:${column + 2}`);
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
