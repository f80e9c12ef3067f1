import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { receiveFile } from "./upload";

const folder = mkdtempSync(join(tmpdir(), "tallystick upload "));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const part = '--q\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nHandle,Title';

test.each([
  ["no boundary", "multipart/form-data", "x"],
  ["another boundary", "multipart/form-data; boundary=z", `${part}\r\n--q--\r\n`],
  ["a part that is cut off", "multipart/form-data; boundary=q", part],
  ["a part without a header", "multipart/form-data; boundary=q", "--q\r\nGarbage\r\n\r\nx\r\n--q--\r\n"],
  ["no form at all", "text/plain", "x"],
])("a file that comes with %s is none, and leaves nothing behind", async (_what, type, body) => {
  const request = new Request("http://shop.example/api/import", {
    method: "POST",
    body,
    headers: { "content-type": type },
  });
  expect(await receiveFile(request, join(folder, "file"), 1_000)).toMatch(/^(?:broken|none)$/);
  expect(readdirSync(folder)).toEqual([]);
});

test.each([
  ["before it", `--q\r\nContent-Disposition: form-data; name="ownerId"\r\n\r\n1\r\n${part}`],
  ["behind it", `${part}\r\n--q\r\nContent-Disposition: form-data; name="ownerId"\r\n\r\n1`],
  ["in its place", part.replace('name="file"', 'name="other"')],
])("a file that comes with a field that its form does not have, %s, is refused", async (_where, parts) => {
  const request = new Request("http://shop.example/api/import", {
    method: "POST",
    body: `${parts}\r\n--q--\r\n`,
    headers: { "content-type": "multipart/form-data; boundary=q" },
  });
  expect(await receiveFile(request, join(folder, "file"), 1_000)).toBe("broken");
  expect(readdirSync(folder)).toEqual([]);
});

test("an empty file is told as that, and not as none chosen", async () => {
  const request = new Request("http://shop.example/api/import", {
    method: "POST",
    body: '--q\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n\r\n--q--\r\n',
    headers: { "content-type": "multipart/form-data; boundary=q" },
  });
  expect(await receiveFile(request, join(folder, "empty"), 1_000)).toBe("empty");
  expect(readdirSync(folder)).toEqual([]);
});

// The system's own disk without room.
test.skipIf(!existsSync("/dev/full"))(
  "a file that finds no room is told as that, and leaves nothing behind",
  async () => {
    const path = join(folder, "full");
    symlinkSync("/dev/full", path);
    const request = new Request("http://shop.example/api/import", {
      method: "POST",
      body: `${part}\r\n--q--\r\n`,
      headers: { "content-type": "multipart/form-data; boundary=q" },
    });
    expect(await receiveFile(request, path, 1_000)).toBe("full");
    expect(readdirSync(folder)).toEqual([]);
  },
);
