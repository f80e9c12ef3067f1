import { expect, test } from "vitest";
import { z } from "zod";
import { environmentDocument } from "./environment";

test("each setting is a row with its default; one without a description is refused", () => {
  const topics = { Shop: { PORT: z.coerce.number().default(3000).describe("where it listens") } };
  expect(environmentDocument(topics)).toContain("| `PORT` | `3000` | where it listens |");
  expect(() => environmentDocument({ Shop: { NEW: z.string() } })).toThrow(/NEW has no description/);
});

test("the page holds every topic", () => {
  expect(environmentDocument()).toMatch(/\| `DATABASE_URL` \|[\s\S]*\| `S3_BUCKET` \|/);
});
