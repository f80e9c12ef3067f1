/** `npm run export -- FILE.csv`: writes all products into a file that can be imported again. */
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { sql } from "@/db/client";
import { env } from "@/lib/env";
import { exportProducts } from "@/lib/queries/admin/product-export";
import { createProgress } from "./launcher/progress";

const HELP = `Usage: npm run export -- FILE.csv [OPTIONS]

Writes every product with options, variants, stock, prices and picture addresses (docs/import.md). The same file can be
imported again, into this shop or another one. FILE "-" is the standard output.

  --owner SLUG   the goods of one shop alone
  --help         this

Exit code: 0 the file is whole, 1 it could not be written (an old file of that name is left alone).`;

async function main(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { owner: { type: "string" }, help: { type: "boolean", short: "h" } },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const [file, more] = positionals;
  if (!file || more) throw new Error(`Name one file to write.\n\n${HELP}`);
  const [store] = await sql<{ currency: string }[]>`select currency from settings`;
  if (!store) throw new Error("There is no shop in this database yet: run `npm start` once.");
  const pieces = exportProducts({
    ownerId: values.owner === undefined ? null : await ownerOf(values.owner),
    currency: store.currency,
    mediaUrl: `${env.SITE_URL}/media`,
  });
  if (file === "-") {
    await pipeline(Readable.from(pieces), process.stdout);
    return;
  }
  // npm changes to the project's folder; the file is meant from where the person stands.
  const path = resolve(process.env.INIT_CWD ?? process.cwd(), file);
  await createProgress().step(`exporting to ${basename(path)}`, (step) => write(path, pieces, step.note));
}

async function ownerOf(slug: string): Promise<string> {
  const [owner] = await sql<{ id: string }[]>`select id from owners where slug = ${slug}`;
  if (!owner) throw new Error(`There is no owner "${slug}".`);
  return owner.id;
}

/** The name appears when the file is whole. */
async function write(path: string, pieces: AsyncIterable<string>, note: (text: string) => void) {
  const draft = `${path}.part`;
  let size = 0;
  async function* counted() {
    for await (const piece of pieces) {
      size += piece.length;
      note(`${(size / 1_000_000).toFixed(1)} MB`);
      yield piece;
    }
  }
  try {
    await pipeline(Readable.from(counted()), createWriteStream(draft));
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  } finally {
    note("");
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(`\n  ✗ ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  await sql.end({ timeout: 5 });
}
