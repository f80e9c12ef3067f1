/** The steps of `npm test` that need more than one command: types, vitest, two instances. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { withSkips } from "./skips";
import { type Count, command, runNode, type StepContext } from "./step";

/** Next writes the types of routes first; the compiler then checks everything. One test. */
export async function types(context: StepContext): Promise<Count> {
  const typegen = await command(context, "node_modules/next/dist/bin/next", ["typegen"]);
  return typegen.failed > 0 ? typegen : command(context, "node_modules/typescript/bin/tsc", ["--noEmit"]);
}

type VitestFile = {
  name: string;
  status: string;
  message: string;
  assertionResults: { status: string; fullName: string; failureMessages: string[] | null }[];
};
type VitestReport = Record<"numPassedTests" | "numFailedTests", number> & { testResults: VitestFile[] };

/** Runs vitest and counts its tests. A file that does not even load counts as one failure. */
export async function unit(context: StepContext): Promise<Count> {
  const folder = mkdtempSync(join(tmpdir(), "tallystick-vitest-"));
  const report = join(folder, "report.json");
  try {
    const reporters = [
      "--reporter=./scripts/testing/causes.ts",
      "--reporter=dot",
      "--reporter=json",
      `--outputFile.json=${report}`,
    ];
    const code = await runNode(context, "node_modules/vitest/vitest.mjs", [
      "run",
      ...reporters,
      ...context.files,
    ]);
    const said = JSON.parse(readFileSync(report, "utf8")) as VitestReport;
    const failed = said.numFailedTests || (code === 0 ? 0 : 1);
    const failures = said.testResults.flatMap((file) => failuresOf(file, context.root));
    if (failed > 0 && failures.length === 0)
      failures.push("An error outside of every test: vitest told it above.");
    const skipped = said.testResults.flatMap((file) => skippedOf(file, context.root));
    const count = { passed: said.numPassedTests, failed, failures };
    // Who chooses tests by their names (-t) skips the others.
    const isWhole = !context.files.some((word) => word.startsWith("-"));
    return isWhole ? withSkips(count, skipped) : { ...count, skipped: skipped.length };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Two instances of the shop that the journeys built, with Redis where there is one, and a replica. One test. */
export async function instances(context: StepContext): Promise<Count> {
  if (context.files.length > 0) return { passed: 0, failed: 0 };
  return command(context, "scripts/run.mjs", ["scripts/campaign.ts", "instances", "--short"]);
}

function skippedOf(file: VitestFile, root: string): string[] {
  const isSkipped = (status: string) => status !== "passed" && status !== "failed";
  return file.assertionResults
    .filter(({ status }) => isSkipped(status))
    .map(({ fullName }) => `${relative(root, file.name)} > ${fullName.trim()}`);
}

function failuresOf(file: VitestFile, root: string): string[] {
  const path = relative(root, file.name);
  const tests = file.assertionResults.filter(({ status }) => status === "failed");
  if (tests.length === 0) return file.status === "failed" ? [`${path}\n${head(file.message)}`] : [];
  return tests.map((test) => `${path} > ${test.fullName}\n${head(test.failureMessages?.join("\n") ?? "")}`);
}

const head = (message: string): string => message.split("\n").slice(0, 12).join("\n").slice(0, 1_500);
