/** What a shop keeps outside its database: pictures and secrets. Drawn sizes of pictures are left out. */

import { createReadStream, existsSync } from "node:fs";
import { copyFile, mkdir, readFile, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { contentTypeOf, getFile, hasFile, listFiles, putFile } from "@/lib/storage";
import { keep } from "./keep";
import type { Kept, Manifest } from "./manifest";

const MEDIA = "media/";
const SECRETS = "secrets.json";

/** Copies them into the backup. Files never change under their name, so none that the tables name can be missed. */
export async function keepFiles(
  dataDir: string,
  folder: string,
  note: (text: string) => void,
): Promise<Kept[]> {
  const kept: Kept[] = [];
  for await (const key of listFiles()) {
    const file = await getFile(key);
    if (!file) continue;
    kept.push(await keep(folder, MEDIA + key, Readable.from([file.bytes])));
    note(`${kept.length} pictures`);
  }
  const secrets = join(dataDir, SECRETS);
  if (existsSync(secrets)) kept.push(await keep(folder, SECRETS, createReadStream(secrets)));
  return kept;
}

/** Puts them where this shop keeps its files. What is there already is the same file and stays. */
export async function bringFiles(
  folder: string,
  { files }: Manifest,
  note: (text: string) => void,
): Promise<void> {
  for (const [i, { path }] of files.entries()) {
    note(`${i + 1} of ${files.length} files`);
    if (path.startsWith(MEDIA)) await bringPicture(folder, path);
  }
  note(`${files.length} files`);
}

/**
 * The secrets that sealed what is in the tables, unless this folder has its own already. Answers whether those that
 * are there now are the backup's; true where the backup has none.
 */
export async function bringSecrets(folder: string, { files }: Manifest, dataDir: string): Promise<boolean> {
  if (!files.some(({ path }) => path === SECRETS)) return true;
  const place = join(dataDir, SECRETS);
  if (!existsSync(place)) await bring(folder, SECRETS, dataDir);
  return (await readFile(place)).equals(await readFile(join(folder, SECRETS)));
}

/** Those of the keys under which nothing lies in the backup. */
export function missingPictures(keys: readonly string[], kept: readonly Kept[]): string[] {
  const paths = new Set(kept.map(({ path }) => path));
  return keys.filter((key) => !paths.has(MEDIA + key));
}

async function bringPicture(folder: string, path: string): Promise<void> {
  const key = path.slice(MEDIA.length);
  const type = contentTypeOf(key);
  if (type && !(await hasFile(key))) await putFile(key, await readFile(join(folder, path)), type);
}

/** Whole or not at all. */
async function bring(folder: string, path: string, dataDir: string): Promise<void> {
  const place = join(dataDir, path);
  await mkdir(dirname(place), { recursive: true });
  await copyFile(join(folder, path), `${place}.part`);
  await rename(`${place}.part`, place);
}
