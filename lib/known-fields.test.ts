import { expect, test } from "vitest";
import { z } from "zod";
import { tellUnknown, unknownFields } from "./known-fields";

/** The unknown ones of these names, sent to a form of this schema. */
function strange(schema: z.ZodType, ...names: string[]): string[] {
  const form = new FormData();
  for (const name of names) form.append(name, "1");
  return unknownFields(schema, form);
}

const address = z.object({ city: z.string(), region: z.string().optional() });

test("a field that the schema does not have is found, and told once", () => {
  expect(strange(z.object({ name: z.string() }), "name", "role", "price", "role")).toEqual(["role", "price"]);
  expect(strange(z.object({}), "price")).toEqual(["price"]);
});

test("fields within fields are looked for where they stand", () => {
  const schema = z.object({
    shipping: address,
    lines: z.array(z.object({ id: z.uuid() })),
    tags: z.string(),
  });
  expect(strange(schema, "shipping.city", "shipping.region", "lines.0.id", "lines.12.id", "tags")).toEqual(
    [],
  );
  const wrong = [
    "shipping.role",
    "lines.0.price",
    "lines.x.id",
    "lines.00000.id",
    "tags.0",
    "city",
    "lines.0.id.x",
  ];
  expect(strange(schema, ...wrong)).toEqual(wrong);
});

test("a field too deep to be read is none", () => {
  const deep = "a.b.c.d.e.f.g.h.i";
  expect(strange(z.object({ a: z.object({ b: z.string() }) }), deep)).toEqual([deep]);
});

test("names that JavaScript gives a meaning are names like any other", () => {
  const names = [
    "__proto__",
    "__proto__.role",
    "constructor.prototype.role",
    "toString",
    "hasOwnProperty",
    "",
  ];
  expect(strange(z.object({ name: z.string() }), ...names)).toEqual(names);
});

test("whatever a schema is wrapped in, its fields are the same", () => {
  const bare = z.object({ city: z.string() });
  const wrapped: z.ZodType[] = [
    bare.refine(() => true),
    bare.superRefine(() => {}),
    bare.check(() => {}),
    bare.transform(({ city }) => city),
    bare.pipe(z.object({ city: z.string(), role: z.string().optional() })),
    z.preprocess((form) => form, bare),
    z
      .preprocess(
        (form) => form,
        bare.refine(() => true),
      )
      .transform((form) => form),
    bare.optional(),
    bare.nullable(),
    bare.default({ city: "" }),
    bare.prefault({ city: "" }),
    bare.catch({ city: "" }),
    bare.readonly(),
    bare.optional().nonoptional(),
    z.lazy(() => bare),
    bare.and(z.object({})),
    bare.strict(),
    bare.extend({ role: z.never().optional() }),
    bare.brand("city"),
  ];
  for (const schema of wrapped) {
    expect(strange(schema, "city", "role"), schema.def.type).toEqual(["role"]);
    expect(strange(z.object({ at: schema }), "at.city", "at.role"), schema.def.type).toEqual(["at.role"]);
  }
});

test("of several shapes each has its fields, and of two at once both", () => {
  const one = z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("flat"), amount: z.string() }),
    z.object({ kind: z.literal("share"), percent: z.string() }),
  ]);
  expect(strange(one, "kind", "amount", "percent", "price")).toEqual(["price"]);
  expect(strange(address.and(z.object({ id: z.string() })), "city", "id", "role")).toEqual(["role"]);
  expect(
    strange(z.object({ ids: z.union([z.string(), z.array(z.string())]) }), "ids", "ids.0", "ids.a"),
  ).toEqual(["ids.a"]);
});

test("a record has any name, and no more than its values have", () => {
  const schema = z.object({
    versions: z.record(z.string(), z.string()),
    lines: z.record(z.string(), address),
  });
  expect(strange(schema, "versions.a", "lines.b.city", "versions.a.b", "lines.b.role")).toEqual([
    "versions.a.b",
    "lines.b.role",
  ]);
});

test("a schema that takes what it does not name says so itself", () => {
  expect(strange(z.looseObject({ name: z.string() }), "name", "role")).toEqual([]);
  expect(strange(address.catchall(z.string()), "role", "role.x")).toEqual(["role.x"]);
});

test("React's fields, the mark of a form without scripts and the link of an order belong to every form", () => {
  const carried = ["$ACTION_REF_1", "$ACTION_1:0", "$ACTION_KEY", "nojs", "orderNumber", "key"];
  expect(strange(z.object({}), ...carried)).toEqual([]);
  const near = ["nojs.x", "key.role", "keys", "orderNumbers", "orderNumber.0", "ACTION_KEY"];
  expect(strange(z.object({}), ...near)).toEqual(near);
});

test("what is said names the fields, a few of them and not at full length", () => {
  expect(tellUnknown(["role"])).toBe(
    "This form was sent with a field that it does not have: role. Load the page again.",
  );
  expect(tellUnknown(["role", "price"])).toBe(
    "This form was sent with fields that it does not have: role, price. Load the page again.",
  );
  const many = tellUnknown(Array.from({ length: 200 }, (_, i) => `field${i}${"x".repeat(5_000)}`));
  expect(many.length).toBeLessThan(500);
});
