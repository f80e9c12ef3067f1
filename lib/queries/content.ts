/** The pages of content/: which there are, and each as HTML and as Markdown with the shop's own figures in it. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Marked } from "marked";
import { cacheLife, cacheTag } from "next/cache";
import sanitizeHtml from "sanitize-html";
import sharp from "sharp";
import { STORE_TAG } from "@/lib/cache-tags";
import { fillFigures, isPageName, type PageHead, parsePage } from "@/lib/domain/content";
import { figuresOf } from "./content-figures";
import { getStore } from "./settings";
import { listDelivery } from "./shipping";

export interface PageEntry extends PageHead {
  /** From "/" on. */
  readonly path: string;
}

export interface ContentPage extends PageEntry {
  readonly html: string;
}

const ROOT = path.join(/* turbopackIgnore: true */ process.cwd(), "content");

/** Every page and journal entry, as links name it. */
export function listPages(): (PageEntry & { changedAt: string | undefined })[] {
  const pages = namesIn("").map((name) => entryOf(name));
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
  return namesIn("journal")
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
  const source = read(name);
  if (source === null) return null;
  const { head } = parsePage(source, name);
  return { ...head, path: `/${name}`, html: await rendered(source, name) };
}

/** The same page as Markdown; null: there is none. */
export async function pageAsMarkdown(name: string): Promise<string | null> {
  if (name === "journal") {
    const list = listJournal().map((entry) => `- [${entry.title}](${entry.path}.md): ${entry.summary}`);
    return `# ${JOURNAL.title}\n\n${JOURNAL.summary}\n\n${list.join("\n")}\n`;
  }
  const source = read(name);
  if (source === null) return null;
  const { head, body } = parsePage(source, name);
  return `# ${head.title}\n\n${fillFigures(body, await figures(), name)}\n`;
}

// The text is part of the key: a changed file is another page.
async function rendered(source: string, name: string): Promise<string> {
  "use cache";
  cacheLife("hours");
  cacheTag(STORE_TAG);
  const { body } = parsePage(source, name);
  return toHtml(fillFigures(body, await figures(), name));
}

async function figures(): Promise<Record<string, string>> {
  const [store, zones] = await Promise.all([getStore(), listDelivery()]);
  return figuresOf(store, zones);
}

function namesIn(folder: string): string[] {
  return readdirSync(path.join(ROOT, folder))
    .filter((file) => file.endsWith(".md"))
    .map((file) => file.slice(0, -3))
    .filter((name) => isPageName(name))
    .sort();
}

const entryOf = (name: string): PageEntry => ({
  ...parsePage(read(name) ?? "", name).head,
  path: `/${name}`,
});

function read(name: string): string | null {
  const [first = "", second] = name.split("/");
  const known = second === undefined ? isPageName(first) : first === "journal" && isPageName(second);
  if (!known || name.split("/").length > 2) return null;
  try {
    return readFileSync(path.join(ROOT, `${name}.md`), "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

/** Markdown as HTML that holds nothing but text, links, lists, tables and pictures of our own. */
async function toHtml(body: string): Promise<string> {
  const sizes = new Map<string, { width: number; height: number }>();
  for (const [, src = ""] of body.matchAll(/!\[[^\]]*\]\((\/[^)\s]+)/g)) sizes.set(src, await sizeOf(src));
  const marked = new Marked({
    renderer: {
      // A picture stands in a figure; its title is the caption. With its size nothing shifts when it comes.
      image({ href, text, title }) {
        const size = sizes.get(href);
        const box = size ? ` width="${size.width}" height="${size.height}"` : "";
        const caption = title ? `<figcaption>${quoted(title)}</figcaption>` : "";
        return `<figure><img src="${quoted(href)}" alt="${quoted(text)}"${box} loading="lazy" decoding="async">${caption}</figure>`;
      },
      paragraph({ tokens }) {
        const html = this.parser.parseInline(tokens);
        return html.startsWith("<figure") ? html : `<p>${html}</p>\n`;
      },
      table(token) {
        const cells = (row: typeof token.header, tag: "th" | "td") =>
          row
            .map(
              (cell) =>
                `<${tag}${tag === "th" ? ' scope="col"' : ""}>${this.parser.parseInline(cell.tokens)}</${tag}>`,
            )
            .join("");
        const rows = token.rows.map((row) => `<tr>${cells(row, "td")}</tr>`).join("");
        return `<table><thead><tr>${cells(token.header, "th")}</tr></thead><tbody>${rows}</tbody></table>`;
      },
    },
  });
  return sanitizeHtml(await marked.parse(body), {
    allowedTags: [
      "h2",
      "h3",
      "p",
      "a",
      "ul",
      "ol",
      "li",
      "strong",
      "em",
      "blockquote",
      "hr",
      "br",
      "code",
      "table",
      "thead",
      "tbody",
      "tr",
      "th",
      "td",
      "figure",
      "figcaption",
      "img",
    ],
    allowedAttributes: {
      a: ["href"],
      img: ["src", "alt", "width", "height", "loading", "decoding"],
      th: ["scope"],
    },
    allowedSchemes: ["https", "mailto"],
  });
}

async function sizeOf(src: string): Promise<{ width: number; height: number }> {
  const { width, height } = await sharp(
    path.join(/* turbopackIgnore: true */ process.cwd(), "public", path.normalize(src)),
  ).metadata();
  return { width, height };
}

const quoted = (words: string): string =>
  words.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
