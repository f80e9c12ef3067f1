/** Imports: the rows of a product read as one product, or the reason why they are none. */
import { LIMITS } from "../catalog-limits";
import { isBackdrop } from "../palette";
import { isNo, isYes, momentOf, tagsOf } from "./cells";
import { type Column, type Columns, ImportProblem, type Row } from "./columns";
import { type Group, isCut } from "./groups";
import type { Note } from "./note";
import { readVariants, type VariantDraft } from "./variants";

export interface ImageDraft {
  readonly line: number;
  readonly url: string;
  readonly alt: string;
  /** The file leaves the words out, and `alt` is the product's name: a picture that is here keeps what it has. */
  readonly isUnworded?: true;
  /** The file's own order, counted from 1. */
  readonly position: number;
  /** The option value that it shows, where the file says so. */
  readonly shows?: string;
  /** What it is cut out for, null: nothing; absent where the file does not say it. */
  readonly backdrop?: string | null;
}

/** What a file says of a product. A field that is undefined has no column in the file and stays as it is in the shop. */
export interface ProductDraft {
  readonly handle: string;
  readonly slug: string;
  readonly lines: readonly number[];
  readonly name: string;
  /** As the file has it; must be sanitised before it is stored. */
  readonly html: string | undefined;
  /** Plain paragraphs or HTML; undefined: HTML, as others export it. */
  readonly descriptionFormat: "text" | "html";
  readonly details: string | undefined;
  readonly vendor: string | undefined;
  /** Names from the outermost to the innermost, the best guess of where it belongs. */
  readonly category: readonly string[];
  /** The address of its category ("objects/lamps"), in exports of our own. */
  readonly categoryPath: string | undefined;
  readonly tags: readonly string[] | undefined;
  readonly status: "draft" | "active" | "archived" | undefined;
  readonly seoTitle: string | undefined;
  readonly seoDescription: string | undefined;
  readonly featured: boolean | undefined;
  /** Its code; "" is the store's usual one. */
  readonly taxClass: string | undefined;
  /** When it goes into the shop by itself, and out of it; null: never. */
  readonly publishAt: Date | null | undefined;
  readonly unpublishAt: Date | null | undefined;
  readonly options: readonly { name: string; values: readonly string[] }[];
  readonly variants: readonly VariantDraft[];
  readonly images: readonly ImageDraft[];
  readonly notes: readonly Note[];
}

/** Thrown for what we leave out on purpose: it is no fault of the file. */
export class ImportSkip extends Error {
  override name = "ImportSkip";
}

/** Reads a group. @throws ImportProblem with the lines in question, ImportSkip for gift cards. */
export function readProduct(group: Group, columns: Columns, currency: string): ProductDraft {
  // Variations may stand before the product that they belong to.
  const first = group.rows.find((row) => row.cells.title) ?? group.rows[0];
  if (!first || group.handle === "")
    throw new ImportProblem("The row has no handle, so it belongs to no product.");
  if (isCut(group)) throw new ImportProblem(`More than ${group.rows.length} rows have this handle.`);
  checkHandles(group);
  if (isYes(first.cells.giftCard))
    throw new ImportSkip("Gift cards, downloads and bundles are not sold here.");
  const name = first.cells.title || group.rows.find((row) => row.cells.title)?.cells.title;
  if (!name) throw new ImportProblem("The product has no title.");
  if (name.length > LIMITS.name)
    throw new ImportProblem(`The title is longer than ${LIMITS.name} characters.`);
  const notes: Note[] = [];
  const { options, variants } = readVariants(group, currency, notes);
  const given = (column: Column) => (columns.has(column) ? (first.cells[column] ?? "") : undefined);
  const tags = given("tags");
  const moment = (column: "publishAt" | "unpublishAt") => {
    const text = given(column);
    const at = text ? momentOf(text) : null;
    if (text && !at)
      notes.push({ line: first.line, text: `"${text.slice(0, 40)}" is no moment with a zone` });
    return text === undefined ? undefined : at;
  };
  return {
    handle: group.handle,
    slug: group.slug,
    lines: group.lines,
    name,
    html: given("description"),
    descriptionFormat: first.cells.descriptionFormat?.toLowerCase() === "text" ? "text" : "html",
    details: given("details"),
    vendor: given("vendor")?.slice(0, 200),
    category: categoryOf(first),
    categoryPath: first.cells.categoryPath || undefined,
    tags: tags === undefined ? undefined : tagsOf(tags),
    status: statusOf(first, columns),
    seoTitle: given("seoTitle")?.slice(0, LIMITS.metaTitle),
    seoDescription: given("seoDescription")?.slice(0, LIMITS.metaDescription),
    featured: first.cells.featured ? isYes(first.cells.featured) : undefined,
    taxClass: given("taxClass"),
    publishAt: moment("publishAt"),
    unpublishAt: moment("unpublishAt"),
    options,
    variants,
    images: readImages(group.rows, name, notes),
    notes,
  };
}

