/** Writes one file of a backup and says what was written, so that it can be told later whether it still is that. */
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Readable, Transform, type TransformCallback } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Kept } from "./manifest";

/** Streams `source` (through `between`, such as a compression) into `path` of the folder. */
export async function keep(
  folder: string,
  path: string,
  source: Readable,
  between: readonly Transform[] = [],
): Promise<Kept> {
  const place = join(folder, path);
  await mkdir(dirname(place), { recursive: true });
  const hash = createHash("sha256");
  let size = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback) {
      hash.update(chunk);
      size += chunk.length;
      done(null, chunk);
    },
  });
  await pipeline([source, ...between, counted, createWriteStream(place, { mode: 0o600 })]);
  return { path, size, sha256: hash.digest("hex") };
}
