/** `npm run backup`: one state of the whole shop as a folder, taken while it runs. */
import { existsSync } from "node:fs";
import { open, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { env, requireEnv } from "@/lib/env";
import { dump } from "./backing-up/dump";
import { keepFiles, missingPictures } from "./backing-up/files";
import { filesOf, type Manifest } from "./backing-up/manifest";
import { makeFolder } from "./launcher/folder";
import { asProblem, Problem } from "./launcher/problem";
import { createProgress, type Progress } from "./launcher/progress";

const USAGE = `Usage: npm run backup [-- OPTIONS]

Writes the whole shop into a new folder that is named after this moment: every table in one state of the database,
pictures, and the shop's secrets. The shop may run meanwhile. Needs no pg_dump. How to bring it back,
and how to have it done every night: docs/backup.md.

  --to FOLDER   where the new folder comes to lie; "backups" when left out
  --quiet       says nothing but what goes wrong, and the folder's name
  --help        this

Exit code: 0 the backup is whole, 1 it was not taken, and nothing is left behind.`;

export interface Source {
  readonly url: string;
  readonly dataDir: string;
}

/** Takes a backup into a folder below `to`; answers its path. @throws Problem where it cannot */
export async function backUp(
  { url, dataDir }: Source,
  to: string,
  progress: Progress,
): Promise<{ folder: string; manifest: Manifest }> {
  const stamp = new Date()
    .toISOString()
    .replace(/\.\d+Z$/, "Z")
    .replaceAll(":", "");
  const folder = join(to, `tallystick-${stamp}`);
  const draft = `${folder}.part`;
  if (existsSync(folder) || existsSync(draft))
    throw new Problem(`${folder} is there already: another backup was begun in this second.`);
  try {
    makeFolder(join(draft, "tables"), 0o700);
    const { database, pictures } = await progress.step("the database", async (step) => {
      const dumped = await dump(url, draft, step.note);
      step.note(`${dumped.database.tables.length} tables, ${rowsOf(dumped.database)} rows`);
      return dumped;
    });
    const files = await progress.step("pictures and files", (step) => keepFiles(dataDir, draft, step.note));
    const missing = missingPictures(pictures, files);
    if (missing.length > 0)
      progress.say(
        `! ${missing.length} pictures that products or orders name are not stored, such as ${missing[0]}`,
      );
    const manifest = { ...database, files };
    // Written last: a folder without it is no backup.
    await writeDown(join(draft, "manifest.json"), `${JSON.stringify(manifest, null, 1)}\n`);
    await rename(draft, folder);
    return { folder, manifest };
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    const told = asProblem(error, to);
    // The folder is the one that was asked for here, not the shop's own.
    throw told instanceof Problem
      ? new Problem(told.message.replace("set DATA_DIR to", "name with --to"))
      : told;
  }
}

async function main(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      to: { type: "string", default: "backups" },
      quiet: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  // npm changes to the project's folder; the folder is meant from where the person stands.
  const to = resolve(process.env.INIT_CWD ?? process.cwd(), values.to);
  const source = { url: requireEnv("DATABASE_URL"), dataDir: env.DATA_DIR };
  const { folder, manifest } = await backUp(source, to, createProgress(values.quiet));
  const mib = filesOf(manifest).reduce((sum, { size }) => sum + size, 0) / 1_048_576;
  console.log(
    values.quiet
      ? folder
      : `  ✓ ${folder} (${mib.toFixed(1)} MiB). It holds the shop's secrets: keep it safe.`,
  );
}

const rowsOf = ({ tables }: Pick<Manifest, "tables">): number =>
  tables.reduce((sum, { rows }) => sum + rows, 0);

/** On the disk, not merely on its way there. */
async function writeDown(path: string, text: string): Promise<void> {
  await writeFile(path, text, { mode: 0o600 });
  const file = await open(path);
  await file.sync();
  await file.close();
}

const entry = process.argv[1];
if (entry && import.meta.url === pathToFileURL(entry).href) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(`\n  ✗ ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
