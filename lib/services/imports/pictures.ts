/** Imports: pictures by address, loaded a few at a time, checked, drawn anew as WebP and stored. */
import { createHash } from "node:crypto";
import sharp from "sharp";
import { ImportProblem } from "@/lib/domain/imports/columns";
import type { Note } from "@/lib/domain/imports/note";
import type { ImageDraft } from "@/lib/domain/imports/product";
import { putFile } from "@/lib/storage";
import { type DownloadLimits, download, HostSilent } from "./download";

/** A picture that lies in the storage, ready to be noted in the database. Sizes in pixels. */
export interface Picture {
  readonly draft: ImageDraft;
  readonly key: string;
  readonly width: number;
  readonly height: number;
  readonly placeholder: string;
}

const AT_ONCE = 4;
const MAX_PIXELS = 40_000_000;
const LONGEST_SIDE = 2_400;
/** After so many silences in a row a server is not asked again in this run. */
const PATIENCE = 3;

/** Loads pictures for one run and remembers which servers do not answer. */
export class Pictures {
  readonly #silences = new Map<string, number>();

  constructor(private readonly limits: DownloadLimits = {}) {}

  /** Loads the pictures of a product that are not in `known` yet; why one is missing is said in `notes`. */
  async load(
    folder: string,
    drafts: readonly ImageDraft[],
    known: readonly string[],
    notes: Note[],
  ): Promise<Picture[]> {
    const wanted = drafts.filter(({ url }) => !known.some((key) => key.includes(markOf(url))));
    const loaded: (Picture | undefined)[] = [];
    const queue = wanted.entries();
    const worker = async () => {
      for (const [i, draft] of queue) loaded[i] = await this.#one(folder, draft, notes);
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, wanted.length) }, worker));
    return loaded.filter((picture) => picture !== undefined);
  }

  async #one(folder: string, draft: ImageDraft, notes: Note[]): Promise<Picture | undefined> {
    const host = URL.canParse(draft.url) ? new URL(draft.url).host : "";
    try {
      if ((this.#silences.get(host) ?? 0) >= PATIENCE) throw new ImportProblem(`${host} does not answer`);
      const bytes = await download(draft.url, this.limits);
      this.#silences.delete(host);
      return { draft, ...(await keep(folder, draft.url, bytes)) };
    } catch (error) {
      if (!(error instanceof ImportProblem)) throw error;
      if (error instanceof HostSilent) this.#silences.set(host, (this.#silences.get(host) ?? 0) + 1);
      notes.push({ line: draft.line, text: `picture not loaded: ${error.message}` });
      return undefined;
    }
  }
}

/** The part of a key that says where the picture came from, so that a second run knows that it is there. */
const markOf = (url: string): string => `/${sha256(url).slice(0, 16)}-`;

async function keep(folder: string, url: string, bytes: Buffer): Promise<Omit<Picture, "draft">> {
  if (!isPicture(bytes)) throw new ImportProblem("it is no JPEG, PNG, WebP or AVIF picture");
  const { data, info, placeholder } = await redraw(bytes);
  const key = `${folder}${markOf(url)}${sha256(data).slice(0, 16)}.webp`;
  await putFile(key, data, "image/webp");
  return { key, width: info.width, height: info.height, placeholder };
}

/** Drawn anew: turned upright, without EXIF and whatever else hides in a file, at most `LONGEST_SIDE` pixels long. */
async function redraw(bytes: Buffer) {
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
    return { data, info, placeholder: `data:image/webp;base64,${tiny.toString("base64")}` };
  } catch (error) {
    const isHuge = error instanceof Error && /pixel limit/i.test(error.message);
    throw new ImportProblem(isHuge ? "it has more than 40 million pixels" : "it is damaged");
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

const sha256 = (data: string | Buffer): string => createHash("sha256").update(data).digest("hex");
