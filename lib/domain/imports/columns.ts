/** Imports: which column of a file holds what: by the names that Shopify, WooCommerce and the shop itself give them. */

import { restored } from "../csv";

/** Names as they are compared: lower case, letters and digits only. The first of each list is Shopify's present one. */
const NAMES = {
  handle: ["urlhandle", "handle"],
  title: ["title"],
  description: ["description", "bodyhtml", "body"],
  descriptionFormat: ["descriptionformat"],
  details: ["details"],
  vendor: ["vendor", "subtitle"],
  categoryPath: ["categorypath"],
  productCategory: ["productcategory", "standardproducttype", "category"],
  type: ["type", "customproducttype", "producttype"],
  tags: ["tags"],
  published: ["publishedononlinestore", "published"],
  status: ["status"],
  option1Name: ["option1name"],
  option1Value: ["option1value"],
  option2Name: ["option2name"],
  option2Value: ["option2value"],
  option3Name: ["option3name"],
  option3Value: ["option3value"],
  option4Name: ["option4name"],
  option4Value: ["option4value"],
  option5Name: ["option5name"],
  option5Value: ["option5value"],
  sku: ["sku", "variantsku"],
  barcode: ["barcode", "variantbarcode"],
  price: ["price", "variantprice"],
  compareAt: ["compareatprice", "variantcompareatprice"],
  cost: ["costperitem", "cost"],
  quantity: ["inventoryquantity", "variantinventoryqty", "variantinventoryquantity"],
  backorderLimit: ["backorderlimit"],
  policy: ["continuesellingwhenoutofstock", "variantinventorypolicy"],
  grams: ["weightvaluegrams", "variantgrams"],
  weight: ["variantweight"],
  weightUnit: ["variantweightunit"],
  imageUrl: ["productimageurl", "imagesrc"],
  imagePosition: ["imageposition"],
  imageAlt: ["imagealttext"],
  imageShows: ["imageshows"],
  imageBackdrop: ["imagebackdrop"],
  variantImage: ["variantimageurl", "variantimage"],
  unitAmount: ["unitcontent", "unitpricetotalmeasure"],
  unit: ["contentunit", "unitpricetotalmeasureunit"],
  threshold: ["lowstockthreshold"],
  forSale: ["variantforsale"],
  featured: ["featured"],
  taxClass: ["taxclass"],
  publishAt: ["publishat"],
  unpublishAt: ["unpublishat"],
  giftCard: ["giftcard"],
  seoTitle: ["seotitle"],
  seoDescription: ["seodescription"],
  googleCategory: ["googleshoppinggoogleproductcategory", "googleproductcategory"],
} as const;

export type Column = keyof typeof NAMES;

/** Where each known column stands in a row; a column that the file has not is absent. */
export type Columns = ReadonlyMap<Column, number>;

/** One line of the file (counted from 1, the line its row begins on) by column; cells are trimmed. */
export interface Row {
  readonly line: number;
  readonly cells: Partial<Record<Column, string>>;
}

/** A file, or a product in it, that cannot be imported; the message is one sentence for the person who has the file. */
export class ImportProblem extends Error {
  override name = "ImportProblem";
}

/** What a person may choose for a column, in the order of the list. */
export const COLUMNS = Object.keys(NAMES) as readonly Column[];

export const isColumn = (text: string): text is Column => Object.hasOwn(NAMES, text);

const LABELS: Partial<Record<Column, string>> = {
  handle: "Handle: what keeps rows together",
  description: "Description",
  vendor: "Vendor or subtitle",
  productCategory: "Category by Shopify",
  type: "Category by name",
  categoryPath: "Category by its address",
  compareAt: "Former price",
  cost: "Cost of a piece",
  quantity: "Quantity in stock",
  policy: "Sold when there is none",
  backorderLimit: "At most so many when there is none",
  grams: "Weight in grams",
  weight: "Weight",
  weightUnit: "Unit of the weight",
  unitAmount: "Content, for unit prices",
  unit: "Unit of the content",
  threshold: "Low from",
  forSale: "Variant for sale",
  featured: "Featured",
  taxClass: "Tax class by its code",
  publishAt: "When it goes into the shop",
  unpublishAt: "When it goes out of the shop",
  imageUrl: "Picture",
  imageAlt: "Picture in words",
  imageShows: "Option that the picture shows",
  imageBackdrop: "Backdrop of the picture",
  variantImage: "Picture of the variant",
  sku: "SKU",
  seoTitle: "Title for search engines",
  seoDescription: "Description for search engines",
  googleCategory: "Category by Google",
};

/** A column as people read it: "Option 1 name". */
export function columnLabel(column: Column): string {
  const words = column.replace(/([A-Z0-9])/g, " $1").toLowerCase();
  return LABELS[column] ?? `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

/** A name of a column as names are compared. */
export const plainName = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** Which columns of a header are read, by their places, and which are not, as the file calls them. */
export function readOf(
  header: readonly string[],
  isRead: (at: number) => boolean,
): { read: string[]; unread: string[] } {
  const named = header.map((name, at) => ({ name, isRead: isRead(at) })).filter(({ name }) => name !== "");
  const pick = (which: boolean) => named.filter((each) => each.isRead === which).map(({ name }) => name);
  return { read: pick(true), unread: pick(false) };
}

/** What the header says of each column of the file; null where it says nothing that we know. */
export function guessColumns(header: readonly string[]): (Column | null)[] {
  const plain = header.map(plainName);
  const guessed: (Column | null)[] = header.map(() => null);
  for (const [column, names] of Object.entries(NAMES) as [Column, readonly string[]][]) {
    const place = names.map((name) => plain.indexOf(name)).find((at) => at >= 0);
    if (place !== undefined) guessed[place] = column;
  }
  return guessed;
}

/** With the names that they have in other shops' exports. */
const MUST = {
  handle: "Handle (or URL handle)",
  title: "Title",
  price: "Variant Price (or Price)",
} as const;

/** The columns that an import cannot do without and that nobody chose. */
export const missingColumns = (columns: readonly (Column | null)[]): (keyof typeof MUST)[] =>
  (Object.keys(MUST) as (keyof typeof MUST)[]).filter((column) => !columns.includes(column));

/** @throws ImportProblem naming the columns that are missing. */
export function columnsOf(chosen: readonly (Column | null)[]): Columns {
  const missing = missingColumns(chosen).map((column) => MUST[column]);
  if (missing.length > 0)
    throw new ImportProblem(
      `This is no product export that we know: its first line has no column ${missing.join(", no ")}.`,
    );
  return new Map(chosen.flatMap((column, at) => (column === null ? [] : [[column, at] as const])));
}

/** Reads the header. @throws ImportProblem where it is no product export, naming the columns that are missing. */
export const readHeader = (header: readonly string[]): Columns => columnsOf(guessColumns(header));

/** A record of the file as a row. Cells of columns that we do not know are dropped. */
export function readRow(columns: Columns, record: readonly string[], line: number): Row {
  const cells: Partial<Record<Column, string>> = {};
  for (const [column, at] of columns) cells[column] = cellOf(record[at]);
  return { line, cells };
}

/** A cell as it is stored: without the character NUL, which PostgreSQL refuses, and without what neutralised it. */
export const cellOf = (cell = ""): string => restored(cell.replaceAll("\0", "").trim());
