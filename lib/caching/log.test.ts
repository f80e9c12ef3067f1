import { beforeEach, expect, test } from "vitest";
import { append, Follower, isAfter } from "./log.mjs";

/** A stream as Redis keeps it, without Redis. */
class Stream {
  rows: { id: string; message: Record<string, string> }[] = [];
  count = 0;
  isDown = false;
  xAdd = async (_key: string, _id: string, message: Record<string, string>) => {
    if (this.isDown) throw new Error("down");
    this.count += 1;
    this.rows.push({ id: `1000-${this.count}`, message });
  };
  xRange = async (_key: string, from: string, _to: string, { COUNT }: { COUNT: number }) => {
    if (this.isDown) throw new Error("down");
    const found = this.rows.filter(({ id }) => from === "-" || !isAfter(from, id));
    return found.slice(0, COUNT);
  };
}

let stream: Stream;
beforeEach(() => {
  stream = new Stream();
});

const placeOf = ({ place }: Follower) => place ?? "";

test("places are compared by both of their numbers", () => {
  expect(isAfter("10-0", "9-5")).toBe(true);
  expect(isAfter("10-10", "10-9")).toBe(true);
  expect(isAfter("10-9", "10-9")).toBe(false);
});

test("an entry is good until a later record names one of its tags", async () => {
  const heard: string[] = [];
  const reader = new Follower((tags) => heard.push(...tags));
  await reader.readOn(stream, false);
  const made = placeOf(reader);
  await append(stream, ["product:2", "home"]);
  await reader.readOn(stream, false);
  expect(reader.isGood(made, ["product:1"])).toBe(true);
  expect(reader.isGood(made, ["product:1", "product:2"])).toBe(false);
  expect(reader.isGood(placeOf(reader), ["product:2"])).toBe(true);
  expect(heard).toEqual(["*", "product:2", "home"]);
});

test("who begins later knows the same, and trusts nothing from before what is still told", async () => {
  await append(stream, ["product:1"]);
  await append(stream, ["product:2"]);
  stream.rows.shift();
  const reader = new Follower(() => {});
  await reader.readOn(stream, false);
  expect(reader.isGood("1000-1", ["product:3"])).toBe(false);
  expect(reader.isGood("1000-2", ["product:2"])).toBe(true);
});

test("more records than one answer holds are all read", async () => {
  const reader = new Follower(() => {});
  await reader.readOn(stream, false);
  const made = placeOf(reader);
  for (let n = 0; n < 2_500; n += 1) await append(stream, [`product:${n}`]);
  await reader.readOn(stream, false);
  expect(reader.isGood(made, ["product:2499"])).toBe(false);
  expect(placeOf(reader)).toBe("1000-2501");
});

test("after an outage nothing from before is good, for anybody", async () => {
  const [one, other] = [new Follower(() => {}), new Follower(() => {})];
  for (const reader of [one, other]) await reader.readOn(stream, false);
  const made = placeOf(one);
  stream.isDown = true;
  await expect(one.readOn(stream, false)).rejects.toThrow("down");
  stream.isDown = false;
  await one.readOn(stream, true);
  await other.readOn(stream, false);
  for (const reader of [one, other]) {
    expect(reader.isGood(made, ["product:1"])).toBe(false);
    expect(reader.isGood(placeOf(reader), ["product:1"])).toBe(true);
  }
});

test("a stream that was emptied, or is older after a fail-over, is noticed", async () => {
  const reader = new Follower(() => {});
  await append(stream, ["product:1"]);
  await reader.readOn(stream, false);
  const made = placeOf(reader);
  stream.rows = [];
  await append(stream, ["product:9"]);
  await expect(reader.readOn(stream, false)).rejects.toThrow("another one");
  await reader.readOn(stream, true);
  expect(reader.isGood(made, ["product:1"])).toBe(false);
});
