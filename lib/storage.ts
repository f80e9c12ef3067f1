/** Keeps uploaded and drawn pictures by a key that never gets other bytes: below DATA_DIR/media, or in a bucket. */
import path from "node:path";
import { env } from "@/lib/env";
import { bucketPlace } from "./storing/bucket";
import { diskPlace } from "./storing/disk";
import type { Place } from "./storing/place";

const TYPES: Readonly<Record<string, string>> = {
  avif: "image/avif",
  csv: "text/csv; charset=utf-8",
  jpg: "image/jpeg",
  pdf: "application/pdf",
  png: "image/png",
  webp: "image/webp",
};
const KEY = /^(?:[a-z0-9][a-z0-9_-]*\/)*[a-z0-9][a-z0-9_.-]*\.[a-z0-9]+$/i;

let held: Place | undefined;

/** A bucket where one is set (docs/storage.md), this machine's disk otherwise. */
function place(): Place {
  held ??= env.BUCKET
    ? bucketPlace(env.BUCKET)
    : diskPlace(path.join(/* turbopackIgnore: true */ env.DATA_DIR, "media"));
  return held;
}

/** The content type that a key's ending stands for, or undefined where the key is not one of ours. */
export function contentTypeOf(key: string): string | undefined {
  if (key.length > 200 || key.includes("..") || !KEY.test(key)) return undefined;
  return TYPES[key.slice(key.lastIndexOf(".") + 1).toLowerCase()];
}

/**
 * Stores a file whole or not at all. Throws where the key is malformed or its ending does not fit the content
 * type, and what the file system or the bucket throws.
 */
export async function putFile(key: string, bytes: Uint8Array, contentType: string): Promise<void> {
  const known = contentTypeOf(key);
  if (known === undefined) throw new Error(`Not a storage key: ${JSON.stringify(key)}`);
  if (known.split(";")[0] !== contentType.split(";")[0])
    throw new Error(`The key ${JSON.stringify(key)} does not fit ${contentType}.`);
  await place().put(key, bytes, known);
}

/** The stored file, or undefined where there is none or the key is malformed. */
export async function getFile(
  key: string,
): Promise<{ bytes: Buffer<ArrayBuffer>; contentType: string } | undefined> {
  const contentType = contentTypeOf(key);
  if (contentType === undefined) return undefined;
  const bytes = await place().get(key);
  return bytes && { bytes, contentType };
}

/** Whether a file is stored under the key. */
export async function hasFile(key: string): Promise<boolean> {
  return contentTypeOf(key) !== undefined && (await place().has(key));
}

/** Removes a stored file for good; nothing happens where there is none or the key is malformed. */
export async function removeFile(key: string): Promise<void> {
  if (contentTypeOf(key) !== undefined) await place().remove(key);
}

/** The keys of all files that are stored, in no order. */
export async function* listFiles(): AsyncGenerator<string> {
  // A draft of a file that is being written has an ending that is none of ours.
  for await (const key of place().list()) if (contentTypeOf(key) !== undefined) yield key;
}
