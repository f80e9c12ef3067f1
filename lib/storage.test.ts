import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { contentTypeOf, getFile, hasFile, putFile } from "./storage";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "storage with space-"));
  vi.stubEnv("DATA_DIR", folder);
});
afterAll(() => rm(folder, { recursive: true }));

test("what is put is got, and nothing else lies beside it", async () => {
  await putFile("goods/mug-1.webp", Buffer.from("picture"), "image/webp");
  expect((await getFile("goods/mug-1.webp"))?.bytes.toString()).toBe("picture");
  expect((await getFile("goods/mug-1.webp"))?.contentType).toBe("image/webp");
  expect(await hasFile("goods/mug-1.webp")).toBe(true);
  expect(await readdir(path.join(folder, "media/goods"))).toEqual(["mug-1.webp"]);
});

test("a missing key is no error", async () => {
  expect(await getFile("goods/none.webp")).toBeUndefined();
  expect(await hasFile("goods/none.webp")).toBe(false);
});

test.each([
  "../secret.png",
  "a/../../secret.png",
  "/etc/passwd.png",
  "a//b.png",
  ".hidden.png",
  "a/.env",
  "a\\..\\b.png",
  "a\0.png",
  "page.html",
  "drawing.svg",
  "",
])("%j is not a key", async (key) => {
  expect(contentTypeOf(key)).toBeUndefined();
  expect(await getFile(key)).toBeUndefined();
  await expect(putFile(key, Buffer.from("x"), "image/png")).rejects.toThrow();
});

test("a key's ending must fit its content type", async () => {
  await expect(putFile("a/b.png", Buffer.from("x"), "image/webp")).rejects.toThrow(/does not fit/);
});
