import { expect, test } from "vitest";
import { parseEnv } from "./env";

test("needs nothing, and has sane defaults", () => {
  expect(parseEnv({})).toMatchObject({
    PORT: 3000,
    SITE_URL: "http://localhost:3000",
    DATA_DIR: "./.data",
    WORKER: "inline",
  });
});

test("an empty variable counts as unset, and the address follows the port", () => {
  expect(parseEnv({ SITE_URL: "", PORT: "3100" }).SITE_URL).toBe("http://localhost:3100");
  expect(parseEnv({ SITE_URL: "https://shop.example/" }).SITE_URL).toBe("https://shop.example");
});

test("one sentence names every wrong variable and repeats no value", () => {
  const secret = "short-secret";
  const bad = { DATABASE_URL: "mysql://x", PORT: "70000", AUTH_SECRET: secret, WORKER: "maybe" };
  expect(() => parseEnv(bad)).toThrow(/PORT .*WORKER .*AUTH_SECRET .*DATABASE_URL /);
  expect(() => parseEnv(bad)).not.toThrow(new RegExp(secret));
});

test("a bucket is set whole or not at all", () => {
  const whole = { S3_BUCKET: "pictures", S3_ACCESS_KEY_ID: "id", S3_SECRET_ACCESS_KEY: "hush-hush" };
  expect(parseEnv({}).BUCKET).toBeUndefined();
  expect(parseEnv({ ...whole, S3_REGION: "eu-west-1" }).BUCKET).toMatchObject({
    bucket: "pictures",
    endpoint: "https://s3.eu-west-1.amazonaws.com",
  });
  expect(() => parseEnv({ ...whole, S3_SECRET_ACCESS_KEY: "" })).toThrow(
    /S3_BUCKET is set but S3_SECRET_ACCESS_KEY is not/,
  );
  expect(() => parseEnv({ S3_ENDPOINT: "https://s3.example" })).toThrow(
    /S3_ENDPOINT is set but S3_BUCKET and .* are not/,
  );
  expect(() => parseEnv({ ...whole, S3_BUCKET: "", S3_REGION: "EU West" })).not.toThrow(/hush-hush/);
});
