// `npm test` and `npm run check`: installs what is missing, then hands over to scripts/testing/run.ts.
import { ensureInstalled, goOnWith } from "./install.mjs";

if (process.argv.includes("--help")) {
  console.log(`
  npm test                           everything; the last line counts what passed and failed
  npm test -- --only static          types, lint, import rules, unused code, lockfile (the same as: npm run check)
  npm test -- --only unit [FILE…]    vitest against a database of its own
  npm test -- --only e2e [FILE…]     browser journeys against a built shop of its own
`);
} else {
  ensureInstalled();
  await goOnWith("./testing/run.ts");
}
