import { describe, expect, test } from "vitest";
import { arrivalRange, arrivalText, workingDaysAfter } from "./shipping";

describe("arrival", () => {
  const friday = new Date("2026-11-20T10:00:00Z");

  test("weekends do not count", () => {
    expect(workingDaysAfter(friday, 1).toISOString().slice(0, 10)).toBe("2026-11-23");
    expect(workingDaysAfter(friday, 6).toISOString().slice(0, 10)).toBe("2026-11-30");
    expect(workingDaysAfter(friday, 0)).toEqual(friday);
  });

  test("a range names its month once, or both where they differ", () => {
    expect(arrivalText(friday, 1, 3)).toBe("Tue 24 – Thu 26 November");
    expect(arrivalText(friday, 4, 6)).toBe("Fri 27 November – Tue 1 December");
    expect(arrivalText(friday, 2, 2)).toBe("Wed 25 November");
    expect(arrivalRange(friday, 1, 3, "en-IE")).toMatch(/24\D{1,3}26 Nov/);
  });
});
