/** Pictures from outside: told by their first bytes, drawn anew as WebP without what else hides in a file. */
import sharp from "sharp";

const MAX_PIXELS = 40_000_000;
const LONGEST_SIDE = 2_400;

/** Why a file is no picture for the shop, as half a sentence: "it is damaged". */
export class NotAPicture extends Error {
  override name = "NotAPicture";
}

/** The picture drawn anew. Sizes in pixels. */
export interface Redrawn {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
  /** A tiny version as a data address. */
  readonly placeholder: string;
}

/**
 * Turned upright, without EXIF, at most 2,400 pixels long.
 * @throws NotAPicture for whatever is no JPEG, PNG, WebP or AVIF, is damaged or too large.
 */
export async function redraw(bytes: Buffer): Promise<Redrawn> {
  if (!isPicture(bytes)) throw new NotAPicture("it is no JPEG, PNG, WebP or AVIF picture");
  try {
    const source = sharp(bytes, { limitInputPixels: MAX_PIXELS, failOn: "error" }).rotate();
    const box = {
      width: LONGEST_SIDE,
      height: LONGEST_SIDE,
      fit: "inside",
      withoutEnlargement: true,
    } as const;
    const { data, info } = await source
      .resize(box)
      .webp({ quality: 82 })
      .toBuffer({ resolveWithObject: true });
    const tiny = await sharp(data)
      .resize(8, 8, { fit: "inside" })
      .webp({ quality: 30, alphaQuality: 30 })
      .toBuffer();
    const placeholder = `data:image/webp;base64,${tiny.toString("base64")}`;
    return { data, width: info.width, height: info.height, placeholder };
  } catch (error) {
    const isHuge = error instanceof Error && /pixel limit/i.test(error.message);
    throw new NotAPicture(isHuge ? "it has more than 40 million pixels" : "it is damaged");
  }
}

/** The first bytes say what a file is; its name and its content type are only claims. */
function isPicture(bytes: Buffer): boolean {
  const at = (from: number, to: number) => bytes.toString("latin1", from, to);
  const isJpeg = at(0, 3) === "\xff\xd8\xff";
  const isPng = at(0, 8) === "\x89PNG\r\n\x1a\n";
  const isWebp = at(0, 4) === "RIFF" && at(8, 12) === "WEBP";
  const isAvif = at(4, 8) === "ftyp" && ["avif", "avis"].includes(at(8, 12));
  return isJpeg || isPng || isWebp || isAvif;
}
