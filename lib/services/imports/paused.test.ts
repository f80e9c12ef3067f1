import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { putAside, type Spot, takeUp } from "./paused";

const folder = mkdtempSync(join(tmpdir(), "paused-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A file longer than what is read of it in one go. */
function write(name: string): Spot {
  const path = join(folder, name);
  const rows = Array.from({ length: 3_000 }, (_, i) => `jug-${i},${"A jug. ".repeat(20)}${i},J-${i},5`);
  writeFileSync(path, `Handle,Title,Variant SKU,Variant Price\n${rows.join("\n")}\n`);
  return { importId: name, path, chosen: undefined, done: 0 };
}

async function read(spot: Spot, many: number) {
  const reading = await takeUp(spot);
  const handles: string[] = [];
  for (let i = 0; i < many; i += 1) {
    const next = await reading.groups.next();
    if (next.done) break;
    handles.push(next.value.handle);
  }
  const at = { ...spot, done: spot.done + handles.length };
  await putAside(at, reading);
  return { handles, at };
}

it("goes on where it was put aside, without a look at what was read", async () => {
  const { at } = await read(write("a.csv"), 2);
  // What was read already is not in the file any more.
  writeFileSync(at.path, "?".repeat(400), { flag: "r+" });
  const { handles, at: then } = await read(at, 2);
  expect(handles).toEqual(["jug-2", "jug-3"]);
  expect((await read(then, 5_000)).handles).toHaveLength(2_996);
});

it("reads up to a spot that is not the one put aside: after a crash, for other columns, for another file", async () => {
  const spot = write("b.csv");
  await read(spot, 2);
  expect((await read({ ...spot, done: 5 }, 1)).handles).toEqual(["jug-5"]);
  const other = { ...spot, chosen: ["handle", "title", null, "price"] as const, done: 1 };
  expect((await read(other, 1)).handles).toEqual(["jug-1"]);
  expect((await read(write("c.csv"), 1)).handles).toEqual(["jug-0"]);
  expect((await read({ ...spot, done: 6 }, 1)).handles).toEqual(["jug-6"]);
  expect((await read({ ...spot, done: 4_000 }, 1)).handles).toEqual([]);
});
