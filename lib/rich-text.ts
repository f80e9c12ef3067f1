/** Descriptions in HTML: an allow-list that cleans them when they are stored and again when they are shown. */
import sanitizeHtml from "sanitize-html";

/** Allow-list: text, lists, tables and links. No pictures or frames (they would be loaded from elsewhere), no styles. */
const RULES: sanitizeHtml.IOptions = {
  allowedTags: [
    ..."p div br strong b em i u s sub sup ul ol li h2 h3 h4 h5 h6 blockquote pre code hr a".split(" "),
    ..."table thead tbody tfoot tr th td caption dl dt dd".split(" "),
  ],
  allowedAttributes: { a: ["href", "rel"], td: ["colspan", "rowspan"], th: ["colspan", "rowspan", "scope"] },
  allowedSchemes: ["http", "https", "mailto"],
  allowProtocolRelative: false,
  transformTags: {
    h1: "h2",
    section: "div",
    article: "div",
    a: sanitizeHtml.simpleTransform("a", { rel: "nofollow noopener" }),
  },
};

/** At most this many characters are kept: a page is no book, and the search index has its limits. */
const MAX_LENGTH = 100_000;

/** The same text without anything that could run, load or lead astray. */
export function cleanHtml(html: string): string {
  return (
    sanitizeHtml(html.slice(0, MAX_LENGTH), RULES)
      // No two of these may fit the same sign (`\s` is the hard space, too): each would double the time.
      .replace(/<(p|div)>(?:\s|&nbsp;|<br \/>)*<\/\1>/g, "")
      .trim()
  );
}

/** A description ready for the page. `rest` folds; null where all of it is short enough to stand open. */
export interface RichText {
  readonly html: string;
  readonly rest: string | null;
}

/** Characters of text that stand open, and how many it takes to fold what follows. */
const OPEN = 700;
const WORTH_FOLDING = 400;

/**
 * Stored HTML for the page: cleaned again, because what is stored may have come by another way; headings go down one
 * by one from the second level, and tables stand in a box that scrolls. Null where nothing is left.
 */
export function richText(stored: string): RichText | null {
  return folded(blocksOf(levelHeadings(cleanHtml(stored).replace(/<\/?div>/g, CUT))).map(boxTables));
}

/** Paragraphs of plain text in the same form. */
export function plainText(paragraphs: readonly string[]): RichText | null {
  return folded(paragraphs.map((text) => `<p>${escaped(text).replaceAll("\n", "<br />")}</p>`));
}

const signs: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** Plain text that stands where HTML is read. */
export const escaped = (text: string): string => text.replace(/[&<>]/g, (sign) => signs[sign] ?? "");

function folded(blocks: readonly string[]): RichText | null {
  if (blocks.length === 0) return null;
  const lengths = blocks.map(lengthOf);
  const sum = (some: readonly number[]) => some.reduce((all, one) => all + one, 0);
  let open = 0;
  for (let shown = 0; open < blocks.length && shown < OPEN; open += 1) shown += lengths[open] ?? 0;
  // A heading is no end.
  while (open > 1 && /^<h\d/.test(blocks[open - 1] ?? "")) open -= 1;
  if (sum(lengths.slice(open)) < WORTH_FOLDING) open = blocks.length;
  return {
    html: blocks.slice(0, open).join("\n"),
    rest: open < blocks.length ? blocks.slice(open).join("\n") : null,
  };
}

const textOf = (html: string): string => html.replace(/<[^>]*>/g, "");
const lengthOf = (html: string): number => textOf(html).length;

/** Stands where an element without a meaning of its own began or ended; no such tag survives the cleaning. */
const CUT = "<cut>";

/** The page's own heading is the first level; none is skipped on the way down. */
function levelHeadings(html: string): string {
  let last = 1;
  return html.replace(/<(\/?)h([2-6])>/g, (_, end: string, level: string) => {
    if (!end) last = Math.min(Number(level), last + 1);
    return `<${end}h${last}>`;
  });
}

/** A box that scrolls must be reachable by keyboard. */
function boxTables(html: string): string {
  return html
    .replaceAll("<table>", '<div class="rich-table" tabindex="0" role="group" aria-label="Table"><table>')
    .replaceAll("</table>", "</table></div>");
}

const BLOCKS = new Set("p ul ol h2 h3 h4 h5 h6 blockquote pre hr table dl".split(" "));
const VOID = new Set(["br", "hr"]);

/** Cleaned HTML is well formed: its outermost blocks, with loose text between them as paragraphs. */
function blocksOf(html: string): string[] {
  const blocks: string[] = [];
  let from = 0;
  let depth = 0;
  let isBlock = false;
  const cut = (to: number) => {
    const piece = html.slice(from, to).replaceAll(CUT, " ").trim();
    from = to;
    if (/[^\s\u00a0]/.test(textOf(piece)) || piece === "<hr />")
      blocks.push(isBlock ? piece : `<p>${piece}</p>`);
    isBlock = false;
  };
  for (const tag of html.matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*>/g)) {
    const [whole, end, name = ""] = tag;
    if (name === "cut") {
      if (depth === 0) cut(tag.index);
      continue;
    }
    if (!end && depth === 0 && BLOCKS.has(name)) {
      cut(tag.index);
      isBlock = true;
    }
    if (end) depth -= 1;
    else if (!VOID.has(name)) depth += 1;
    if (isBlock && depth === 0) cut(tag.index + whole.length);
  }
  cut(html.length);
  return blocks;
}
