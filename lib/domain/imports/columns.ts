/** Imports: which column of a Shopify product export holds what, by its old and its new name. */

/** Names as they are compared: lower case, letters and digits only. The first of each list is Shopify's present one. */
const NAMES = {
  handle: ["urlhandle", "handle"],
  title: ["title"],
  description: ["description", "bodyhtml", "body"],
  vendor: ["vendor"],
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
  sku: ["sku", "variantsku"],
  barcode: ["barcode", "variantbarcode"],
  price: ["price", "variantprice"],
  compareAt: ["compareatprice", "variantcompareatprice"],
  quantity: ["inventoryquantity", "variantinventoryqty", "variantinventoryquantity"],
  policy: ["continuesellingwhenoutofstock", "variantinventorypolicy"],
  grams: ["weightvaluegrams", "variantgrams"],
  weight: ["variantweight"],
  weightUnit: ["variantweightunit"],
  imageUrl: ["productimageurl", "imagesrc"],
  imagePosition: ["imageposition"],
  imageAlt: ["imagealttext"],
  variantImage: ["variantimageurl", "variantimage"],
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

/** Reads the header. @throws ImportProblem where it is no product export, naming the columns that are missing. */
export function readHeader(header: readonly string[]): Columns {
  const plain = header.map((name) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ""));
  const columns = new Map<Column, number>();
  for (const [column, names] of Object.entries(NAMES) as [Column, readonly string[]][]) {
    const place = names.map((name) => plain.indexOf(name)).find((at) => at >= 0);
    if (place !== undefined) columns.set(column, place);
  }
  const missing = [
    !columns.has("handle") && "Handle (or URL handle)",
    !columns.has("title") && "Title",
    !columns.has("price") && "Variant Price (or Price)",
  ].filter((name) => name !== false);
  if (missing.length === 0) return columns;
  throw new ImportProblem(
    `This is not a Shopify product export: its first line has no column ${missing.join(", no ")}.`,
  );
}

/** A record of the file as a row. Cells of columns that we do not know are dropped. */
export function readRow(columns: Columns, record: readonly string[], line: number): Row {
  const cells: Partial<Record<Column, string>> = {};
  // PostgreSQL cannot store the character NUL.
  for (const [column, at] of columns) cells[column] = (record[at] ?? "").replaceAll("\0", "").trim();
  return { line, cells };
}
