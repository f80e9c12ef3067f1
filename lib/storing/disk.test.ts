/** A disk that has no room left, as the file system tells it. */
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

const { disk, withinTheRoom } = await vi.hoisted(() => import("@/db/testing/full-disk"));
vi.mock("node:fs/promises", async (load) => withinTheRoom(await load<typeof import("node:fs/promises")>()));
const { diskPlace } = await import("./disk");
const { StorageFailure } = await import("./place");
const { tellFailure } = await import("@/lib/failures");
const { getRendition } = await import("@/lib/renditions");
const { putFile } = await import("@/lib/storage");

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "full disk-"));
  vi.stubEnv("DATA_DIR", folder);
  vi.stubEnv("LOG_LEVEL", "error");
  const picture = sharp({ create: { width: 50, height: 40, channels: 3, background: "#c84" } });
  await putFile("goods/mug.webp", await picture.webp().toBuffer(), "image/webp");
  disk.isFull = true;
});
afterAll(() => rm(folder, { recursive: true }));

test("an upload is told to come again, and half of it is not left behind", async () => {
  const put = diskPlace(path.join(folder, "media")).put(
    "goods/new.webp",
    Buffer.from("picture"),
    "image/webp",
  );
  const error = await put.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(StorageFailure);
  expect(String(error)).toContain("has no room left");
  expect(tellFailure(error, "ref")?.code).toBe("storage_away");
  expect(await readdir(path.join(folder, "media/goods"))).toEqual(["mug.webp"]);
});

test("a size of a picture that cannot be kept is shown all the same", async () => {
  const made = await getRendition("goods/mug.webp", 20, "webp");
  expect((await sharp(made).metadata()).width).toBe(20);
  expect(await readdir(path.join(folder, "renditions/20w/goods"))).toEqual([]);
  disk.isFull = false;
  await getRendition("goods/mug.webp", 20, "webp");
  expect(await readdir(path.join(folder, "renditions/20w/goods"))).toEqual(["mug.webp.webp"]);
});
