// The tests that VS Code runs in its extension host: see host.mjs. They share one window, one after the other.
'use strict';

const { readFileSync, writeFileSync } = require('node:fs');
const { TESTS } = require('./cases.cjs');
const { reset } = require('./editing.cjs');

exports.run = async () => {
  const plan = JSON.parse(readFileSync(process.env.CANONRY_PLAN, 'utf8'));
  const results = {};
  for (const [name, test] of Object.entries(TESTS)) {
    const began = Date.now();
    try {
      await reset(plan);
      await test(plan);
      results[name] = 'passed';
    } catch (error) {
      results[name] = error instanceof Error ? (error.stack ?? error.message) : String(error);
    }
    console.info(`[canonry test] ${name}: ${results[name]} (${Date.now() - began} ms)`);
  }
  writeFileSync(plan.report, JSON.stringify(results));
};
