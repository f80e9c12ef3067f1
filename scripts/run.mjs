// Runs one of our TypeScript scripts: `node scripts/run.mjs scripts/NAME.ts [ARGUMENTS]`. Installs what is missing first.
import { ensureInstalled, goOnWith } from "./install.mjs";

const [file, ...rest] = process.argv.slice(2);
ensureInstalled();
process.argv = [process.argv[0], file, ...rest];
await goOnWith(`../${file}`);
