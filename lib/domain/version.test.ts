import { expect, test } from "vitest";
import { versionInput } from "./version";

test("a version is a whole number that the database can hold", () => {
  expect(versionInput.parse("2147483647")).toBe(2_147_483_647);
  for (const typed of ["2147483648", "-1", "1.5", "x", "9".repeat(40)])
    expect(versionInput.safeParse(typed).success, typed).toBe(false);
});
