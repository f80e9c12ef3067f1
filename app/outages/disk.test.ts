/** While the disk is full: pictures are shown and not kept, uploads are told and leave no half behind, with room all goes on. */
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { beforeAll, expect, it, vi } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { sql } from "@/db/client";
import { comeAs, type Page, pageOf, sendForm, wordsOf } from "@/db/testing/front-door";
import { OWN } from "@/db/testing/next/headers";

const { disk, withinTheRoom } = await vi.hoisted(() => import("@/db/testing/full-disk"));
vi.mock("node:fs/promises", async (load) => withinTheRoom(await load<typeof import("node:fs/promises")>()));
vi.mock("node:fs", async (load) => {
  const real = await load<typeof import("node:fs")>();
  const createWriteStream: typeof real.createWriteStream = (file, options) =>
    real.createWriteStream(disk.isFull ? "/dev/full" : file, options);
  return { ...real, createWriteStream, default: { ...real, createWriteStream } };
});
const { addPictures } = await import("@/lib/actions/admin/catalog-pictures");
const { log } = await import("@/lib/log");
const { default: HomePage } = await import("../(shop)/page");
const { default: AdminImport } = await import("../admin/import/page");
const { default: AdminProduct } = await import("../admin/products/[id]/page");
const { POST: takeImport } = await import("../api/import/route");
const { GET: picture } = await import("../media/[...key]/route");
const { buyForCash, orderPage } = await import("@/db/testing/shopping");

const DATA = process.env.DATA_DIR ?? "";
let world: Cast;
let file: File;
let key = "";
beforeAll(async () => {
  world = await cast();
  const drawing = sharp({ create: { width: 60, height: 40, channels: 3, background: "#c84" } });
  file = new File([new Uint8Array(await drawing.jpeg().toBuffer())], "mug.jpg", { type: "image/jpeg" });
  expect(await upload("From the left")).toHaveProperty("to");
  [{ key } = { key: "" }] = await sql<{ key: string }[]>`select key from product_images`;
  disk.isFull = true;
});

/** Adds the picture by the form of its product. */
async function upload(alt: string) {
  await comeAs(world.id.line);
  const html = await pageOf(AdminProduct, {}, { id: world.mug.id });
  return sendForm(html, 'name="files"', addPictures, { alt, files: [file] as never });
}
/** Sends a file of goods as the import's page does; answers where that leads. */
async function sendGoods(): Promise<string> {
  await comeAs(world.id.line);
  const csv = "Handle,Title,Variant Price\nbowl-one,Bowl One,5";
  const request = new Request("http://localhost:3000/api/import", {
    method: "POST",
    body: `--q\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n${csv}\r\n--q--\r\n`,
    headers: { ...OWN, "content-type": "multipart/form-data; boundary=q" },
  });
  return (await takeImport(request)).headers.get("location") ?? "";
}
const ask = (width: string) =>
  picture(new Request("http://shop.test/media"), {
    params: Promise.resolve({ key: [width, ...key.split("/")] }),
  });
/** Names of the files below a folder of the shop's. */
const filesIn = (folder: string): string[] =>
  readdirSync(path.join(DATA, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);

it("the shop is looked at and bought from", async () => {
  await comeAs(null);
  expect(wordsOf(await pageOf(HomePage as unknown as Page))).toContain("Mug One");
  const bought = await buyForCash(world.mug.variantIds[0] ?? "", "Mug One", "nora@example.com");
  expect(wordsOf(await orderPage(bought))).toContain("Thank you. It is ordered");
});

it("a size of a picture is drawn at each request and not kept", async () => {
  const told = vi.spyOn(log, "warn").mockImplementation(() => {});
  for (const _ of [1, 2]) {
    const answer = await ask("240w");
    expect(answer.status).toBe(200);
    expect((await sharp(Buffer.from(await answer.arrayBuffer())).metadata()).width).toBe(60);
  }
  expect(told).toHaveBeenCalledTimes(2);
  told.mockRestore();
  expect(filesIn("renditions")).toEqual([]);
});

it("an upload is told, keeps what was typed, and leaves nothing behind", async () => {
  const before = filesIn("media");
  const muted = vi.spyOn(log, "error").mockImplementation(() => {});
  expect(await upload("From the right")).toMatchObject({
    status: "error",
    code: "storage_away",
    values: { alt: "From the right" },
  });
  muted.mockRestore();
  expect(filesIn("media")).toEqual(before);
  expect(await sql`select alt from product_images`).toEqual([{ alt: "From the left" }]);
});

// The system's own disk without room.
it.skipIf(!existsSync("/dev/full"))("a file for an import is told, and is none", async () => {
  expect(await sendGoods()).toBe("/admin/import?problem=full");
  expect(wordsOf(await pageOf(AdminImport, { problem: "full" }))).toContain(
    "The shop has no room for this file right now. Nothing was kept",
  );
  expect(await sql`select from imports`).toHaveLength(0);
});

it("with room all of it is done", async () => {
  disk.isFull = false;
  expect((await ask("240w")).status).toBe(200);
  expect(filesIn("renditions")).toHaveLength(1);
  expect(await upload("From the right")).toHaveProperty("to");
  expect(await sendGoods()).toMatch(/^\/admin\/import\/[0-9a-f-]{36}$/);
});
