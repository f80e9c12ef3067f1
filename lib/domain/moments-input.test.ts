import { describe, expect, test } from "vitest";
import { fieldMoment, readFieldMoment } from "./moments-input";

const read = (text: string, zone: string) => readFieldMoment(text, zone)?.toISOString();

describe("a field's moment stands on the store's clock", () => {
  test.each([
    ["2026-11-28T09:30", "Europe/Berlin", "2026-11-28T08:30:00.000Z"],
    ["2026-07-01T00:00", "Europe/Berlin", "2026-06-30T22:00:00.000Z"],
    ["2026-07-01T00:00", "America/New_York", "2026-07-01T04:00:00.000Z"],
    ["2026-01-01T00:00", "Asia/Kathmandu", "2025-12-31T18:15:00.000Z"],
    // The clocks go back at 3: half past two comes twice.
    ["2026-10-25T02:30", "Europe/Berlin", "2026-10-25T00:30:00.000Z"],
    ["2026-10-25T03:30", "Europe/Berlin", "2026-10-25T02:30:00.000Z"],
    // The clocks go forward at 2: half past two never comes.
    ["2026-03-29T02:30", "Europe/Berlin", "2026-03-29T01:30:00.000Z"],
  ])("%s in %s is %s", (text, zone, moment) => {
    expect(read(text, zone)).toBe(moment);
  });

  test("and is written back as it was typed", () => {
    const at = readFieldMoment("2026-07-01T18:05", "America/New_York") ?? null;
    expect(fieldMoment(at, "America/New_York")).toBe("2026-07-01T18:05");
    expect(fieldMoment(null, "America/New_York")).toBe("");
  });

  test.each(["", "tomorrow", "2026-02-30T10:00", "2026-13-01T10:00", "2026-01-01T25:00"])(
    "%j is none",
    (text) => {
      expect(read(text, "UTC")).toBeUndefined();
    },
  );
});
