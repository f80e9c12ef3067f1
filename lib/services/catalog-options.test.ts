import { and, asc, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { db } from "@/db/client";
import { audit } from "@/db/schema/audit";
import { products, variantOptionValues, variants } from "@/db/schema/catalog";
import { combinationsOf } from "@/lib/domain/catalog-options";
import { ShopError } from "@/lib/domain/errors";
import { revert } from "./audit-revert";
import { editProduct } from "./catalog";
import { createProduct } from "./catalog-create";
import { makeVariants } from "./catalog-matrix";
import { editOptions, readAllOptions } from "./catalog-options";
import { restock } from "./inventory/adjust";

let world: Cast;
beforeAll(async () => {
  world = await cast();
});

let serial = 0;
async function begin(name: string): Promise<string> {
  serial += 1;
  const input = {
    name,
    categoryId: world.id.category,
    price: "12.50",
    sku: "",
    stock: 0,
    requestKey: `options-${serial}`,
  };
  return (await createProduct(world.line, input)).productId;
}

const versionOf = async (id: string) =>
  (await db.select({ version: products.version }).from(products).where(eq(products.id, id)))[0]?.version ?? 0;
const variantsOf = (id: string) =>
  db
    .select()
    .from(variants)
    .where(eq(variants.productId, id))
    .orderBy(asc(variants.position), asc(variants.id));
const soldOf = async (id: string) =>
  (await variantsOf(id)).filter(({ isActive }) => isActive).map(({ title }) => title);
const optionsOf = (id: string) => db.transaction((tx) => readAllOptions(tx, id));

/** The form as it would be sent with nothing changed. */
async function form(productId: string) {
  const options = (await optionsOf(productId)).map(({ id, name, values }) => ({
    id,
    name,
    values: values.map(({ id: valueId, value, swatch }) => ({ id: valueId, value, swatch: swatch ?? "" })),
    add: [] as string[],
  }));
  const version = await versionOf(productId);
  return { productId, version, options, newName: "", newValues: [] as string[], do: "" };
}

const add = async (productId: string, newName: string, newValues: string[]) =>
  editOptions(world.line, { ...(await form(productId)), newName, newValues });
const press = async (productId: string, verb: string, value: string) => {
  const all = (await optionsOf(productId)).flatMap(({ id, name, values }) => [
    { id, name },
    ...values.map((each) => ({ id: each.id, name: each.value })),
  ]);
  const found = all.find(({ name }) => name === value);
  return editOptions(world.line, { ...(await form(productId)), do: `${verb}:${found?.id}` });
};
const make = async (productId: string, titles?: string[]) =>
  makeVariants(world.line, {
    productId,
    version: await versionOf(productId),
    requestKey: `make-${productId}-${Math.random()}`,
    keys: combinationsOf(await optionsOf(productId))
      .filter(({ title }) => !titles || titles.includes(title))
      .map(({ key }) => key),
    price: "20,00",
    weight: 300,
    sku: "Bowl",
  });

async function refusal(run: Promise<unknown>): Promise<ShopError> {
  const error = await run.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ShopError)) throw new Error(`no ShopError but ${error}`);
  return error;
}

