/** Foreign HTML made fit to be written on: the elements that the toolbar makes, without attributes but for links. */

const KEPT = new Set(
  "P STRONG B EM I U S H2 H3 H4 UL OL LI A BR BLOCKQUOTE TABLE TBODY THEAD TR TH TD HR".split(" "),
);
const DROPPED = new Set("SCRIPT STYLE TEMPLATE IFRAME OBJECT SVG MATH HEAD TITLE META LINK".split(" "));
const BLOCKS = new Set("DIV SECTION ARTICLE HEADER FOOTER MAIN H1 H5 H6 DD DT FIGURE".split(" "));

/** Read in a document of its own, where nothing runs or loads; the server cleans it again when it is saved. */
export function cleanPaste(html: string): DocumentFragment {
  // They would not run there either, but the script policy reports each.
  const quiet = html.replace(/\son[a-z]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)/gi, "");
  const { body } = new DOMParser().parseFromString(quiet, "text/html");
  const out = document.createDocumentFragment();
  copyInto(out, body);
  return out;
}

function copyInto(target: Node, source: Node): void {
  for (const node of source.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) target.appendChild(document.createTextNode(node.textContent ?? ""));
    if (!(node instanceof Element) && !isElement(node)) continue;
    const element = node as Element;
    if (DROPPED.has(element.tagName)) continue;
    copyInto(placeFor(target, element), element);
  }
}

// What DOMParser made belongs to another document, whose Element may be another class.
const isElement = (node: Node): boolean => node.nodeType === Node.ELEMENT_NODE;

/** The element that takes what stands in `element`: its like, a paragraph, a heading, or nothing of its own. */
function placeFor(target: Node, element: Element): Node {
  const name = element.tagName;
  if (KEPT.has(name)) {
    const made = target.appendChild(document.createElement(name));
    const href = name === "A" ? element.getAttribute("href") : null;
    if (href && /^(https?:|mailto:|\/(?!\/))/i.test(href)) made.setAttribute("href", href);
    return made;
  }
  if (name === "H1") return target.appendChild(document.createElement("h2"));
  // A block around blocks is no paragraph.
  if (BLOCKS.has(name) && !element.querySelector("p, div, ul, ol, h1, h2, h3, h4, table, section, article"))
    return target.appendChild(document.createElement("p"));
  return target;
}

const signs: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** Plain text as paragraphs: an empty line parts them. */
export const htmlOfText = (text: string): string =>
  text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter(Boolean)
    .map((paragraph) => paragraph.replace(/[&<>]/g, (sign) => signs[sign] ?? "").replaceAll("\n", "<br>"))
    .map((paragraph) => `<p>${paragraph}</p>`)
    .join("");
