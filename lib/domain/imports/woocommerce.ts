/** Imports: rows of a WooCommerce product export as rows of the one form that the rest of an import reads. */
import { slugOf } from "./cells";
import { type Column, type Columns, cellOf, plainName, type Row, readOf } from "./columns";

/** The columns that a row has once it was translated. */
const TRANSLATED: readonly Column[] = [
  "handle",
  "title",
  "description",
  "tags",
  "status",
  "type",
  "option1Name",
  "option1Value",
  "option2Name",
  "option2Value",
  "option3Name",
  "option3Value",
  "option4Name",
  "option4Value",
  "option5Name",
  "option5Value",
  "sku",
  "barcode",
  "price",
  "compareAt",
  "quantity",
  "policy",
  "weight",
  "weightUnit",
  "imageUrl",
  "variantImage",
];

/** Stands for the columns of a file whose rows were translated. */
export const WOO_COLUMNS: Columns = new Map(TRANSLATED.map((column, at) => [column, at]));

export const isWooCommerce = (header: readonly string[]): boolean => {
  const plain = new Set(header.map(plainName));
  return plain.has("regularprice") && plain.has("name") && plain.has("type");
};

/** The columns that the translation below asks for, by their plain names; weights and attributes have numbers or units. */
const READ = new Set(
  `backordersallowed categories datesalepriceends datesalepricestarts description gtinupceanorisbn id images instock name
  parent published regularprice saleprice shortdescription sku stock tags type visibilityincatalog`.split(
    /\s+/,
  ),
);
const READ_NUMBERED = /^(?:weight(?:kg|g|lbs|oz)|attribute[1-5](?:name|values))$/;

/** Which columns of a header are read, and which are not, as the file calls them. */
export function wooMapping(header: readonly string[]): { read: string[]; unread: string[] } {
  const plain = header.map(plainName);
  return readOf(header, (at) => READ.has(plain[at] ?? "") || READ_NUMBERED.test(plain[at] ?? ""));
}

/** A row before it was translated: its cells by the plain name of their column. */
export type WooRow = { readonly line: number; readonly cells: ReadonlyMap<string, string> };

export function readWooRow(header: readonly string[], record: readonly string[], line: number): WooRow {
  return { line, cells: new Map(header.map((name, at) => [plainName(name), cellOf(record[at])])) };
}

/** Remembers which product each row belongs to; its memory grows with the number of products alone. */
export class WooBook {
  readonly #handles = new Map<string, string>();
  readonly #taken = new Set<string>();

  /** @param today as in "2026-11-29": a sale that has ended or is still to come is not the price. */
  constructor(readonly today: string) {}

  /** Called once with every row of the file, before the first `translate`. */
  meet(row: WooRow): void {
    if (typeOf(row) === "variation") return;
    const [id, sku] = [of(row, "id"), of(row, "sku")];
    let handle = slugOf(of(row, "name") || sku || id);
    // Two products may have one name; their addresses differ by what the file tells them apart with.
    if (this.#taken.has(handle)) handle = slugOf(`${handle}-${sku || id || row.line}`);
    this.#taken.add(handle);
    this.#handles.set(`line:${row.line}`, handle);
    if (id) this.#handles.set(`id:${id}`, handle);
    if (sku) this.#handles.set(sku.toLowerCase(), handle);
  }

  /** The address of a row's product; empty where it names none. */
  handleOf(row: WooRow): string {
    if (typeOf(row) !== "variation") return this.#handles.get(`line:${row.line}`) ?? "";
    const parent = of(row, "parent").toLowerCase().replace(/\s/g, "");
    return this.#handles.get(parent) ?? "";
  }

  translate(row: WooRow): Row {
    const handle = this.handleOf(row);
    const isParent = typeOf(row) === "variable";
    const cells: Partial<Record<Column, string>> = { handle };
    if (typeOf(row) !== "variation") Object.assign(cells, productCells(row));
    if (!isParent) Object.assign(cells, variantCells(row, this.today));
    if (typeOf(row) === "variation") {
      cells.variantImage = of(row, "images").split(/\s*,\s*/)[0] ?? "";
      for (const n of [1, 2, 3, 4, 5] as const) {
        cells[`option${n}Name`] = of(row, `attribute${n}name`);
        cells[`option${n}Value`] = of(row, `attribute${n}values`);
      }
    }
    return { line: row.line, cells };
  }
}

const of = (row: WooRow, name: string): string => row.cells.get(name) ?? "";

function typeOf(row: WooRow): string {
  const types = of(row, "type")
    .toLowerCase()
    .split(",")
    .map((type) => type.trim());
  return types.find((type) => type === "variation" || type === "variable") ?? types[0] ?? "";
}

function productCells(row: WooRow): Partial<Record<Column, string>> {
  const types = of(row, "type").toLowerCase();
  const [long, short] = [of(row, "description"), of(row, "shortdescription")];
  const [category = ""] = of(row, "categories").split(/\s*,\s*/);
  return {
    title: of(row, "name"),
    description: html(long || short),
    tags: of(row, "tags"),
    status: of(row, "published") === "1" && of(row, "visibilityincatalog") !== "hidden" ? "active" : "draft",
    // The innermost of "Clothing > Hoodies" is what the shelf is called.
    type: category.split(">").at(-1)?.trim() ?? "",
    imageUrl: of(row, "images"),
    giftCard: /grouped|external|downloadable/.test(types) ? "true" : "",
  };
}

function variantCells(row: WooRow, today: string): Partial<Record<Column, string>> {
  const regular = of(row, "regularprice");
  const sale = isOnSale(row, today) ? of(row, "saleprice") : "";
  const stock = of(row, "stock");
  const weight = ["kg", "g", "lbs", "oz"].find((unit) => of(row, `weight${unit}`) !== "");
  const isSold = /^(?:1|yes|notify)$/i.test(of(row, "backordersallowed"));
  return {
    sku: of(row, "sku"),
    barcode: of(row, "gtinupceanorisbn"),
    price: sale || regular,
    compareAt: sale ? regular : "",
    quantity: stock,
    // What is not counted there and in stock can be bought without end.
    policy: isSold || (stock === "" && of(row, "instock") === "1") ? "continue" : "deny",
    weight: weight ? of(row, `weight${weight}`) : "",
    weightUnit: weight === "lbs" ? "lb" : (weight ?? "kg"),
  };
}

/** Both days belong to the sale; one that is left out is no limit. */
function isOnSale(row: WooRow, today: string): boolean {
  const [starts, ends] = [of(row, "datesalepricestarts"), of(row, "datesalepriceends")].map((day) =>
    day.slice(0, 10),
  );
  return (!starts || starts <= today) && (!ends || today <= ends);
}

/** Their exports write the line breaks of a text as the two signs \\n. */
const html = (text: string): string => text.replaceAll("\\n", "\n");
