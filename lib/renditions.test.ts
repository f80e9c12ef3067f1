import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { getRendition, getThumb, inTurn } from "./renditions";
import { putFile } from "./storage";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "renditions-"));
  vi.stubEnv("DATA_DIR", folder);
  const picture = sharp({ create: { width: 500, height: 400, channels: 4, background: "#c848" } });
  await putFile("goods/mug.webp", await picture.webp().toBuffer(), "image/webp");
  await putFile("goods/list.csv", Buffer.from("a,b"), "text/csv");
  await putFile("goods/broken.png", Buffer.from("no picture"), "image/png");
});
afterAll(() => rm(folder, { recursive: true }));

test.each(["avif", "webp"] as const)(
  "a picture is made smaller as %s, keeps its shape and its holes",
  async (format) => {
    const made = await getRendition("goods/mug.webp", 240, format);
    const about = await sharp(made).metadata();
    expect([about.width, about.height, about.hasAlpha]).toEqual([240, 192, true]);
    expect(about.format).toBe(format === "avif" ? "heif" : "webp");
  },
);

test("it is made once however many ask at once, and read from its file afterwards", async () => {
  const all = await Promise.all(Array.from({ length: 8 }, () => getRendition("goods/mug.webp", 96, "webp")));
  expect(new Set(all).size).toBe(1);
  expect(await readdir(path.join(folder, "renditions/96w/goods"))).toEqual(["mug.webp.webp"]);
  expect(await getRendition("goods/mug.webp", 96, "webp")).toEqual(all[0]);
});

test("no picture is enlarged", async () => {
  expect((await sharp(await getRendition("goods/mug.webp", 960, "webp")).metadata()).width).toBe(500);
});

test("what is no picture, not there or no key is nothing, and a broken file is told", async () => {
  expect(await getRendition("goods/list.csv", 96, "webp")).toBeUndefined();
  expect(await getRendition("goods/none.webp", 96, "webp")).toBeUndefined();
  expect(await getRendition("../../etc/passwd.png", 96, "webp")).toBeUndefined();
  await expect(getRendition("goods/broken.png", 96, "webp")).rejects.toThrow();
  // A failure gives its place back.
  expect(await getRendition("goods/mug.webp", 160, "webp")).toBeDefined();
});

test("whoever waits for a turn holds no picture in memory", async () => {
  const ends: (() => void)[] = [];
  const held = [0, 1].map(() => inTurn(() => new Promise<void>((end) => ends.push(end))));
  const asked = getRendition("goods/mug.webp", 320, "webp");
  // Keys never get other bytes; here others tell when they were read.
  const other = sharp({ create: { width: 120, height: 100, channels: 3, background: "#111" } });
  await putFile("goods/mug.webp", await other.webp().toBuffer(), "image/webp");
  for (const end of ends) end();
  await Promise.all(held);
  expect((await sharp(await asked).metadata()).width).toBe(120);
});

test("a thumbnail is drawn once and kept, under its colour and not under whatever name was asked for", async () => {
  const made = await getThumb("goods/mug.webp", "moss");
  const about = await sharp(made).metadata();
  expect([about.format, about.width, about.height, about.hasAlpha]).toEqual(["jpeg", 144, 144, false]);
  for (const name of ["stone", "else", "../up"]) await getThumb("goods/mug.webp", name);
  const kept = await readdir(path.join(folder, "renditions"), { recursive: true });
  expect(kept.filter((name) => name.endsWith(".jpeg"))).toHaveLength(2);
  expect(await getThumb("goods/list.csv", "moss")).toBeUndefined();
  expect(await getThumb("goods/none.webp", "moss")).toBeUndefined();
});
