/** Stored pictures in smaller sizes: each made at its first request and kept as a file. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import sharp, { type Sharp } from "sharp";
import { backdropColour } from "./domain/palette";
import { env } from "./env";
import { log } from "./log";
import { contentTypeOf, getFile, hasFile } from "./storage";
import { keepWhole } from "./storing/disk";

/**
 * Half of WebP's bytes for these pictures. Effort 2 costs a sixth of the default's time (0.15 s at 640 pixels) and a
 * tenth more bytes, so nobody has to wait for a job that makes them ahead.
 */
const FORMATS = {
  avif: (image: Sharp) => image.avif({ quality: 50, effort: env.PICTURE_EFFORT }),
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
export function getRendition(
  key: string,
  width: number,
  format: Format,
): Promise<Buffer<ArrayBuffer> | undefined> {
  return once(key, `${width}w`, format, (image) =>
    FORMATS[format](image.resize({ width, withoutEnlargement: true })),
  );
}

/** Twice the size that mails show it in. */
const THUMB = 144;

/** The picture small and on its backdrop, as JPEG for mail programs; undefined where there is none. */
export function getThumb(key: string, backdrop: string): Promise<Buffer<ArrayBuffer> | undefined> {
  const background = backdropColour(backdrop);
  return once(key, `thumb-${background.slice(1)}`, "jpeg", (image) =>
    image.resize(THUMB, THUMB, { fit: "contain", background }).flatten({ background }).jpeg({ quality: 82 }),
  );
}

/** Runs work that takes the processor when its turn comes: few at once, the others in the order of their coming. */
export async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (busy >= AT_ONCE) await new Promise<void>((turn) => waiting.push(turn));
  else busy += 1;
  try {
    return await work();
  } finally {
    // The place is handed on, so nobody slips in between.
    const next = waiting.shift();
    if (next) next();
    else busy -= 1;
  }
}

/** The drawing of a picture that is kept under `folder`, or made and kept now. */
async function once(key: string, folder: string, ending: string, draw: (image: Sharp) => Sharp) {
  if (!contentTypeOf(key)?.startsWith("image/")) return undefined;
  const place = path.join(/* turbopackIgnore: true */ env.DATA_DIR, "renditions", folder, `${key}.${ending}`);
  const made = await readFile(place).catch(() => undefined);
  if (made) return made;
  // A page that is new is asked for by many at once; each picture of it is still made once.
  const begun = making.get(place) ?? make(key, place, draw).finally(() => making.delete(place));
  making.set(place, begun);
  return begun;
}

async function make(key: string, place: string, draw: (image: Sharp) => Sharp) {
  if (!(await hasFile(key))) return undefined;
  return inTurn(async () => {
    // Read only now: many may wait, and each would hold a whole picture in memory.
    const source = await getFile(key);
    if (!source) return undefined;
    const bytes = Buffer.from(await draw(sharp(source.bytes, { limitInputPixels: MAX_PIXELS })).toBuffer());
    // It is shown all the same, and drawn once more at its next request.
    await keepWhole(place, `${place}.${process.pid}.part`, bytes).catch((error: unknown) =>
      log.warn("a size of a picture could not be kept", { error }),
    );
    return bytes;
  });
}
