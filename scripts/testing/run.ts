/** Runs the checks and counts them; the last line is `N passed, N failed`. */
import { ROOT } from "../install.mjs";
import { seconds } from "../launcher/progress";
import { journeys } from "./journeys";
import { type Count, command, type StepContext } from "./step";
import { instances, types, unit } from "./steps";

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
  { name: "Two instances of the shop", part: "e2e", run: instances },
];

const abort = new AbortController();
process.on("SIGINT", () => abort.abort());
process.on("SIGTERM", () => abort.abort());

await main(process.argv.slice(2));

async function main(args: string[]): Promise<void> {
  const { only, files } = parse(args);
  const wanted = STEPS.filter(({ part }) => !only || part === only);
  const done: Done[] = [];
  // The checks without tests have one thread each: two at once, and what each says is told when it ends.
  const checks = wanted.filter(({ part }) => part === "static").values();
  const inTurn = async () => {
    for (const step of checks) done.push(await perform(step, files, "later"));
  };
  await Promise.all([inTurn(), inTurn()]);
  for (const step of wanted.filter(({ part }) => part !== "static"))
    done.push(await perform(step, files, "at once"));

  const failed = done.filter(({ count }) => count.failed > 0);
  const sum = (of: "passed" | "failed") => done.reduce((all, { count }) => all + count[of], 0);
  const [passed, wrong] = [sum("passed"), sum("failed") + (abort.signal.aborted ? 1 : 0)];
  for (const failure of failed.flatMap(({ count }) => count.failures ?? [])) console.log(`\n✗ ${failure}`);
  console.log(failed.length > 0 ? `\nFailed: ${failed.map(({ name }) => name).join(", ")}` : "");
  console.log(`${passed} passed, ${wrong} failed`);
  process.exit(wrong > 0 || passed === 0 ? 1 : 0);
}

type Done = { name: string; count: Count };

async function perform({ name, run }: Step, files: string[], told: "at once" | "later"): Promise<Done> {
  if (abort.signal.aborted) return { name, count: { passed: 0, failed: 0 } };
  const title = `\n── ${name} ${"─".repeat(Math.max(3, 60 - name.length))}`;
  const said: string[] = [];
  if (told === "at once") console.log(title);
  const say = told === "later" ? { say: (text: string) => said.push(text) } : {};
  const begun = performance.now();
  const count = await run({ root: ROOT, files, signal: abort.signal, ...say }).catch(counted);
  if (told === "later") process.stdout.write(`${title}\n${said.join("")}`);
  const skipped = count.skipped ? `, ${count.skipped} skipped` : "";
  console.log(
    `${count.failed > 0 ? "✗" : "✓"} ${name}: ${count.passed} passed, ${count.failed} failed${skipped} (${seconds(performance.now() - begun)})`,
  );
  return { name, count };
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
