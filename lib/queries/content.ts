/** The pages of text: which there are, and each as HTML and as Markdown with the shop's own figures in it. */
import { cacheLife, cacheTag } from "next/cache";
import { readPublic } from "@/db/replica";
import { CONTENT_TAG, STORE_TAG } from "@/lib/cache-tags";
import { fileNames, readPageFile } from "@/lib/content-files";
import { contentHtml } from "@/lib/content-html";
import {
  type Figures,
  fillFigures,
  fillKnown,
  isPageName,
  type PageHead,
  type PageText,
  parsePage,
  plain,
} from "@/lib/domain/content";
import { BOOT } from "./boot";
import { figuresOf } from "./content-figures";
import { getStore, hasDatabase } from "./settings";
import { listDelivery } from "./shipping";

export interface PageEntry extends PageHead {
  /** From "/" on. */
  readonly path: string;
}

export interface ContentPage extends PageEntry {
  readonly html: string;
}

/** Every page and journal entry, as links name it. */
export async function listPages(): Promise<(PageEntry & { changedAt: string | undefined })[]> {
  const own = await savedPages(BOOT);
  const pages = fileNames("").map((name) => ({ ...entryOf(name), ...headOf(own[name]) }));
  const journal = listJournal();
  const list = journal.length > 0 ? [JOURNAL] : [];
  return [...pages, ...list, ...journal].map((entry) => ({ ...entry, changedAt: entry.on ?? undefined }));
}

const JOURNAL: PageEntry = {
  path: "/journal",
  title: "Journal",
  summary: "What we work on, and what we learn by it.",
  on: null,
  picture: null,
  alt: "",
};

/** The entries of the journal, the newest first. */
export function listJournal(): PageEntry[] {
  return fileNames("journal")
    .map((name) => entryOf(`journal/${name}`))
    .sort((a, b) => (b.on ?? "").localeCompare(a.on ?? ""));
}

/** "28 November 2026" for an ISO date. */
export function dayOf(on: string | null): string | undefined {
  if (on === null) return undefined;
  return new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" }).format(new Date(on));
}

/** The page at a path without its first slash ("about", "journal/two-combs"); null: there is none. */
export async function getPage(name: string): Promise<ContentPage | null> {
  const source = readPageFile(name);
  if (source === null) return null;
  const own = await savedPage(name);
  const { head } = parsePage(source, name);
  const html = own ? await ownRendered(own.body) : await rendered(source, name);
  return { ...head, ...headOf(own), path: `/${name}`, html };
}

/** The same page as Markdown; null: there is none. */
export async function pageAsMarkdown(name: string): Promise<string | null> {
  if (name === "journal") {
    const list = listJournal().map((entry) => `- [${entry.title}](${entry.path}.md): ${entry.summary}`);
    return `# ${JOURNAL.title}\n\n${JOURNAL.summary}\n\n${list.join("\n")}\n`;
  }
  const source = readPageFile(name);
  if (source === null) return null;
  const [own, figures] = await Promise.all([savedPage(name), getFigures()]);
  if (own) return `# ${plain(own.title)}\n\n${withoutTags(fillKnown(own.body, figures))}\n`;
  const { head, body } = parsePage(source, name);
  return `# ${head.title}\n\n${fillFigures(body, figures, name)}\n`;
}

/** HTML is no part of our pages: in what is told as Markdown it stays the signs that it was written with. */
const withoutTags = (markdown: string): string => markdown.replace(/(?<!\\)<(?=[a-z/!?])/gi, "\\<");

/** What the figures that a page may name say now. */
export async function getFigures(): Promise<Figures> {
  const [store, zones] = await Promise.all([getStore(), listDelivery()]);
  return figuresOf(store, zones);
}

// The text is part of the key: a changed one is another page.
async function rendered(source: string, name: string): Promise<string> {
  "use cache";
  cacheLife("hours");
  cacheTag(STORE_TAG);
  const { body } = parsePage(source, name);
  return contentHtml(fillFigures(body, await getFigures(), name), { isOurs: true });
}

async function ownRendered(body: string): Promise<string> {
  "use cache";
  cacheLife("hours");
  cacheTag(STORE_TAG);
  return contentHtml(fillKnown(body, await getFigures()), { isOurs: false });
}

interface SavedPage extends PageText {
  /** ISO date of its last change. */
  readonly on: string;
}

/** Entries of the journal are files alone. */
const savedPage = async (name: string): Promise<SavedPage | undefined> =>
  isPageName(name) ? (await savedPages(BOOT))[name] : undefined;

/** All of them at once: they are few, and any page asks whether it is one of them. */
async function savedPages(_boot: string): Promise<Readonly<Record<string, SavedPage>>> {
  "use cache";
  cacheLife("hours");
  cacheTag(CONTENT_TAG);
  if (!hasDatabase()) return {};
  const rows = await readPublic(
    (sql) => sql<(SavedPage & { slug: string })[]>`
    select slug, title, summary, body, (updated_at at time zone 'UTC')::date::text as on
    from content_pages where body is not null`,
  );
  return Object.fromEntries(rows.map(({ slug, ...page }) => [slug, { ...page }]));
}

const headOf = (own: SavedPage | undefined) => own && { title: own.title, summary: own.summary, on: own.on };

const entryOf = (name: string): PageEntry => ({
  ...parsePage(readPageFile(name) ?? "", name).head,
  path: `/${name}`,
});
