/** Files on this machine's disk, below one folder. */
import { randomUUID } from "node:crypto";
import { mkdir, opendir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Place } from "./place";

/** Keeps files below `folder`, which is made when it is missing. Throws what the file system throws. */
export function diskPlace(folder: string): Place {
  const placeOf = (key: string) => path.join(/* turbopackIgnore: true */ folder, key);
  return {
    async put(key, bytes) {
      const place = placeOf(key);
      await mkdir(path.dirname(place), { recursive: true });
      // A reader never sees half a picture: the name appears when the bytes are there.
      const draft = `${place}.${randomUUID()}.part`;
      await writeFile(draft, bytes);
      await rename(draft, place);
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

const isMissing = (error: unknown) =>
  error instanceof Error && "code" in error && ["ENOENT", "EISDIR", "ENOTDIR"].includes(String(error.code));
