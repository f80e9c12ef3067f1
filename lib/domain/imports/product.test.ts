import { describe, expect, it } from "vitest";
import { countOf, gramsOf, priceOf, skuOf, slugOf, tagsOf } from "./cells";
import { readHeader, readRow } from "./columns";
import { type Group, groupRows, lineRange } from "./groups";
import { ImportSkip, readProduct, shownValue } from "./product";

const HEADER =
  "Handle,Title,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Price,Variant Compare At Price,Variant Inventory Qty,Image Src,Variant Image,Type,Gift Card,Published,Status";

/** Products of a small file without quotes; its header is line 1. */
async function draftsOf(body: string, header = HEADER) {
  const columns = readHeader(header.split(","));
  const rows = body
    .trim()
    .split("\n")
    .map((text, i) => readRow(columns, text.split(","), i + 2));
  const groups: Group[] = [];
  for await (const group of groupRows(rows)) groups.push(group);
  return groups.map((group) => {
    try {
      return readProduct(group, columns, "EUR");
    } catch (error) {
      return error instanceof Error ? `${error.name}: ${error.message}` : "";
    }
  });
}

async function oneOf(body: string, header?: string) {
  const [draft] = await draftsOf(body, header);
  if (typeof draft !== "object") throw new Error(draft);
  return draft;
}

describe("header", () => {
  it("is known by old and new names, in any order and case", () => {
    const old = readHeader(["Handle", "Title", "Variant Price", "Image Src", "Who Knows"]);
    const fresh = readHeader(["Product image URL", "PRICE", "URL handle", "title"]);
    expect([...old.keys()].sort()).toEqual([...fresh.keys()].sort());
    expect(fresh.get("price")).toBe(1);
  });

  it("says in one sentence what is missing", () => {
    expect(() => readHeader(["Name", "Handle"])).toThrow(
      "This is no product export that we know: its first line has no column Title, no Variant Price (or Price).",
    );
  });
});

describe("cells", () => {
  it.each([
    ["19.99", 1999],
    ["50", 5000],
    ["19.990", 1999],
    ["1,299.00", 129900],
    ["1299,50", 129950],
    ["€ 5.00", 500],
    ["0", 0],
    ["19.999", undefined],
    ["-5", undefined],
    ["free", undefined],
    ["5 pieces", undefined],
  ])("reads the price %s as %s cents", (text, cents) => expect(priceOf(text, "EUR")).toBe(cents));

  it("knows currencies without cents", () => {
    expect(priceOf("1200.00", "JPY")).toBe(1200);
    expect(priceOf("1.234", "KWD")).toBe(1234);
  });

  it("reads counts, weights and tags", () => {
    expect([countOf("3"), countOf("3.0"), countOf("-1"), countOf("2.5"), countOf("99999999999")]).toEqual([
      3,
      3,
      -1,
      undefined,
      undefined,
    ]);
    expect([gramsOf("1.5", "kg"), gramsOf("1", "oz"), gramsOf("2", "lb"), gramsOf("1", "stone")]).toEqual([
      1500,
      28,
      907,
      undefined,
    ]);
    expect(tagsOf("light, Light, , table")).toEqual(["light", "table"]);
  });

  it("makes valid slugs and the same SKU every time", () => {
    expect(slugOf("Crème Brûlée / Straße")).toBe("creme-brulee-strasse");
    expect(slugOf("茶碗")).toMatch(/^item-[0-9a-f]{8}$/);
    expect(slugOf("x".repeat(500))).toHaveLength(120);
    expect(skuOf("bowl", ["Sea Blue", "L"])).toBe("BOWL-SEA-BLUE-L");
    expect(skuOf("bowl", ["藍"])).toBe(skuOf("bowl", ["藍"]));
    expect(skuOf("bowl", ["藍"])).not.toBe(skuOf("bowl", ["紅"]));
  });

  it("writes lines as people read them", () => expect(lineRange([2, 3, 4, 7, 9, 10])).toBe("2-4, 7, 9-10"));
});

