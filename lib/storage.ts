/** Keeps uploaded and drawn pictures as files under DATA_DIR/media, by a key that never gets other bytes. */
import { randomUUID } from "node:crypto";
import { mkdir, opendir, readFile, rename, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { env } from "@/lib/env";

const TYPES: Readonly<Record<string, string>> = {
  avif: "image/avif",
  csv: "text/csv; charset=utf-8",
  jpg: "image/jpeg",
  pdf: "application/pdf",
  png: "image/png",
  webp: "image/webp",
};
const KEY = /^(?:[a-z0-9][a-z0-9_-]*\/)*[a-z0-9][a-z0-9_.-]*\.[a-z0-9]+$/i;

/** The content type that a key's ending stands for, or undefined where the key is not one of ours. */
export function contentTypeOf(key: string): string | undefined {
  if (key.length > 200 || key.includes("..") || !KEY.test(key)) return undefined;
  return TYPES[key.slice(key.lastIndexOf(".") + 1).toLowerCase()];
}

function placeOf(key: string): string {
  if (contentTypeOf(key) === undefined) throw new Error(`Not a storage key: ${JSON.stringify(key)}`);
  return path.join(/* turbopackIgnore: true */ env.DATA_DIR, "media", key);
}

/**
 * Stores a file whole or not at all. Throws where the key is malformed or its ending does not fit the content
 * type, and what the file system throws.
 */
export async function putFile(key: string, bytes: Uint8Array, contentType: string): Promise<void> {
  if (contentTypeOf(key)?.split(";")[0] !== contentType.split(";")[0])
    throw new Error(`The key ${JSON.stringify(key)} does not fit ${contentType}.`);
  const place = placeOf(key);
  await mkdir(path.dirname(place), { recursive: true });
  // A reader never sees half a picture: the name appears when the bytes are there.
  const draft = `${place}.${randomUUID()}.part`;
  await writeFile(draft, bytes);
  await rename(draft, place);
}

/** The stored file, or undefined where there is none or the key is malformed. */
export async function getFile(
  key: string,
): Promise<{ bytes: Buffer<ArrayBuffer>; contentType: string } | undefined> {
  const contentType = contentTypeOf(key);
  if (contentType === undefined) return undefined;
  try {
    return { bytes: await readFile(placeOf(key)), contentType };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Whether a file is stored under the key. */
export async function hasFile(key: string): Promise<boolean> {
  try {
    return (await stat(placeOf(key))).isFile();
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** The keys of all files that are stored, in no order. */
export async function* listFiles(): AsyncGenerator<string> {
  yield* walk(path.join(/* turbopackIgnore: true */ env.DATA_DIR, "media"), "");
}

async function* walk(folder: string, prefix: string): AsyncGenerator<string> {
  const entries = await opendir(folder).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  for await (const entry of entries) {
    const key = `${prefix}${entry.name}`;
    if (entry.isDirectory()) yield* walk(path.join(folder, entry.name), `${key}/`);
    // A draft of a file that is being written has an ending that is none of ours.
    else if (contentTypeOf(key) !== undefined) yield key;
  }
}

const isMissing = (error: unknown) =>
  error instanceof Error && "code" in error && ["ENOENT", "EISDIR", "ENOTDIR"].includes(String(error.code));
