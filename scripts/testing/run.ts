/** Runs the checks one after the other and counts them; the last line is `N passed, N failed`. */
import { ROOT } from "../install.mjs";
import { seconds } from "../launcher/progress";
import { journeys } from "./journeys";
import { type Count, command, type StepContext } from "./step";
import { types, unit } from "./steps";

type Step = { name: string; part: "static" | "unit" | "e2e"; run: (context: StepContext) => Promise<Count> };

const tool = (name: string, part: Step["part"], file: string, ...args: string[]): Step => ({
  name,
  part,
  run: (context) => command(context, file, args),
});

const STEPS: Step[] = [
  { name: "Types", part: "static", run: types },
  tool("Lint and format", "static", "node_modules/@biomejs/biome/bin/biome", "ci", "--error-on-warnings"),
  tool("Import rules", "static", "scripts/rules.mjs"),
  tool("Unused code", "static", "node_modules/knip/bin/knip.js", "--no-progress"),
  tool("Lockfile", "static", "scripts/lockfile.mjs"),
  tool("Settings in docs", "static", "scripts/run.mjs", "scripts/environment.ts", "--check"),
  tool("Packages and licences", "static", "scripts/run.mjs", "scripts/supply.ts"),
  tool("Migrations", "static", "scripts/run.mjs", "scripts/migration-lint.ts"),
  { name: "Unit and database tests", part: "unit", run: unit },
  { name: "Build and browser journeys", part: "e2e", run: journeys },
];

const abort = new AbortController();
process.on("SIGINT", () => abort.abort());
process.on("SIGTERM", () => abort.abort());

await main(process.argv.slice(2));

async function main(args: string[]): Promise<void> {
  const { only, files } = parse(args);
  const total: Count = { passed: 0, failed: 0 };
  const failed: string[] = [];
  const failures: string[] = [];
  for (const step of STEPS.filter(({ part }) => !only || part === only)) {
    if (abort.signal.aborted) break;
    console.log(`\n── ${step.name} ${"─".repeat(Math.max(3, 60 - step.name.length))}`);
    const begun = performance.now();
    const count = await step.run({ root: ROOT, files, signal: abort.signal }).catch(counted);
    total.passed += count.passed;
    total.failed += count.failed;
    if (count.failed > 0) failed.push(step.name);
    failures.push(...(count.failures ?? []));
    const skipped = count.skipped ? `, ${count.skipped} skipped` : "";
    console.log(
      `${count.failed > 0 ? "✗" : "✓"} ${step.name}: ${count.passed} passed, ${count.failed} failed${skipped} (${seconds(performance.now() - begun)})`,
    );
  }
  if (abort.signal.aborted) total.failed += 1;
  for (const failure of failures) console.log(`\n✗ ${failure}`);
  console.log(failed.length > 0 ? `\nFailed: ${failed.join(", ")}` : "");
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);
}

function parse(args: string[]): { only: Step["part"] | undefined; files: string[] } {
  const at = args.indexOf("--only");
  if (at < 0) return { only: undefined, files: args };
  const only = STEPS.find(({ part }) => part === args[at + 1])?.part;
  if (!only) {
    console.error(`--only takes static, unit or e2e, not ${args[at + 1] ?? "nothing"}.`);
    process.exit(1);
  }
  return { only, files: args.filter((_, i) => i !== at && i !== at + 1) };
}

function counted(error: unknown): Count {
  console.error(error instanceof Error ? (error.name === "Problem" ? error.message : error.stack) : error);
  return { passed: 0, failed: 1 };
}
