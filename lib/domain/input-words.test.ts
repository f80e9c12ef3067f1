import { expect, it } from "vitest";
import { z } from "zod";
import { inputWords } from "./input-words";

const said = (schema: z.ZodType, input: unknown) =>
  schema.safeParse(input, { error: inputWords }).error?.issues.map(({ message }) => message);

it.each<[string, z.ZodType, unknown, string]>([
  ["a text too long", z.string().max(2_000), "x".repeat(2_001), "At most 2,000 characters."],
  ["a text too short", z.string().min(3), "x", "At least 3 characters."],
  ["an empty text", z.string().min(1), "", "Please fill this in."],
  ["a field that did not come", z.string(), undefined, "Please fill this in."],
  ["a number too large", z.coerce.number().max(99), "100", "At most 99."],
  ["a number too small", z.coerce.number().min(0), "-1", "At least 0."],
  ["no number", z.coerce.number(), "abc", "Please enter a number."],
  ["a broken number", z.coerce.number().int(), "1.5", "Please enter a whole number."],
  ["too many of something", z.array(z.string()).max(1), ["a", "b"], "At most 1."],
  ["something else", z.enum(["a", "b"]), "c", "Please look at this again."],
])("%s is told in words", (_, schema, input, words) => {
  expect(said(schema, input)).toEqual([words]);
});

it("a rule's own words go first", () => {
  expect(said(z.string().max(1, "One sign."), "xx")).toEqual(["One sign."]);
});
