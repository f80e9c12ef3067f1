/** What a first start does for minutes: the demo shop is made while the app is built. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { build, isBuilt } from "./build";
import { markedSeeding } from "./database";
import type { Progress } from "./progress";
import { runScript } from "./run-script";

const SEED = join("db", "seed", "seed.ts");

interface About {
  readonly root: string;
  readonly mode: "start" | "dev";
  readonly settings: { readonly dataDir: string; readonly distDir: string };
  readonly progress: Progress;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Fills the database where `env` tells of one that is empty, and builds the app where its source is not the one built
 * last; both at once, because each alone leaves a core idle. What fails is thrown when the other has ended, so that no
 * demo is left half made.
 */
export async function seedAndBuild(
  { root, mode, settings, progress, signal }: About,
  env: Record<string, string> | undefined,
): Promise<void> {
  const work = new Map<string, (note: (text: string) => void) => Promise<void>>();
  if (env && existsSync(join(root, SEED))) {
    const what = "The demo shop could not be made";
    work.set("making the demo shop", (note) =>
      markedSeeding(settings.dataDir, () => runScript(root, SEED, env, { note, signal, what })),
    );
  }
  if (mode === "start" && !isBuilt(root, settings.distDir))
    work.set("building the app", (note) => build(root, settings.distDir, note, signal));
  if (work.size === 0) return;
  await progress.step([...work.keys()].join(", "), async (step) => {
    const notes: string[] = [];
    const begun = [...work.values()].map((begin, i) =>
      begin((text) => {
        notes[i] = text;
        step.note(notes.filter(Boolean).join(" · "));
      }),
    );
    const ends = await Promise.allSettled(begun);
    const failed = ends.find((end) => end.status === "rejected");
    if (failed) throw failed.reason;
  });
}
