import { expect, it } from "vitest";
import { hourIn, momentText, shortMoment } from "./moments";

const at = new Date("2026-11-14T23:30:00Z");

it("writes a moment in the zone it is told, whatever the server's is", () => {
  expect(momentText(at, "UTC")).toBe("14 Nov 2026, 23:30");
  expect(momentText(at, "Europe/Berlin")).toBe("15 Nov 2026, 00:30");
  expect(momentText(at, "America/New_York")).toBe("14 Nov 2026, 18:30");
  expect(hourIn(at, "Europe/Berlin")).toBe(0);
});

it("falls back to UTC for a zone that nobody knows", () => {
  expect(momentText(at, "Atlantis/Poseidonis")).toBe("14 Nov 2026, 23:30");
});

it("shortens by the zone's own days and years", () => {
  const now = new Date("2026-11-15T22:50:00Z");
  expect(shortMoment(at, now, "Europe/Berlin")).toBe("00:30");
  expect(shortMoment(at, now, "UTC")).toBe("Yesterday");
  expect(shortMoment(at, new Date("2026-11-20T00:00:00Z"), "UTC")).toBe("14 Nov");
  expect(
    shortMoment(new Date("2026-12-31T23:30:00Z"), new Date("2027-01-01T05:00:00Z"), "Europe/Berlin"),
  ).toBe("00:30");
  expect(shortMoment(at, new Date("2027-01-20T00:00:00Z"), "UTC")).toBe("14 Nov 2026");
});
