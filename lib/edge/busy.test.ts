import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { busyMeter } from "./busy.mjs";

/** Reckons without a pause for so many milliseconds. */
function reckon(ms: number): void {
  for (const end = performance.now() + ms; performance.now() < end; );
}

test("a process that waits is free, one that reckons without a pause is busy, and free again afterwards", async () => {
  const isBusy = busyMeter();
  await pause(150);
  expect(isBusy()).toBe(false);
  for (let turn = 0; turn < 6; turn += 1) {
    reckon(50);
    await new Promise((next) => setImmediate(next));
  }
  expect(isBusy()).toBe(true);
  expect(isBusy(), "within the same moment the answer stands").toBe(true);
  await pause(300);
  expect(isBusy()).toBe(false);
});
