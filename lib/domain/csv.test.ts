import fc from "fast-check";
import { expect, test } from "vitest";
import { csvLine, neutral, restored } from "./csv";

test("cells are quoted where they must be and never run as formulas", () => {
  expect(csvLine(["a", 1, null, "b,c", 'say "hi"', "two\nlines"])).toBe(
    'a,1,,"b,c","say ""hi""","two\nlines"\r\n',
  );
  expect(csvLine(["=1+1", "+49", "@me", "-2.50", -3, "-x", " =1"])).toBe(
    "'=1+1,'+49,'@me,-2.50,-3,'-x,' =1\r\n",
  );
});

test("whatever was made harmless is read as it was, and nothing is left that runs", () => {
  const text = fc.string({ unit: fc.constantFrom(..."'=+-@\t\r 1.x") });
  fc.assert(
    fc.property(text, (cell) => {
      expect(restored(neutral(cell))).toBe(cell);
      expect(neutral(cell)).not.toMatch(/^\s*[=+@]|^\s*-(?!\d+(\.\d+)?$)/);
    }),
  );
});
