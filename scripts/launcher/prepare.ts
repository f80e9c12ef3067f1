/** A shop without a demo, before it starts: a bare store where there is none, and no demo accounts in public. */
import { Problem } from "./problem";
import { runScript } from "./run-script";

/** Runs scripts/prepare.ts. Throws a `Problem` with its sentence where it refuses. */
export async function prepare(
  root: string,
  env: Record<string, string>,
  note: (line: string) => void,
): Promise<void> {
  // The step has a tick of its own.
  const plain = (line: string) => note(line.replace(/^[\s✓]+/, ""));
  await runScript(root, "scripts/prepare.ts", env, {
    note: plain,
    what: "The store could not be prepared",
  }).catch((error: unknown) => {
    const refusal = /✗ (.+)/.exec(String(error))?.[1];
    throw refusal ? new Problem(refusal) : error;
  });
}
