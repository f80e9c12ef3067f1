import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Note } from "@/lib/domain/imports/note";
import { getFile } from "@/lib/storage";
import { isPublicAddress } from "./addresses";
import { download } from "./download";
import { Pictures } from "./pictures";

let server: Server;
let base: string;
let asked = 0;
const pictureBytes = () =>
  sharp({ create: { width: 400, height: 300, channels: 3, background: "#c84" } })
    .withExif({ IFD0: { Artist: "Somebody" } })
    .jpeg()
    .toBuffer();

beforeAll(async () => {
  const jpeg = await pictureBytes();
  server = createServer((request, answer) => {
    asked += 1;
    const path = request.url ?? "";
    if (path === "/away") answer.writeHead(302, { location: "/picture.jpg" }).end();
    else if (path === "/inwards") answer.writeHead(302, { location: "http://169.254.169.254/keys" }).end();
    else if (path === "/round") answer.writeHead(302, { location: "/round" }).end();
    else if (path === "/html") answer.writeHead(200, { "content-type": "image/jpeg" }).end("<html>");
    else if (path === "/half") answer.end(jpeg.subarray(0, jpeg.length / 2));
    else if (path === "/endless") {
      const more = setInterval(() => answer.write(Buffer.alloc(64 * 1024)), 5);
      answer.on("close", () => clearInterval(more));
    } else if (path === "/silent") return;
    else if (path === "/none") answer.writeHead(404).end();
    else answer.end(jpeg);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const isAllowed = (address: string) => address === "127.0.0.1";

describe("addresses", () => {
  it.each(
    "127.0.0.1 10.1.2.3 172.31.0.1 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255 ::1 :: fe80::1 fd00::1 ff02::1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 64:ff9b::7f00:1 2002:7f00:1:: 2001:0:1:: 2001:db8::1 localhost".split(
      " ",
    ),
  )("%s is ours or nobody's", (address) => expect(isPublicAddress(address)).toBe(false));

  it.each(["8.8.8.8", "172.32.0.1", "2606:4700::1111", "2a00:1450:4001::200e"])("%s is public", (address) =>
    expect(isPublicAddress(address)).toBe(true),
  );
});

describe("downloading", () => {
  it("refuses our own machine however it is written", async () => {
    asked = 0;
    const port = new URL(base).port;
    for (const host of ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "[::ffff:127.0.0.1]", "0"])
      await expect(download(`http://${host}:${port}/picture.jpg`)).rejects.toThrow("is not a public address");
    expect(asked).toBe(0);
  });

  it.each([
    ["file:///etc/passwd", "file: addresses are not loaded"],
    ["ftp://a.test/x", "ftp: addresses are not loaded"],
    ["//a.test/x", "cannot be read"],
    ["http://me:secret@a.test/x", "holds a password"],
  ])("refuses %s", async (url, reason) => {
    await expect(download(url)).rejects.toThrow(reason);
  });

  it("follows redirects, and checks every hop", async () => {
    expect((await download(`${base}/away`, { isAllowed })).subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
    await expect(download(`${base}/inwards`, { isAllowed })).rejects.toThrow(
      "169.254.169.254 is not a public address",
    );
    await expect(download(`${base}/round`, { isAllowed })).rejects.toThrow("redirected too often");
  });

  it("stops at the cap of bytes and of time", async () => {
    await expect(download(`${base}/endless`, { isAllowed, maxBytes: 1024 * 1024 })).rejects.toThrow(
      "larger than 1 MB",
    );
    await expect(download(`${base}/silent`, { isAllowed, timeoutMs: 200 })).rejects.toThrow(
      "did not answer in time",
    );
    await expect(download(`${base}/endless`, { isAllowed, timeoutMs: 200 })).rejects.toThrow(
      "did not answer in time",
    );
  });
});

describe("pictures", () => {
  const draft = (path: string, line = 2) => ({ line, url: `${base}${path}`, alt: "A picture", position: 1 });

  it("are drawn anew as WebP without EXIF, once per address", async () => {
    const notes: Note[] = [];
    const pictures = new Pictures({ isAllowed });
    const [one] = await pictures.load("imported/pot", [draft("/picture.jpg")], [], notes);
    expect(notes).toEqual([]);
    expect(one).toMatchObject({ width: 400, height: 300 });
    expect(one?.key).toMatch(/^imported\/pot\/[0-9a-f]{16}-[0-9a-f]{16}\.webp$/);
    const stored = await getFile(one?.key ?? "");
    const about = await sharp(stored?.bytes).metadata();
    expect([about.format, about.exif]).toEqual(["webp", undefined]);
    asked = 0;
    expect(await pictures.load("imported/pot", [draft("/picture.jpg")], [one?.key ?? ""], notes)).toEqual([]);
    expect(asked).toBe(0);
  });

  it("that are none are told with their line", async () => {
    const notes: Note[] = [];
    const wanted = [draft("/html", 3), draft("/half", 4), draft("/none", 5)];
    expect(await new Pictures({ isAllowed }).load("imported/pot", wanted, [], notes)).toEqual([]);
    expect(notes.toSorted((a, b) => a.line - b.line)).toEqual([
      { line: 3, text: "picture not loaded: it is no JPEG, PNG, WebP or AVIF picture" },
      { line: 4, text: "picture not loaded: it is damaged" },
      { line: 5, text: "picture not loaded: 127.0.0.1 answers 404" },
    ]);
  });

  it("with more than 40 million pixels are refused before they are unpacked", async () => {
    const huge = await sharp({ create: { width: 8_000, height: 5_001, channels: 3, background: "#000" } })
      .png()
      .toBuffer();
    const big = createServer((_request, answer) => answer.end(huge));
    await new Promise<void>((done) => big.listen(0, "127.0.0.1", done));
    const url = `http://127.0.0.1:${(big.address() as AddressInfo).port}/`;
    const notes: Note[] = [];
    await new Pictures({ isAllowed }).load(
      "imported/pot",
      [{ line: 2, url, alt: "", position: 1 }],
      [],
      notes,
    );
    big.close();
    expect(notes[0]?.text).toBe("picture not loaded: it has more than 40 million pixels");
  });

  it("are not asked for any more from a server that stays silent", async () => {
    const notes: Note[] = [];
    const wanted = Array.from({ length: 9 }, (_, i) => ({
      line: i + 2,
      url: `http://127.0.0.1:1/${i}`,
      alt: "",
      position: i,
    }));
    await new Pictures({ isAllowed }).load("imported/pot", wanted, [], notes);
    expect(notes).toHaveLength(9);
    expect(notes.filter(({ text }) => text.includes("127.0.0.1:1 does not answer")).length).toBeGreaterThan(
      1,
    );
  });
});
