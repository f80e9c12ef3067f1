/** `npm run restore -- FOLDER`: puts a backup into an empty database, and has the doctor read what is there then. */
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { migrate } from "@/db/migrate";
import { bringFiles, bringSecrets } from "./backing-up/files";
import { load } from "./backing-up/load";
import { checkFiles, type Manifest, readManifest } from "./backing-up/manifest";
import { prepare, requireFree, requireKnown } from "./backing-up/target";
import { examine } from "./doctor";
import { countOf, textOf } from "./doctor/report";
import { ROOT } from "./install.mjs";
import { asProblem, Problem } from "./launcher/problem";
import { createProgress, type Progress } from "./launcher/progress";
import { loadDotEnv, readSettings } from "./launcher/settings";

const USAGE = `Usage: npm run restore -- FOLDER [OPTIONS]

Puts a backup (npm run backup) into an empty database and its pictures beside it, brings it up to this version, and has
the doctor read the books of what is there then. The shop must not run on that database. See docs/backup.md.

  --into postgres://…   the database to fill; the shop's own when left out
  --force NAME          the name of a database that is not empty: everything in it is lost
  --check               only reads the backup and compares it with its list; needs no database
  --help                this

Exit code: 0 restored (or, with --check, whole) and the books are right, 1 restored but the books are wrong,
2 not restored: the backup is not whole, or the database is not free.`;

export interface Target {
  readonly url: string;
  readonly dataDir: string;
  /** The name of a database that may be emptied. */
  readonly force?: string | undefined;
}

/** Fills the target with a backup. Answers whether the books are right. @throws Problem where nothing could be restored */
export async function restore(folder: string, target: Target, progress: Progress): Promise<boolean> {
  const manifest = await check(folder, progress);
  const { url, dataDir } = target;
  await requireFree(url, target.force);
  await progress.step(`the database of ${manifest.takenAt}`, async (step) => {
    step.note("tables");
    await prepare(url, manifest);
    await load(url, folder, manifest, step.note);
    step.note("migrations since then");
    await migrate(url);
    step.note(`${manifest.tables.reduce((sum, { rows }) => sum + rows, 0)} rows`);
  });
  await progress.step("pictures and files", (step) => bringFiles(folder, manifest, step.note));
  if (!(await bringSecrets(folder, manifest, dataDir)))
    progress.say(
      `! ${join(dataDir, "secrets.json")} is not the backup's: people's second factors and links in sent mails want the one in ${folder}.`,
    );
  const report = await progress.step("the books", () =>
    examine(url, { only: [], json: false, gateway: "leave", waiting: false, quiet: true }),
  );
  console.log(`\n${textOf(report)}`);
  return countOf(report) === 0;
}

/** Reads the whole backup. @throws Problem where it is not what was written, or not of this version */
async function check(folder: string, progress: Progress): Promise<Manifest> {
  const manifest = await readManifest(folder);
  await progress.step("the backup is whole", (step) => checkFiles(folder, manifest, step.note));
  requireKnown(manifest);
  return manifest;
}

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      into: { type: "string" },
      force: { type: "string" },
      check: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const [given, more] = positionals;
  if (!given || more) throw new Problem(`Name the folder of one backup.\n\n${USAGE}`);
  const progress = createProgress();
  const folder = resolve(process.env.INIT_CWD ?? process.cwd(), given);
  if (values.check) {
    await check(folder, progress);
    return 0;
  }
  if (process.env.SHOP_RUNS) throw new Problem("The shop runs: stop it with Ctrl-C first.");
  const { dataDir } = settings();
  const url = values.into ?? (process.env.SHOP_DATABASE && process.env.DATABASE_URL);
  if (url) {
    if (!/^postgres(ql)?:\/\/[^/]+\/./.test(url))
      throw new Problem("--into is a postgres:// address with the name of a database.");
    return (await restore(folder, { url, dataDir, force: values.force }, progress)) ? 0 : 1;
  }
  // The folder's secrets come first: opening the shop's own database would make new ones.
  await bringSecrets(folder, await check(folder, createProgress(true)), dataDir);
  process.argv = [
    process.argv[0] ?? "node",
    join(ROOT, "scripts/with-shop.ts"),
    "scripts/restore.ts",
    ...args,
  ];
  await import("./with-shop");
  return 0;
}

function settings() {
  loadDotEnv(ROOT);
  const read = readSettings(process.env);
  process.env.DATA_DIR = read.dataDir;
  return read;
}

// By its name: in an image a part of it lies in another file.
if (/restore\.(ts|mjs)$/.test(process.argv[1] ?? "")) {
  main(process.argv.slice(2)).then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      const told = asProblem(error, "the data folder");
      console.error(`\n  ✗ ${told instanceof Error ? told.message : String(told)}\n`);
      process.exitCode = 2;
    },
  );
}
