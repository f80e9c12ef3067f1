import { expect, test } from "vitest";
import { csvLine } from "./csv";

test("cells are quoted where they must be and never run as formulas", () => {
  expect(csvLine(["a", 1, null, "b,c", 'say "hi"', "two\nlines"])).toBe(
    'a,1,,"b,c","say ""hi""","two\nlines"\r\n',
  );
  expect(csvLine(["=1+1", "+49", "@me", "-2.50", -3, "-x", " =1"])).toBe(
    "'=1+1,'+49,'@me,-2.50,-3,'-x,' =1\r\n",
  );
});