describe("options and the matrix of variants", () => {
  it("gives what is there the first value, and makes what is missing with price, weight and SKUs of its own", async () => {
    const id = await begin("Matrix Bowl");
    const [first] = await variantsOf(id);
    await add(id, "Colour", ["Red", "Blue"]);
    await add(id, "Size", ["S", "L"]);
    expect(await soldOf(id)).toEqual(["Red / S"]);
    expect(await make(id)).toMatchObject({ made: 3, back: 0 });
    const stored = await variantsOf(id);
    expect(stored.map(({ title, sku, price, weight }) => [title, sku, price, weight])).toEqual([
      ["Red / S", first?.sku, 1_250, 0],
      ["Red / L", "BOWL-RED-L", 2_000, 300],
      ["Blue / S", "BOWL-BLUE-S", 2_000, 300],
      ["Blue / L", "BOWL-BLUE-L", 2_000, 300],
    ]);
    // The shop finds a variant by its values: each has one of every option.
    for (const { id: variantId } of stored)
      expect(
        await db.select().from(variantOptionValues).where(eq(variantOptionValues.variantId, variantId)),
      ).toHaveLength(2);
    expect((await refusal(make(id))).data).toMatchObject({ fields: { keys: expect.any(String) } });
  });

  it("renames, swaps names and puts in order, and the variants follow", async () => {
    const id = await begin("Order Bowl");
    await add(id, "Colour", ["Red", "Blue"]);
    await make(id);
    const typed = await form(id);
    const values = typed.options[0]?.values.map((value) => ({
      ...value,
      value: value.value === "Red" ? "Blue" : "Red",
      swatch: "#aa0000",
    }));
    await editOptions(world.line, {
      ...typed,
      options: typed.options.map((option) => ({ ...option, name: "Paint", values: values ?? [] })),
    });
    expect(await soldOf(id)).toEqual(["Blue", "Red"]);
    await press(id, "up", "Red");
    expect(await soldOf(id)).toEqual(["Red", "Blue"]);
    await add(id, "Size", ["S"]);
    await press(id, "up", "Size");
    expect(await soldOf(id)).toEqual(["S / Red", "S / Blue"]);
    const [option] = (await form(id)).options;
    const repeated = await refusal(
      editOptions(world.line, { ...(await form(id)), newName: "paint", newValues: ["x"] }),
    );
    expect(repeated.data).toMatchObject({ fields: { newName: expect.any(String) } });
    expect(option?.name).toBe("Size");
  });

  it("deletes no variant: one whose value goes is off sale with its stock, and comes back with the value", async () => {
    const id = await begin("Kept Bowl");
    await add(id, "Colour", ["Red", "Blue"]);
    await make(id);
    const blue = (await variantsOf(id)).find(({ title }) => title === "Blue");
    await restock(world.line, { variantId: blue?.id ?? "", quantity: 7, reason: "first count" });
    expect(await press(id, "drop", "Blue")).toMatchObject({ retired: 1, pieces: 7 });
    expect(await soldOf(id)).toEqual(["Red"]);
    expect((await variantsOf(id)).find(({ id: each }) => each === blue?.id)).toMatchObject({
      isActive: false,
    });

    // Out of the matrix it cannot be put on sale by the product's form either.
    const [product] = await db.select().from(products).where(eq(products.id, id));
    if (!product || !blue) throw new Error("no bowl");
    const sale = [{ id: blue.id, version: undefined, price: "1", compareAtPrice: "", isActive: true }];
    const stale = await refusal(
      editProduct(world.line, {
        ...product,
        productId: id,
        metaTitle: null,
        metaDescription: null,
        variants: sale,
      }),
    );
    expect(stale.code).toBe("not_found");

    const typed = await form(id);
    await editOptions(world.line, { ...typed, options: typed.options.map((o) => ({ ...o, add: ["Blue"] })) });
    expect(await make(id)).toMatchObject({ made: 0, back: 1 });
    expect((await variantsOf(id)).find(({ id: each }) => each === blue.id)).toMatchObject({
      isActive: true,
      title: "Blue",
      sku: blue.sku,
    });
    // Changes of the texts can still be taken back while a variant is out of the matrix.
    const dropping = await form(id);
    await editOptions(world.line, { ...dropping, do: `drop:${dropping.options[0]?.values[1]?.id}` });
    const [now] = await db.select().from(products).where(eq(products.id, id));
    const [red] = (await variantsOf(id)).filter(({ isActive }) => isActive);
    if (!now || !red) throw new Error("no bowl");
    await editProduct(world.admin, {
      ...{ ...now, productId: id, name: "Renamed Bowl", metaTitle: null, metaDescription: null },
      variants: [{ id: red.id, version: red.version, price: "12.50", compareAtPrice: "", isActive: true }],
    });
    const [entry] = await db
      .select({ entryId: audit.id })
      .from(audit)
      .where(and(eq(audit.subjectId, id), eq(audit.action, "product.edit")));
    await revert(world.admin, { entryId: entry?.entryId ?? "" });
    expect((await db.select().from(products).where(eq(products.id, id)))[0]?.name).toBe("Kept Bowl");
    await editOptions(world.line, {
      ...(await form(id)),
      options: (await form(id)).options.map((o) => ({ ...o, add: ["Blue"] })),
    });
    await make(id);
    // The last value stays: it is the option that goes.
    await press(id, "drop", "Blue");
    expect((await refusal(press(id, "drop", "Red"))).code).toBe("invalid_input");
  });

  it("keeps what is in stock where an option goes and variants fall together", async () => {
    const id = await begin("Folded Bowl");
    await add(id, "Size", ["S", "L"]);
    await make(id);
    const large = (await variantsOf(id)).find(({ title }) => title === "L");
    await restock(world.line, { variantId: large?.id ?? "", quantity: 2, reason: "first count" });
    expect(await press(id, "drop", "Size")).toMatchObject({ retired: 1, pieces: 0 });
    const left = await db
      .select()
      .from(variants)
      .where(and(eq(variants.productId, id), eq(variants.isActive, true)));
    expect(left).toMatchObject([{ id: large?.id, title: "", optionKey: "" }]);
    expect(await optionsOf(id)).toEqual([]);
  });

  it("refuses strangers, overtaken forms, a fourth option, and a product in the shop left without variants", async () => {
    const id = await begin("Guarded Bowl");
    const before = await form(id);
    const mine = { ...before, newName: "Colour", newValues: ["Red"] };
    expect((await refusal(editOptions(world.ring, mine))).code).toBe("not_found");
    await editOptions(world.line, mine);
    const late = await refusal(editOptions(world.admin, { ...before, newName: "Size", newValues: ["S"] }));
    expect(late.message).toContain("changed the options");
    await add(id, "Size", ["S"]);
    await add(id, "Glaze", ["Matt"]);
    expect((await refusal(add(id, "Foot", ["Round"]))).data).toMatchObject({
      fields: { newName: expect.any(String) },
    });
    await db.update(products).set({ status: "active", publishedAt: new Date() }).where(eq(products.id, id));
    const typed = await form(id);
    const [colour] = typed.options;
    await editOptions(world.line, {
      ...typed,
      options: typed.options.map((option) => (option === colour ? { ...option, add: ["Blue"] } : option)),
    });
    expect((await refusal(press(id, "drop", "Red"))).message).toBeTruthy();
    expect(await soldOf(id)).toEqual(["Red / S / Matt"]);
  });

  it("makes at most a hundred variants", async () => {
    const id = await begin("Wide Bowl");
    const many = (letter: string) => Array.from({ length: 11 }, (_, n) => `${letter}${n}`);
    await add(id, "Colour", many("c"));
    await add(id, "Size", many("s"));
    const error = await refusal(make(id));
    expect(error.data).toMatchObject({ fields: { keys: "At most 100 variants a product." } });
  });
});
