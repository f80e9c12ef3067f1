import { expect, test } from "vitest";
import { readForm, textOf, typedValues } from "./form-data";

function form(...fields: [string, string | File][]): FormData {
  const data = new FormData();
  for (const [name, value] of fields) data.append(name, value);
  return data;
}

test("dotted names nest, numbers make lists in their order, repeated names lists", () => {
  const data = form(
    ["shipping.city", "Berlin"],
    ["shipping.country", "DE"],
    ["lines.2.id", "c"],
    ["lines.10.id", "d"],
    ["lines.0.id", "a"],
    ["tag", "x"],
    ["tag", "y"],
    ["note", ""],
  );
  expect(readForm(data)).toEqual({
    shipping: { city: "Berlin", country: "DE" },
    lines: [{ id: "a" }, { id: "c" }, { id: "d" }],
    tag: ["x", "y"],
    note: "",
  });
});

test("what React and the transport add is left out", () => {
  expect(
    readForm(form(["$ACTION_REF_1", ""], ["$ACTION_1:0", "{}"], ["$ACTION_KEY", "k"], ["nojs", "1"])),
  ).toEqual({});
});

test("names cannot reach a prototype", () => {
  const read = readForm(
    form(["__proto__.admin", "1"], ["constructor.prototype.admin", "1"], ["a.__proto__.b", "1"]),
  );
  expect(({} as { admin?: string }).admin).toBeUndefined();
  expect((read as { admin?: string }).admin).toBeUndefined();
});

test("the sign zero, which the database takes in no text, is left out wherever a text is read", () => {
  const data = form(["note", "a\0b"], ["tag", "\0"], ["tag", "x\0"], ["orderNumber", "MR-1\0"]);
  expect(readForm(data)).toEqual({ note: "ab", tag: ["", "x"], orderNumber: "MR-1" });
  expect(typedValues(data)).toEqual({ note: "ab", tag: ["", "x"], orderNumber: "MR-1" });
  expect([textOf(data, "orderNumber"), textOf(data, "nothing")]).toEqual(["MR-1", undefined]);
});

test("secrets and files are never echoed", () => {
  const data = form(
    ["email", "ada@example.com"],
    ["password", "p"],
    ["newPassword", "p"],
    ["cardNumber", "4242"],
    ["client_secret", "s"],
    ["key", "k"],
    ["file", new File(["x"], "x.txt")],
    ["size", "s"],
    ["size", "m"],
  );
  expect(typedValues(data)).toEqual({ email: "ada@example.com", size: ["s", "m"] });
});

test("a name of thousands of dots is left out, the others stay", () => {
  const form = new FormData();
  form.set("a.b.c", "here");
  form.set("x.".repeat(100_000), "deep");
  expect(readForm(form)).toEqual({ a: { b: { c: "here" } } });
});
