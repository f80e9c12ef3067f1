import { expect, test } from "vitest";
import { newProductInput, productInput } from "./catalog-input";
import { slugOf } from "./imports/cells";
import { readHeader, readRow } from "./imports/columns";
import { groupRows } from "./imports/groups";
import { readProduct } from "./imports/product";

test("a variant whose conflict was told comes without a version, and is meant as it is", () => {
  const id = "00000000-0000-7000-8000-000000000000";
  const product = { productId: id, version: "3", name: "Jug", subtitle: "", slug: "jug", description: "" };
  const variant = (version: string) => ({ id, version, price: "10" });
  const { variants } = productInput.parse({
    ...product,
    status: "active",
    categoryId: id,
    tags: "",
    variants: [variant(""), variant("4")],
  });
  expect(variants.map(({ version }) => version)).toEqual([undefined, 4]);
});

test("a price that is no amount is told together with what else is wrong, whatever the currency", () => {
  const faultsOf = (price: string) => {
    const typed = { name: "", categoryId: "none", price, requestKey: "12345678" };
    const { error } = newProductInput.safeParse(typed);
    return Object.fromEntries((error?.issues ?? []).map(({ path, message }) => [path.join("."), message]));
  };
  expect(Object.keys(faultsOf("59"))).toEqual(["name", "categoryId"]);
  expect(faultsOf("")).toMatchObject({ name: "Please enter a name.", price: "Please enter a price." });
  for (const price of ["abc", "1o0", "twelve 12 or 13"])
    expect(faultsOf(price)).toMatchObject({
      name: "Please enter a name.",
      price: "Please enter an amount in digits, like 59.",
    });
  // How many digits may follow the mark, and which sign belongs to it, is for who knows the currency.
  for (const price of ["1.234", "5900", "€ 59,50", "59.00 KWD", "1'299.00", "-5"])
    expect(Object.keys(faultsOf(price))).toEqual(["name", "categoryId"]);
});

test("what an import brings at its longest is taken by the product's form, and nothing of it is lost", async () => {
  const long = (length: number) => "x".repeat(length);
  const tags = Array.from({ length: 150 }, (_, i) => `${i}${long(200)}`.slice(0, 120));
  const columns = readHeader([
    ...[
      "Handle",
      "Title",
      "Variant SKU",
      "Variant Price",
      "Variant Barcode",
      "Tags",
      "Image Src",
      "Image Alt Text",
    ],
    ...["SEO Title", "SEO Description"],
  ]);
  const cells = [
    "lamp",
    long(300),
    long(200),
    "10",
    long(400),
    tags.join(),
    "https://a.test/x.jpg",
    long(900),
  ];
  const drafts: ReturnType<typeof readProduct>[] = [];
  for await (const group of groupRows([readRow(columns, [...cells, long(900), long(4_000)], 2)]))
    drafts.push(readProduct(group, columns, "EUR"));
  const [draft] = drafts;
  const [variant] = draft?.variants ?? [];
  expect(draft?.tags).toHaveLength(100);
  const id = "00000000-0000-7000-8000-000000000000";
  const said = productInput.parse({
    productId: id,
    version: "3",
    name: draft?.name,
    subtitle: "",
    slug: slugOf(long(500)),
    description: "",
    status: "active",
    categoryId: id,
    tags: draft?.tags?.join(", "),
    metaTitle: draft?.seoTitle,
    metaDescription: draft?.seoDescription,
    variants: [{ id, version: "1", price: "10", sku: variant?.sku, barcode: variant?.barcode }],
  });
  expect(said).toMatchObject({ name: draft?.name, tags: draft?.tags, metaTitle: draft?.seoTitle });
  expect(said.variants[0]).toMatchObject({ sku: variant?.sku, barcode: variant?.barcode });
});
