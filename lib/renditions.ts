/** Stored pictures in smaller sizes: each made at its first request, as AVIF or WebP, and kept as a file. */
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import sharp, { type Sharp } from "sharp";
import { env } from "./env";
import { contentTypeOf, getFile } from "./storage";

/**
 * Half of WebP's bytes for these pictures. Effort 2 costs a sixth of the default's time (0.15 s at 640 pixels) and a
 * tenth more bytes, so nobody has to wait for a job that makes them ahead.
 */
const FORMATS = {
  avif: (image: Sharp) => image.avif({ quality: 50, effort: 2 }),
  webp: (image: Sharp) => image.webp({ quality: 75, alphaQuality: 80 }),
} as const;
export type Format = keyof typeof FORMATS;

const MAX_PIXELS = 40_000_000;
/** The server answers pages with the same processor. */
const AT_ONCE = 2;

// libvips keeps memory of what it read last, and starts a thread for each core and picture.
sharp.cache(false);
sharp.concurrency(1);

const making = new Map<string, Promise<Buffer<ArrayBuffer> | undefined>>();
const waiting: (() => void)[] = [];
let busy = 0;

/**
 * The picture under `key`, at most `width` pixels wide; undefined where there is none. Throws where the file is no
 * picture.
 */
export async function getRendition(
  key: string,
  width: number,
  format: Format,
): Promise<Buffer<ArrayBuffer> | undefined> {
  if (!contentTypeOf(key)?.startsWith("image/")) return undefined;
  const place = path.join(
    /* turbopackIgnore: true */ env.DATA_DIR,
    "renditions",
    `${width}w`,
    `${key}.${format}`,
  );
  const made = await readFile(place).catch(() => undefined);
  if (made) return made;
  // A page that is new is asked for by many at once; each picture of it is still made once.
  const name = `${width} ${format} ${key}`;
  const begun = making.get(name) ?? make(key, width, format, place).finally(() => making.delete(name));
  making.set(name, begun);
  return begun;
}

async function make(key: string, width: number, format: Format, place: string) {
  const source = await getFile(key);
  if (!source) return undefined;
  if (busy >= AT_ONCE) await new Promise<void>((turn) => waiting.push(turn));
  else busy += 1;
  try {
    const image = sharp(source.bytes, { limitInputPixels: MAX_PIXELS }).resize({
      width,
      withoutEnlargement: true,
    });
    const bytes = Buffer.from(await FORMATS[format](image).toBuffer());
    await keep(place, bytes);
    return bytes;
  } finally {
    // The place is handed on, so nobody slips in between.
    const next = waiting.shift();
    if (next) next();
    else busy -= 1;
  }
}

async function keep(place: string, bytes: Buffer): Promise<void> {
  await mkdir(path.dirname(place), { recursive: true });
  const draft = `${place}.${process.pid}.part`;
  await writeFile(draft, bytes);
  await rename(draft, place);
}
