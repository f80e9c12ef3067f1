/** Imports: cleans the HTML of a description, keeping what the shop's pages can show. */
import sanitizeHtml from "sanitize-html";

/** Allow-list: text, lists, tables and links. No pictures or frames (they would be loaded from elsewhere), no styles. */
const RULES: sanitizeHtml.IOptions = {
  allowedTags: [
    ..."p br strong b em i u s sub sup ul ol li h2 h3 h4 h5 h6 blockquote pre code hr a".split(" "),
    ..."table thead tbody tfoot tr th td caption dl dt dd".split(" "),
  ],
  allowedAttributes: { a: ["href", "rel"], td: ["colspan", "rowspan"], th: ["colspan", "rowspan", "scope"] },
  allowedSchemes: ["http", "https", "mailto"],
  allowProtocolRelative: false,
  transformTags: {
    h1: "h2",
    div: "p",
    a: sanitizeHtml.simpleTransform("a", { rel: "nofollow noopener" }),
  },
};

/** At most this many characters are kept: a page is no book, and the search index has its limits. */
const MAX_LENGTH = 100_000;

/** The same text without anything that could run, load or lead astray. */
export function cleanDescription(html: string): string {
  return sanitizeHtml(html.slice(0, MAX_LENGTH), RULES)
    .replace(/<p>(?:\s|&nbsp;|\u00a0)*<\/p>/g, "")
    .trim();
}
