import { AsyncLocalStorage } from "node:async_hooks";
import { expect, test } from "vitest";
import { type Lane, Line, type Size } from "./line.mjs";

function crowd(size: Size) {
  const line = new Line(size);
  const said: string[] = [];
  const join = (name: string, lane: Lane = 1) =>
    line.join(
      lane,
      () => said.push(`${name} in`),
      () => said.push(`${name} away`),
    );
  return { said, join };
}
const LONG = 60_000;

test("so many at once, so many in line, the others are sent away at once", () => {
  const { said, join } = crowd({ inside: 2, waiting: [1, 1], patience: [LONG, LONG] });
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

test("those who pay go first, but every fourth is one of the others, and a full lane takes nobody more", () => {
  const { said, join } = crowd({ inside: 1, waiting: [9, 2], patience: [LONG, LONG] });
  const first = join("first");
  const others = ["a", "b", "c"].map((name) => join(name));
  const paying = ["1", "2", "3", "4", "5", "6", "7"].map((name) => join(name, 0));
  expect(said).toEqual(["first in", "c away"]);
  first();
  for (const leave of [...paying.slice(0, 3), others[0], ...paying.slice(3, 6), others[1]]) leave?.();
  const order = ["1", "2", "3", "a", "4", "5", "6", "b", "7"];
  expect(said.slice(2)).toEqual(order.map((name) => `${name} in`));
});

test("while the processor is busy few are inside; once it is free, those in line go in before who comes then", () => {
  let isBusy = true;
  const line = new Line({ inside: 4, busy: 2, waiting: [9, 9], patience: [LONG, LONG] }, () => isBusy);
  const said: string[] = [];
  const join = (name: string) =>
    line.join(
      1,
      () => said.push(name),
      () => said.push(`${name} away`),
    );
  const [a, b] = ["a", "b", "c", "d"].map(join);
  expect(said).toEqual(["a", "b"]);
  a?.();
  expect(said).toEqual(["a", "b", "c"]);
  isBusy = false;
  join("e");
  expect(said).toEqual(["a", "b", "c", "d", "e"]);
  isBusy = true;
  b?.();
  join("f");
  expect(said, "three are inside, more than a busy one takes").toHaveLength(5);
});

test("who has waited long enough is sent away, and who left is not called in", async () => {
  const { said, join } = crowd({ inside: 1, waiting: [5, 5], patience: [LONG, 1] });
  const a = join("a");
  const b = join("b");
  b();
  const pays = join("who pays has more patience", 0);
  join("c");
  await expect.poll(() => said).toEqual(["a in", "c away"]);
  a();
  expect(said.at(-1)).toBe("who pays has more patience in");
  pays();
  join("d");
  expect(said.at(-1)).toBe("d in");
});

test("the more are sent away, the later they come again, and never all at once", () => {
  const line = new Line({ inside: 1, waiting: [0, 0], patience: [LONG, LONG] });
  const soon = Array.from({ length: 50 }, () => line.later());
  expect(Math.max(...soon)).toBeLessThanOrEqual(4);
  expect(Math.min(...soon)).toBeGreaterThanOrEqual(2);
  line.join(
    1,
    () => {},
    () => {},
  )();
  line.join(
    1,
    () => {},
    () => {},
  );
  for (let i = 0; i < 1_000; i += 1)
    line.join(
      1,
      () => {},
      () => {},
    );
  const late = Array.from({ length: 200 }, () => line.later());
  expect(Math.max(...late)).toBeGreaterThan(15);
  expect(Math.max(...late)).toBeLessThanOrEqual(30);
  expect(new Set(late).size).toBeGreaterThan(10);
});

test("who waited runs as itself, not as a part of the request that made room", () => {
  const line = new Line({ inside: 1, waiting: [5, 5], patience: [LONG, LONG] });
  const request = new AsyncLocalStorage<string>();
  const ran: (string | undefined)[] = [];
  const join = (name: string) =>
    request.run(name, () =>
      line.join(
        1,
        () => ran.push(request.getStore()),
        () => {},
      ),
    );
  const leave = join("a");
  join("b");
  request.run("a", leave);
  expect(ran).toEqual(["a", "b"]);
});

test("a full line moves while somebody was served lately or the processor is busy; else what is behind it is stuck", () => {
  let isBusy = true;
  const line = new Line({ inside: 1, waiting: [0, 0], patience: [LONG, LONG] }, () => isBusy);
  expect(line.isMoving(), "a crowd that nobody of has been served yet").toBe(true);
  isBusy = false;
  expect(line.isMoving()).toBe(false);
  const join = () =>
    line.join(
      1,
      () => {},
      () => {},
    );
  join()(false);
  expect(line.isMoving(), "an error is no service").toBe(false);
  join()();
  expect(line.isMoving()).toBe(true);
});
