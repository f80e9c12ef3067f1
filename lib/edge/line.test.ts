import { expect, test } from "vitest";
import { Line } from "./line.mjs";

function crowd(size: { inside: number; waiting: number; patience: number }) {
  const line = new Line(size);
  const said: string[] = [];
  const join = (name: string, isPaying = false) =>
    line.join(
      isPaying,
      () => said.push(`${name} in`),
      () => said.push(`${name} away`),
    );
  return { said, join };
}
const LONG = 60_000;

test("so many at once, so many in line, the others are sent away at once", () => {
  const { said, join } = crowd({ inside: 2, waiting: 1, patience: LONG });
  const a = join("a");
  join("b");
  join("c");
  join("d");
  expect(said).toEqual(["a in", "b in", "d away"]);
  a();
  a();
  expect(said.at(-1)).toBe("c in");
  // Leaving twice makes no room for two.
  join("e");
  expect(said).toHaveLength(4);
});

test("those who pay go first, also into a full line, but every fourth is of the others", () => {
  const { said, join } = crowd({ inside: 1, waiting: 6, patience: LONG });
  let out = join("first");
  const waiting = ["a", "b", "c"].map((name) => join(name));
  const paying = ["1", "2", "3", "4"].map((name) => join(name, true));
  expect(said).toEqual(["first in", "c away"]);
  const leave = [out, ...paying.slice(0, 3), ...waiting.slice(0, 1)];
  for (out of leave) out();
  expect(said.slice(2)).toEqual(["1 in", "2 in", "3 in", "a in", "4 in"]);
});

test("who has waited long enough is sent away, and who left is not called in", async () => {
  const { said, join } = crowd({ inside: 1, waiting: 5, patience: 1 });
  const a = join("a");
  const b = join("b");
  b();
  join("c");
  await expect.poll(() => said).toEqual(["a in", "c away"]);
  a();
  join("d");
  expect(said.at(-1)).toBe("d in");
});

test("the more are sent away, the later they come again, and never all at once", () => {
  const line = new Line({ inside: 1, waiting: 0, patience: LONG });
  const soon = Array.from({ length: 50 }, () => line.later());
  expect(Math.max(...soon)).toBeLessThanOrEqual(4);
  expect(Math.min(...soon)).toBeGreaterThanOrEqual(2);
  line.join(
    false,
    () => {},
    () => {},
  )();
  line.join(
    false,
    () => {},
    () => {},
  );
  for (let i = 0; i < 1_000; i += 1)
    line.join(
      false,
      () => {},
      () => {},
    );
  const late = Array.from({ length: 200 }, () => line.later());
  expect(Math.max(...late)).toBeGreaterThan(15);
  expect(Math.max(...late)).toBeLessThanOrEqual(30);
  expect(new Set(late).size).toBeGreaterThan(10);
});