// "Crème" and "creme" would be one address: the second product must not overwrite the first.
function checkHandles(group: Group): void {
  const other = group.rows.find((row) => row.cells.handle?.toLowerCase() !== group.handle.toLowerCase());
  if (!other) return;
  throw new ImportProblem(
    `The handles "${group.handle}" and "${other.cells.handle}" (line ${other.line}) both become the address "${group.slug}".`,
  );
}

function statusOf({ cells }: Row, columns: Columns): ProductDraft["status"] {
  if (!columns.has("status") && !columns.has("published")) return undefined;
  const status = cells.status?.toLowerCase() ?? "";
  if (status === "archived") return "archived";
  // "unlisted" products are not shown anywhere, which is what a draft is here.
  if ((status !== "" && status !== "active") || isNo(cells.published)) return "draft";
  return "active";
}

/** The merchant's own type says best what it is; Google's category may be a bare number, which says nothing. */
function categoryOf({ cells }: Row): string[] {
  if (cells.type) return [cells.type.slice(0, 100)];
  const path = cells.productCategory || cells.googleCategory || "";
  return path
    .split(">")
    .map((part) => part.trim().slice(0, 100))
    .filter((part) => part !== "" && !/^\d+$/.test(part));
}

function readImages(rows: readonly Row[], name: string, notes: Note[]): ImageDraft[] {
  const images = new Map<string, ImageDraft>();
  const add = (urls: string | undefined, line: number, position: number, row: Row["cells"]) => {
    const alt = (row.imageAlt || name).slice(0, LIMITS.alt);
    const isTold = row.imageBackdrop === "" || isBackdrop(row.imageBackdrop ?? "");
    if (row.imageBackdrop && !isTold)
      notes.push({ line, text: `there is no backdrop "${row.imageBackdrop.slice(0, 40)}"` });
    const more = {
      ...(row.imageAlt ? {} : { isUnworded: true as const }),
      ...(row.imageShows ? { shows: row.imageShows } : {}),
      ...(isTold ? { backdrop: row.imageBackdrop || null } : {}),
    };
    // WooCommerce names all pictures of a product in one cell.
    for (const url of (urls ?? "").split(/\s*,\s*(?=https?:)/i))
      if (url && !images.has(url)) images.set(url, { url, line, position, alt, ...more });
  };
  rows.forEach(({ line, cells }, i) => {
    const position = Number(cells.imagePosition);
    add(
      cells.imageUrl,
      line,
      cells.imagePosition && Number.isInteger(position) && position >= 0 ? position : i + 1,
      cells,
    );
  });
  // A variant's own picture usually is one of the product's as well; where it is not, it comes last.
  for (const { line, cells } of rows) add(cells.variantImage, line, 100_000, {});
  return [...images.values()].sort((a, b) => a.position - b.position || a.line - b.line);
}

/** The value of the first option that a picture shows: that of its variants, where they share one and no other has it. */
export function shownValue(draft: ProductDraft, url: string): string | undefined {
  const values = new Set(
    draft.variants.filter((variant) => variant.image === url).map(({ values }) => values[0]),
  );
  return values.size === 1 ? [...values][0] : undefined;
}
