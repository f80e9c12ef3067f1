import { existsSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, expect, inject, it, vi } from "vitest";
import { cast } from "@/db/cast";
import { sql } from "@/db/client";
import { newId } from "@/db/id";
import { BUCKET_KEYS, startBucket, type TestBucket } from "@/db/testing/bucket";
import { putFile } from "@/lib/storage";
import { commandWith } from "../testing/command";

const dataDir = process.env.DATA_DIR ?? "";
const admin = postgres(inject("postgresUrl"), { max: 1, onnotice: () => {} });
const copies: string[] = [];
// More than a page of the bucket's list.
const PICTURES = Array.from({ length: 7 }, (_, i) => `products/cup-${i}.webp`);
let bucket: TestBucket;
let folder = "";

const settingsOf = ({ url, name }: TestBucket) => ({
  S3_ENDPOINT: url,
  S3_BUCKET: name,
  S3_REGION: "eu-test-1",
  S3_ACCESS_KEY_ID: BUCKET_KEYS.id,
  S3_SECRET_ACCESS_KEY: BUCKET_KEYS.secret,
});

beforeAll(async () => {
  await cast();
  bucket = await startBucket();
  for (const [name, value] of Object.entries(settingsOf(bucket))) vi.stubEnv(name, value);
  for (const key of PICTURES) await putFile(key, Buffer.from(`picture ${key}`), "image/webp");
  await putFile("notes/list.csv", Buffer.from("a,b"), "text/csv");
  bucket.files.set("somebody/else.html", { bytes: Buffer.from("x"), type: "text/html", cacheControl: "" });
  await sql`insert into product_images (id, product_id, key, alt, width, height, position, placeholder)
    select ${newId()}, product_id, ${PICTURES[0] ?? ""}, 'A cup', 800, 1000, 0, '' from variants limit 1`;
  const { code, out, err } = await commandWith(settingsOf(bucket), "backup", "--to", "kept", "--quiet");
  expect([code, err]).toEqual([0, ""]);
  folder = out.trim();
});

afterAll(async () => {
  await bucket.stop();
  for (const name of copies) await admin.unsafe(`drop database if exists ${name} with (force)`);
  await admin.end();
});

/** Restores the backup into a new database, with the settings of a shop that keeps its files elsewhere. */
async function restore(env: Readonly<Record<string, string>>) {
  const name = `bucket_copy_${copies.length}_${Date.now().toString(36)}`;
  await admin.unsafe(`create database ${name}`);
  copies.push(name);
  const into = new URL(process.env.DATABASE_URL ?? "");
  into.pathname = `/${name}`;
  const dir = mkdtempSync(join(dataDir, "to-"));
  const said = await commandWith(
    { ...env, DATA_DIR: dir, DATABASE_URL: "" },
    "restore",
    folder,
    "--into",
    into.href,
  );
  return { ...said, dir };
}

it("has the uploads of the bucket, each with what was in it, and nothing that is not the shop's", () => {
  expect(
    readdirSync(join(folder, "media/products"))
      .map((name) => `products/${name}`)
      .sort(),
  ).toEqual(PICTURES);
  for (const key of PICTURES) expect(readFileSync(join(folder, "media", key), "utf8")).toBe(`picture ${key}`);
  expect(readdirSync(join(folder, "media")).sort()).toEqual(["notes", "products"]);
  expect(existsSync(join(dataDir, "media"))).toBe(false);
});

it("brings them back into another bucket, under their keys and types", async () => {
  const other = await startBucket("elsewhere");
  try {
    const { code, out, err, dir } = await restore(settingsOf(other));
    expect([code, err]).toEqual([0, ""]);
    expect(out).toContain("The books are right");
    expect([...other.files.keys()].sort()).toEqual(["notes/list.csv", ...PICTURES]);
    for (const key of PICTURES)
      expect(other.files.get(key)).toMatchObject({
        bytes: Buffer.from(`picture ${key}`),
        type: "image/webp",
      });
    expect(other.files.get("notes/list.csv")?.type).toMatch(/^text\/csv/);
    expect(existsSync(join(dir, "media"))).toBe(false);
  } finally {
    await other.stop();
  }
});

it("brings them back onto the disk of a shop that has no bucket", async () => {
  const none = Object.fromEntries(Object.keys(settingsOf(bucket)).map((name) => [name, ""]));
  const { code, dir } = await restore(none);
  expect(code).toBe(0);
  for (const key of PICTURES) expect(readFileSync(join(dir, "media", key), "utf8")).toBe(`picture ${key}`);
});

it("is none at all where the bucket does not answer", async () => {
  const before = readdirSync(join(dataDir, "kept"));
  const away = { ...settingsOf(bucket), S3_ENDPOINT: "http://127.0.0.1:9" };
  const { code, err } = await commandWith(away, "backup", "--to", "kept", "--quiet");
  expect(code).toBe(1);
  expect(err).not.toMatch(/^ +at /m);
  expect(readdirSync(join(dataDir, "kept"))).toEqual(before);
});
