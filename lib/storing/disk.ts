/** Files on this machine's disk, below one folder. */
import { randomUUID } from "node:crypto";
import { mkdir, opendir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { type Place, StorageFailure } from "./place";

/** Whether the disk has no room for what was written. */
export const isFull = (error: unknown): boolean => hasCode(error, ["ENOSPC", "EDQUOT"]);

/** Keeps files below `folder`, which is made when it is missing. Reading throws what the file system throws. */
export function diskPlace(folder: string): Place {
  const placeOf = (key: string) => path.join(/* turbopackIgnore: true */ folder, key);
  return {
    async put(key, bytes) {
      const place = placeOf(key);
      const draft = `${place}.${randomUUID()}.part`;
      try {
        await keepWhole(place, draft, bytes);
      } catch (error) {
        const why = isFull(error) ? "has no room left" : "cannot be written";
        throw new StorageFailure(`The folder ${folder} ${why}.`, { cause: error });
      }
    },
    get: (key) => orMissing(readFile(placeOf(key)), undefined),
    has: (key) =>
      orMissing(
        stat(placeOf(key)).then((found) => found.isFile()),
        false,
      ),
    remove: (key) => rm(placeOf(key), { force: true }),
    list: () => walk(folder, ""),
  };
}

/** A reader never sees half a file: its name appears when the bytes are there. What fails leaves nothing of the draft. */
export async function keepWhole(place: string, draft: string, bytes: Uint8Array): Promise<void> {
  try {
    await mkdir(path.dirname(place), { recursive: true });
    await writeFile(draft, bytes);
    await rename(draft, place);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => {});
    throw error;
  }
}

async function* walk(folder: string, prefix: string): AsyncGenerator<string> {
  const entries = await orMissing(opendir(folder), []);
  for await (const entry of entries) {
    const key = `${prefix}${entry.name}`;
    if (entry.isDirectory()) yield* walk(path.join(folder, entry.name), `${key}/`);
    else yield key;
  }
}

async function orMissing<T, U>(work: Promise<T>, missing: U): Promise<T | U> {
  try {
    return await work;
  } catch (error) {
    if (isMissing(error)) return missing;
    throw error;
  }
}

const isMissing = (error: unknown) => hasCode(error, ["ENOENT", "EISDIR", "ENOTDIR"]);

const hasCode = (error: unknown, codes: readonly string[]): boolean =>
  error instanceof Error && "code" in error && codes.includes(String(error.code));
