import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { GET } from "@/app/media/[...key]/route";
import { BUCKET_KEYS, startBucket, type TestBucket } from "@/db/testing/bucket";
import { getFile, hasFile, listFiles, putFile, removeFile } from "@/lib/storage";
import { bucketPlace } from "./bucket";
import { StorageFailure } from "./place";

let bucket: TestBucket;
const settings = (changes = {}) => ({
  endpoint: bucket.url,
  bucket: "pictures",
  region: "eu-test-1",
  accessKeyId: BUCKET_KEYS.id,
  secretAccessKey: BUCKET_KEYS.secret,
  ...changes,
});

beforeAll(async () => {
  bucket = await startBucket();
  vi.stubEnv("S3_ENDPOINT", `${bucket.url}/`);
  vi.stubEnv("S3_BUCKET", "pictures");
  vi.stubEnv("S3_REGION", "eu-test-1");
  vi.stubEnv("S3_ACCESS_KEY_ID", BUCKET_KEYS.id);
  vi.stubEnv("S3_SECRET_ACCESS_KEY", BUCKET_KEYS.secret);
});
beforeEach(() => {
  bucket.files.clear();
  bucket.trouble.length = 0;
});
afterAll(() => bucket.stop());

const ask = (...key: string[]) => GET(new Request("http://shop/media"), { params: Promise.resolve({ key }) });

describe("with a bucket in the environment", () => {
  test("what is put is got, under its type, and a missing key is no error", async () => {
    await putFile("goods/mug-1.webp", Buffer.from("picture"), "image/webp");
    expect(bucket.files.get("goods/mug-1.webp")).toMatchObject({ type: "image/webp" });
    expect(bucket.files.get("goods/mug-1.webp")?.cacheControl).toContain("immutable");
    expect((await getFile("goods/mug-1.webp"))?.bytes.toString()).toBe("picture");
    expect(await hasFile("goods/mug-1.webp")).toBe(true);
    expect(await getFile("goods/none.webp")).toBeUndefined();
    expect(await hasFile("goods/none.webp")).toBe(false);
    expect(await getFile("../mug-1.webp")).toBeUndefined();
  });

  test("what is removed is gone, and removing it again is no error", async () => {
    await putFile("goods/mug-1.webp", Buffer.from("picture"), "image/webp");
    await removeFile("goods/mug-1.webp");
    expect(bucket.files.size).toBe(0);
    await removeFile("goods/mug-1.webp");
    bucket.asked.length = 0;
    await removeFile("../goods/mug-1.webp");
    expect(bucket.asked).toEqual([]);
  });

  test("everything is listed, page after page, but what is none of ours", async () => {
    const keys = Array.from({ length: 8 }, (_, i) => `goods/mug-${i}.webp`);
    for (const key of keys) await putFile(key, Buffer.from(key), "image/webp");
    bucket.files.set("somebody/else.html", { bytes: Buffer.from("x"), type: "text/html", cacheControl: "" });
    const listed: string[] = [];
    for await (const key of listFiles()) listed.push(key);
    expect(listed).toEqual(keys);
  });

  test("the shop serves it with the headers of a file on disk", async () => {
    await putFile("goods/mug-1.webp", Buffer.from("picture"), "image/webp");
    const answer = await ask("goods", "mug-1.webp");
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe("picture");
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      "cache-control": "public, max-age=31536000, immutable",
      "content-length": "7",
      "content-type": "image/webp",
      "x-content-type-options": "nosniff",
    });
    expect((await ask("goods", "none.webp")).status).toBe(404);
  });

  test("a service that stumbles is asked again; one that is away is a 503 that nobody keeps", async () => {
    await putFile("goods/mug-1.webp", Buffer.from("picture"), "image/webp");
    bucket.trouble.push(503, 500);
    expect((await getFile("goods/mug-1.webp"))?.bytes.toString()).toBe("picture");
    for (const trouble of [[503, 503, 503], ["cut"]] as const) {
      bucket.trouble.push(...trouble);
      const answer = await ask("goods", "mug-1.webp");
      expect(answer.status).toBe(503);
      expect(answer.headers.get("cache-control")).toBe("no-store");
      expect(answer.headers.get("retry-after")).toBeTruthy();
    }
    expect((await ask("goods", "mug-1.webp")).status).toBe(200);
  });
});

describe("a bucket that refuses", () => {
  test.each([
    [{ secretAccessKey: "another" }, /refuses \(403 SignatureDoesNotMatch\): look at S3_ACCESS_KEY_ID/],
    [{ region: "us-east-1" }, /refuses \(403/],
    [{ bucket: "nobody-s" }, /There is no bucket nobody-s/],
    [{ endpoint: "http://127.0.0.1:1" }, /cannot be reached at 127\.0\.0\.1:1/],
  ])("%j is told in a sentence without the secret", async (changes, sentence) => {
    const put = bucketPlace(settings(changes)).put("a.webp", Buffer.from("x"), "image/webp");
    const error = await put.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StorageFailure);
    expect(String(error)).toMatch(sentence);
    expect(String(error)).not.toContain(BUCKET_KEYS.secret);
    expect(bucket.files.size).toBe(0);
  });
});
