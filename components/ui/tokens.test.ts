import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { pageNumbers } from "./pagination";

const root = path.resolve(import.meta.dirname, "../..");

function sources(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".tsx") || (name.endsWith(".ts") && !name.endsWith(".test.ts")))
    .map((name) => path.join(folder, name));
}

/** Draws inside a frame of Stripe's, where our variables do not reach. */
const FOREIGN = new Set(["components/checkout/stripe-fields.tsx"]);

/** A colour by number, or a length in pixels inside a class or a style. */
const RAW =
  /#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})\b(?![\w-])|\b(?:rgb|hsl|oklch)a?\(|\[-?\d*\.?\d+px\]|["'\s:]\d+px["';]/gi;

test("colours and pixels are decided in app/globals.css alone", () => {
  const raw = [...sources("app"), ...sources("components")]
    .filter((file) => !FOREIGN.has(file))
    .flatMap((file) =>
      readFileSync(path.join(root, file), "utf8")
        .split("\n")
        // Markup of a drawing has units of its own, `sizes` speaks of the window, comments may say what they like.
        .filter((line) => !/^\s*(?:\/\/|\*|\/\*)|sizes=|url\(#|href=.#/.test(line))
        .flatMap((line) => (line.match(RAW) ?? []).map((found) => `${file}: ${found.trim()}`)),
    );
  expect(raw).toEqual([]);
});

test("the pages of a list keep first, last and neighbours, and never hide a single one", () => {
  expect(pageNumbers(1, 3)).toEqual([1, 2, 3]);
  expect(pageNumbers(5, 9)).toEqual([1, 0, 4, 5, 6, 0, 9]);
  expect(pageNumbers(4, 9)).toEqual([1, 2, 3, 4, 5, 0, 9]);
  expect(pageNumbers(1, 1)).toEqual([1]);
});
