import { expect, test } from "vitest";
import { datesOf, daysText, LONGEST, periodQuery, readPeriod } from "./periods";

const today = "2026-11-28";

test("named periods end today and have as many days before them", () => {
  expect(readPeriod({}, today)).toEqual({
    name: "30",
    from: "2026-10-30",
    to: today,
    length: 30,
    before: { from: "2026-09-30", to: "2026-10-29" },
  });
  expect(readPeriod({ period: "today" }, today)).toMatchObject({
    from: today,
    length: 1,
    before: { from: "2026-11-27", to: "2026-11-27" },
  });
  // Today is not over: as much of yesterday is compared with it, and nothing else is cut.
  const before = { from: "2026-11-27", to: "2026-11-27", until: "14:05:30" };
  expect(readPeriod({ period: "today" }, today, "14:05:30").before).toEqual(before);
  expect(readPeriod({ from: today, to: today }, today, "14:05:30").before).toEqual(before);
  expect(readPeriod({ period: "7" }, today, "14:05:30").before).not.toHaveProperty("until");
  expect(readPeriod({ from: "2026-11-27", to: "2026-11-27" }, today, "14:05:30").before).not.toHaveProperty(
    "until",
  );
  expect(readPeriod({ period: "7" }, "2026-03-02")).toMatchObject({ from: "2026-02-24", length: 7 });
  expect(datesOf(readPeriod({ period: "90" }, today))).toHaveLength(90);
});

test("dates of one's own are put right, and stay in the address", () => {
  const own = readPeriod({ from: "2026-11-01", to: "2026-11-10" }, today);
  expect(own).toMatchObject({ name: "own", length: 10, before: { from: "2026-10-22", to: "2026-10-31" } });
  expect(readPeriod(periodQuery(own), today)).toEqual(own);
  expect(readPeriod({ from: "2026-11-10", to: "2026-11-01" }, today)).toEqual(own);
  expect(readPeriod({ from: "2026-11-20", to: "2027-01-01" }, today).to).toBe(today);
  expect(readPeriod({ from: "2027-01-01", to: "2027-02-01" }, today)).toMatchObject({
    from: today,
    to: today,
  });
  expect(readPeriod({ from: "2001-01-01", to: today }, today).length).toBe(LONGEST);
  expect(readPeriod({ from: "2026-02-30" }, today).name).toBe("30");
  expect(readPeriod({ period: "own", from: "no" }, today)).toMatchObject({ from: today, to: today });
});

test("a period in words", () => {
  expect(daysText({ from: "2026-11-01", to: "2026-11-10" })).toBe("1 Nov – 10 Nov 2026");
  expect(daysText({ from: "2025-12-30", to: "2026-01-02" })).toBe("30 Dec 2025 – 2 Jan 2026");
  expect(daysText({ from: today, to: today })).toBe("28 Nov 2026");
});
