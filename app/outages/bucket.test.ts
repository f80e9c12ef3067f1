/** While the bucket of pictures is away: pages answer, sizes that were drawn are served, the others and uploads are told. */

import sharp from "sharp";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { sql } from "@/db/client";
import { BUCKET_KEYS, startBucket, type TestBucket } from "@/db/testing/bucket";
import { comeAs, type Page, pageOf, sendForm, wordsOf } from "@/db/testing/front-door";
import { type Line, startLine } from "@/db/testing/line";
import { buyForCash } from "@/db/testing/shopping";
import { addPictures } from "@/lib/actions/admin/catalog-pictures";
import { log } from "@/lib/log";
import HomePage from "../(shop)/page";
import AdminProduct from "../admin/products/[id]/page";
import { GET as picture } from "../media/[...key]/route";

let world: Cast;
let bucket: TestBucket;
let line: Line;
let file: File;
let key = "";

beforeAll(async () => {
  bucket = await startBucket();
  line = await startLine(Number(new URL(bucket.url).port));
  vi.stubEnv("S3_ENDPOINT", `http://127.0.0.1:${line.port}`);
  vi.stubEnv("S3_BUCKET", bucket.name);
  vi.stubEnv("S3_REGION", "eu-test-1");
  vi.stubEnv("S3_ACCESS_KEY_ID", BUCKET_KEYS.id);
  vi.stubEnv("S3_SECRET_ACCESS_KEY", BUCKET_KEYS.secret);
  world = await cast();
  const drawing = sharp({ create: { width: 60, height: 40, channels: 3, background: "#c84" } });
  file = new File([new Uint8Array(await drawing.jpeg().toBuffer())], "mug.jpg", { type: "image/jpeg" });
  expect(await upload("From the left")).toHaveProperty("to");
  [key = ""] = bucket.files.keys();
  // One size was drawn while all was well.
  expect((await ask("640w", key)).status).toBe(200);
  await line.cut();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await line.cut();
  await bucket.stop();
});

const ask = (...parts: string[]) =>
  picture(new Request("http://shop.test/media"), {
    params: Promise.resolve({ key: parts.join("/").split("/") }),
  });
const editor = async () => {
  await comeAs(world.id.line);
  return pageOf(AdminProduct, {}, { id: world.mug.id });
};
/** Adds the picture by the form of its product. */
async function upload(alt: string) {
  const html = await editor();
  return sendForm(html, 'name="files"', addPictures, { alt, files: [file] as never });
}
const shownIn = async () =>
  (await sql`select alt from product_images order by position`).map(({ alt }) => alt);

it("the shop's pages answer and name the picture, and orders are placed", async () => {
  await comeAs(null);
  expect(await pageOf(HomePage as unknown as Page)).toContain(key);
  await buyForCash(world.mug.variantIds[0] ?? "", "Mug One", "nora@example.com");
});

it("a size that was drawn is served, what was not is a 503 that nobody keeps", async () => {
  const refused = vi.spyOn(log, "error").mockImplementation(() => {});
  expect((await ask("640w", key)).status).toBe(200);
  for (const parts of [["240w", key], [key]]) {
    const answer = await ask(...parts);
    expect(answer.status).toBe(503);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("retry-after")).toBe("2");
    expect(await answer.json()).toMatchObject({ error: "storage_away", reference: expect.any(String) });
  }
  expect(refused).toHaveBeenCalledTimes(2);
  refused.mockRestore();
});

it("an upload is told with its reference, keeps what was typed and changes nothing", async () => {
  const lines: { id?: string }[] = [];
  const refused = vi.spyOn(log, "error").mockImplementation((_, told) => void lines.push(told as object));
  const answer = await upload("From the right");
  refused.mockRestore();
  expect(answer).toMatchObject({
    status: "error",
    code: "storage_away",
    message: expect.stringMatching(/pictures are kept.*nothing was changed.*Reference \w+/),
    values: { alt: "From the right" },
  });
  expect((answer as { message: string }).message).toContain(lines[0]?.id);
  expect(await shownIn()).toEqual(["From the left"]);
  expect(wordsOf(await editor())).toContain("Mug One");
});

it("once it is back the next request is answered, and the upload is taken", async () => {
  await line.mend();
  for (const parts of [["240w", key], [key]]) {
    const answer = await ask(...parts);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toContain("immutable");
  }
  expect(await upload("From the right")).toHaveProperty("to");
  expect(await shownIn()).toEqual(["From the left", "From the right"]);
});
