/** Imports: pictures by address, loaded a few at a time, checked, drawn anew as WebP and stored. */
import { createHash } from "node:crypto";
import { ImportProblem } from "@/lib/domain/imports/columns";
import type { Note } from "@/lib/domain/imports/note";
import { ownKey } from "@/lib/domain/imports/own-format";
import type { ImageDraft } from "@/lib/domain/imports/product";
import { NOT_LOADED } from "@/lib/domain/imports/views";
import { NotAPicture, redraw } from "@/lib/services/picture-check";
import { getFile, putFile } from "@/lib/storage";
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
      const bytes = (await ownPicture(draft.url)) ?? (await download(draft.url, this.limits));
      this.#silences.delete(host);
      return { draft, ...(await keep(folder, draft.url, bytes)) };
    } catch (error) {
      if (!(error instanceof ImportProblem)) throw error;
      if (error instanceof HostSilent) this.#silences.set(host, (this.#silences.get(host) ?? 0) + 1);
      notes.push({ line: draft.line, text: `${NOT_LOADED}: ${error.message}` });
      return undefined;
    }
  }
}

/** A picture that an export of this shop names: its file lies here, and our own address is no public one. */
async function ownPicture(url: string): Promise<Buffer | undefined> {
  const key = ownKey(url);
  return key === undefined ? undefined : (await getFile(key))?.bytes;
}

/** The part of a key that says where the picture came from, so that a second run knows that it is there. */
const markOf = (url: string): string => `/${sha256(url).slice(0, 16)}-`;

async function keep(folder: string, url: string, bytes: Buffer): Promise<Omit<Picture, "draft">> {
  const { data, ...rest } = await redraw(bytes).catch((error: unknown) => {
    throw error instanceof NotAPicture ? new ImportProblem(error.message) : error;
  });
  const key = `${folder}${markOf(url)}${sha256(data).slice(0, 16)}.webp`;
  await putFile(key, data, "image/webp");
  return { key, ...rest };
}

const sha256 = (data: string | Buffer): string => createHash("sha256").update(data).digest("hex");