describe("a product", () => {
  it("is the rows of its handle: variants, and rows with nothing but a picture", async () => {
    const images = Array.from({ length: 300 }, (_, i) => `lamp,,,,,,,,,,https://a.test/${i}.jpg,,,,,`).join(
      "\n",
    );
    const draft = await oneOf(
      `lamp,Lamp,Colour,Amber,Size,S,L1,10,,1,https://a.test/x.jpg,https://a.test/x.jpg,,,true,\nlamp,,,amber,,L,L2,12,15,2,,,,,,\n${images}`,
    );
    expect(draft.options).toEqual([
      { name: "Colour", values: ["Amber"] },
      { name: "Size", values: ["S", "L"] },
    ]);
    expect(draft.variants.map(({ values, price, compareAt }) => [values, price, compareAt])).toEqual([
      [["Amber", "S"], 1000, null],
      [["Amber", "L"], 1200, 1500],
    ]);
    expect(draft.images).toHaveLength(301);
    expect(draft.images[1]?.alt).toBe("Lamp");
    expect(shownValue(draft, "https://a.test/x.jpg")).toBe("Amber");
    expect(draft.lines).toHaveLength(302);
  });

  it("has no options where the file says Default Title", async () => {
    const draft = await oneOf("pot,Pot,Title,Default Title,,,,5,,1,,,,,,");
    expect(draft.options).toEqual([]);
    expect(draft.variants[0]).toMatchObject({ values: [], sku: null, derivedSku: "POT" });
  });

  it("drops what cannot be and says so", async () => {
    const draft = await oneOf("pot,Pot,,,,,P,5,5,-3,,,,,,");
    expect(draft.variants[0]).toMatchObject({ compareAt: null, quantity: 0 });
    expect(draft.notes).toEqual([
      { line: 2, text: "compare-at price 5 left out: it is not above the price" },
      { line: 2, text: "quantity -3 became 0" },
    ]);
  });

  it.each([
    ["true", "active", "active"],
    ["false", "active", "draft"],
    ["true", "draft", "draft"],
    ["true", "archived", "archived"],
    ["", "", "active"],
  ])("published %s and status %s make it %s", async (published, status, wanted) => {
    expect((await oneOf(`pot,Pot,,,,,P,5,,1,,,,,${published},${status}`)).status).toBe(wanted);
  });

  it.each([
    ["pot,,,,,,P,5,,1,,,,,,", "The product has no title."],
    ["pot,Pot,,,,,P,,,1,,,,,,", "Line 2 has no price."],
    ["pot,Pot,,,,,P,abc,,1,,,,,,", 'Line 2: "abc" is no price in EUR.'],
    [",Pot,,,,,P,5,,1,,,,,,", "The row has no handle, so it belongs to no product."],
    ["pot,Pot,Size,S,,,P,5,,1,,,,,,\npot,,,,,,Q,5,,1,,,,,,", 'Line 3 has no value for the option "Size".'],
    ["pot,Pot,Size,S,,,P,5,,1,,,,,,\npot,,,s,,,Q,5,,1,,,,,,", "Lines 2 and 3 have the same options."],
    ["pot,Pot,Size,S,,,P,5,,1,,,,,,\npot,,,L,,,p,5,,1,,,,,,", 'Lines 2 and 3 have the same SKU "p".'],
    [
      "Pöt,Pot,,,,,P,5,,1,,,,,,\npot,Other,,,,,Q,5,,1,,,,,,",
      'The handles "Pöt" and "pot" (line 3) both become the address "pot".',
    ],
    ["pot,Pot,,,,,,,,,https://a.test/1.jpg,,,,,", "No row of the product has a price."],
  ])("is refused with its reason: %s", async (body, message) => {
    expect((await draftsOf(body))[0]).toBe(`ImportProblem: ${message}`);
  });

  it("is left out where it is a gift card", async () => {
    expect((await draftsOf("card,Card,,,,,P,5,,1,,,,true,,"))[0]).toBe(
      `${ImportSkip.name}: Gift cards, downloads and bundles are not sold here.`,
    );
  });

  it("leaves alone what the file has no column for", async () => {
    const draft = await oneOf("pot,Pot,5", "Handle,Title,Variant Price");
    expect(draft).toMatchObject({ html: undefined, tags: undefined, status: undefined, vendor: undefined });
    expect(draft.variants[0]).toMatchObject({ compareAt: undefined, barcode: undefined, weight: undefined });
  });

  it("takes its type for a category, otherwise the words of a taxonomy, never a bare number", async () => {
    const header =
      "Handle,Title,Variant Price,Type,Product Category,Google Shopping / Google Product Category";
    const drafts = await draftsOf("a,A,5,Lamps,Home > Light,\nb,B,5,,Home > Light,\nc,C,5,,,212", header);
    expect(drafts.map((draft) => typeof draft === "object" && draft.category)).toEqual([
      ["Lamps"],
      ["Home", "Light"],
      [],
    ]);
  });
});
