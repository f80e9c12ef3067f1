import { describe, expect, it } from "vitest";
import { daysLeft, daysText, velocityOf } from "./inventory-velocity";

describe("velocity", () => {
  it("is items a day over each window", () => {
    expect(velocityOf({ 7: 7, 30: 60, 90: 90 }, 400).perDay).toEqual({ 7: 1, 30: 2, 90: 1 });
  });
  it("looks back no further than the variant is old, and a day at least", () => {
    expect(velocityOf({ 7: 10, 30: 10, 90: 10 }, 5).perDay).toEqual({ 7: 2, 30: 2, 90: 2 });
    expect(velocityOf({ 7: 3, 30: 3, 90: 3 }, 0.1).perDay).toEqual({ 7: 3, 30: 3, 90: 3 });
  });
  it("is none where more came back than went out", () => {
    expect(velocityOf({ 7: -2, 30: 3, 90: 3 }, 30).perDay).toEqual({ 7: 0, 30: 0.1, 90: 0.1 });
  });
  it("says for how many days the stock will do", () => {
    expect(daysLeft(10, 3)).toBe(3);
    expect(daysLeft(2, 3)).toBe(0);
    expect(daysLeft(10, 0)).toBeNull();
    expect(daysLeft(-2, 0)).toBe(0);
  });
});

it("calls what lasts for more than a year plenty", () => {
  expect([0, 365, 366, 2070].map(daysText)).toEqual(["0", "365", "365+", "365+"]);
});
