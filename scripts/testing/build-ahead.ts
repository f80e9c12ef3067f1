/** Builds the app for the journeys while the tests of the database run: those leave a third of the processor idle. */
import { spawn } from "node:child_process";
import type { StepContext } from "./step";

/** Resolves when it is over. Whether it went well is the journeys' to tell: they build what is not built. */
export function buildAhead({ root, signal }: StepContext): Promise<void> {
  return new Promise((done) => {
    const build = [process.execPath, "scripts/run.mjs", "scripts/build.ts", "--if-changed"];
    // Whatever a test waits for goes first.
    const child = spawn("nice", ["-n", "19", ...build], { cwd: root, stdio: "ignore", signal });
    child.once("error", () => done());
    child.once("close", () => done());
  });
}
