/** Markdown as HTML that holds nothing but text, links, lists, tables and pictures of the shop's own. */
import path from "node:path";
import { Marked } from "marked";
import sanitizeHtml from "sanitize-html";
import sharp from "sharp";

/**
 * The HTML of a page of text. In a page that ships (`isOurs`) every picture is there: one that is not stops the build.
 * @throws Error for such a page alone
 */
export async function contentHtml(markdown: string, { isOurs }: { isOurs: boolean }): Promise<string> {
  const sizes = new Map<string, Size | null>();
  for (const [, src = ""] of markdown.matchAll(/!\[[^\]]*\]\((\/[^)\s]+)/g))
    sizes.set(src, isOurs ? await sizeOf(src) : await sizeOf(src).catch(() => null));
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
  return sanitizeHtml(await marked.parse(markdown), RULES);
}

const RULES: sanitizeHtml.IOptions = {
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
  // A picture of another site would tell it who reads; the pages' policy refuses it anyway. Ours begin with "/".
  allowedSchemesByTag: { img: [] },
  allowProtocolRelative: false,
  exclusiveFilter: ({ tag, attribs }) => tag === "img" && !attribs.src?.startsWith("/"),
};

interface Size {
  readonly width: number;
  readonly height: number;
}

/** @throws for what is no picture in public/ */
async function sizeOf(src: string): Promise<Size> {
  const { width, height } = await sharp(
    path.join(/* turbopackIgnore: true */ process.cwd(), "public", path.normalize(src)),
  ).metadata();
  return { width, height };
}

const quoted = (words: string): string =>
  words.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
