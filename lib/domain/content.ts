/** Pages of text in Markdown: their head, the figures of the shop that their text may name, and what an admin may write. */
import { z } from "zod";
import { versionInput } from "./version";

export interface PageHead {
  readonly title: string;
  /** One sentence, for lists and search engines. */
  readonly summary: string;
  /** ISO date of a journal entry, or of the last change of a page. */
  readonly on: string | null;
  /** From "/" on, with what it shows. */
  readonly picture: string | null;
  readonly alt: string;
}

const HEAD = /^---\r?\n([\s\S]*?)\r?\n---\r?\n?/;

/** Head and body of a file. @throws Error that names what its head lacks */
export function parsePage(source: string, name: string): { head: PageHead; body: string } {
  const block = HEAD.exec(source);
  const fields = new Map(
    (block?.[1] ?? "").split(/\r?\n/).flatMap((line) => {
      const [, key, value] = /^([a-z]+):\s*(.+?)\s*$/.exec(line) ?? [];
      return key && value ? [[key, value.replace(/^"(.*)"$/, "$1")] as const] : [];
    }),
  );
  const title = fields.get("title");
  const summary = fields.get("summary");
  if (!title || !summary) throw new Error(`${name} has no title or no summary at its head`);
  const on = fields.get("date") ?? null;
  if (on !== null && !/^\d{4}-\d\d-\d\d$/.test(on)) throw new Error(`${name}: date must be like 2026-11-28`);
  return {
    head: { title, summary, on, picture: fields.get("picture") ?? null, alt: fields.get("alt") ?? "" },
    body: source.slice(block?.[0].length ?? 0).trim(),
  };
}

/** Every `{{name}}` that a page may use. docs/content.md says what each says. */
export const figureNames = [
  "storeName",
  "storeEmail",
  "country",
  "currency",
  "returnDays",
  "returnPromise",
  "deliveryDays",
  "freeDelivery",
  "deliveryTable",
  "paymentWays",
  "taxLine",
] as const;
export type Figures = Readonly<Record<(typeof figureNames)[number], string>>;

const FIGURE = /\{\{\s*([a-zA-Z]+)\s*\}\}/g;

/** Puts figures in the place of `{{name}}`. @throws Error for a name that there is no figure for */
export function fillFigures(body: string, figures: Readonly<Record<string, string>>, name: string): string {
  const [unknown] = unknownFigures(body, Object.keys(figures));
  if (unknown) throw new Error(`${name} names {{${unknown}}}, which is no figure of the shop`);
  return fillKnown(body, figures);
}

/** The same for a text that a shop keeps: a name that this release has no figure for stays as it was written. */
export const fillKnown = (body: string, figures: Readonly<Record<string, string>>): string =>
  body.replace(FIGURE, (written, figure: string) =>
    Object.hasOwn(figures, figure) ? (figures[figure] ?? written) : written,
  );

/** What stands in `{{}}` and is none of the figures. */
const unknownFigures = (body: string, known: readonly string[] = figureNames): string[] =>
  [...body.matchAll(FIGURE)].map(([, figure = ""]) => figure).filter((figure) => !known.includes(figure));

const text = (most: number) =>
  z
    .string()
    .trim()
    .max(most, `At most ${most.toLocaleString("en")} characters.`);

/** A page's text as an admin writes it. */
export const pageText = z.object({
  title: text(120).min(1, "Please enter a title."),
  summary: text(300).min(1, "Please say in a sentence what the page is about."),
  body: text(60_000)
    .min(1, "Please enter the text.")
    .superRefine((body, context) => {
      const [unknown] = unknownFigures(body);
      if (unknown)
        context.addIssue({
          code: "custom",
          message: `{{${unknown}}} is no figure of the shop: see the list.`,
        });
    }),
});
export type PageText = z.output<typeof pageText>;

/** The form of it, as it was opened. */
export const openedPage = z.object({ slug: z.string().max(100), version: versionInput });
const typed = z.string().max(61_000).default("");
export const typedPage = openedPage.extend({
  title: typed,
  summary: typed,
  body: typed,
  do: z.enum(["save", "preview"]).default("save"),
  /** For the preview: the shop's figures when the page was opened. */
  figures: z.partialRecord(z.enum(figureNames), z.string().max(100_000)).default({}),
});

/** Stored words as words of Markdown: nothing in them becomes a link, a heading, a table or an element. */
export const plain = (words: string): string =>
  words
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[\\`*_{}[\]<>|#]/g, "\\$&");

/** Whether a page of text can have this name: no longer one than a file may have. */
export const isPageName = (name: string): boolean =>
  name.length <= 100 && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name);
