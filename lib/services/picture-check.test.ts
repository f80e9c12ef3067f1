/** What people upload as pictures, and worse. */
import { deflateSync } from "node:zlib";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { NotAPicture, redraw } from "./picture-check";

const HTML = "<html><script>alert(document.domain)</script></html>";
const drawn = (format: "jpeg" | "png" | "webp" | "avif") =>
  sharp({ create: { width: 40, height: 30, channels: 3, background: "#c84" } })
    .withExif({ IFD0: { Artist: "Somebody" }, IFD3: { GPSLatitude: "52/1 30/1 0/1" } })
    .toFormat(format)
    .toBuffer();

/** A PNG whose head promises these sizes; `pixels` is what is really packed into it. */
function png(width: number, height: number, pixels: Buffer): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 0, 0, 0, 0], 8);
  const chunk = (name: string, data: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const body = Buffer.concat([Buffer.from(name), data]);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc(body));
    return Buffer.concat([length, body, sum]);
  };
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(pixels)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function crc(bytes: Buffer): number {
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  }
  return ~sum >>> 0;
}

/** The picture with other sides in its head. */
function enlarged(format: "jpeg" | "webp" | "avif", side: number, picture: Buffer): Buffer {
  if (format === "jpeg") {
    // The frame's head: marker, length and depth come before height and width.
    const at = picture.indexOf(Buffer.from([0xff, 0xc0])) + 5;
    picture.writeUInt16BE(side, at);
    picture.writeUInt16BE(side, at + 2);
  } else if (format === "webp") {
    const at = picture.indexOf(Buffer.from([0x9d, 0x01, 0x2a])) + 3;
    picture.writeUInt16LE(side, at);
    picture.writeUInt16LE(side, at + 2);
    const canvas = picture.indexOf("VP8X") + 12;
    picture.writeUIntLE(side - 1, canvas, 3);
    picture.writeUIntLE(side - 1, canvas + 3, 3);
  } else {
    const at = picture.indexOf("ispe") + 8;
    picture.writeUInt32BE(side, at);
    picture.writeUInt32BE(side, at + 4);
  }
  return picture;
}

describe("refused", () => {
  test.each([
    ["nothing", ""],
    ["a page", HTML],
    ["an SVG", '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
    [
      "an SVG behind an XML head",
      '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
    ],
    [
      "an SVG with an entity that is read from the disk",
      '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>',
    ],
    ["a GIF that is JavaScript, too", "GIF89a/*\x01\x00\x01\x00*/=1;alert(1)//"],
    ["a PDF", "%PDF-1.7\n"],
    ["a program", "\x7fELF\x02\x01\x01"],
    ["an archive", "PK\x03\x04"],
    ["a drawing that another program would run", "%!PS\n(%pipe%id) (r) file\n"],
    [
      "a list of commands for ImageMagick",
      "push graphic-context\nfill 'url(https://evil.example/\"|id\")'\n",
    ],
    ["a TIFF", "II*\x00\x08\x00\x00\x00"],
    ["a BMP", "BM\x3a\x00\x00\x00"],
    ["an icon", "\x00\x00\x01\x00\x01\x00"],
    ["an HEIC", "\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"],
    ["a video", "\x00\x00\x00\x18ftypisom\x00\x00\x00\x00"],
    ["a sound in a RIFF", "RIFF\x24\x00\x00\x00WAVEfmt "],
  ])("%s", async (_what, text) => {
    await expect(redraw(Buffer.from(text, "latin1"))).rejects.toThrow("no JPEG, PNG, WebP or AVIF");
  });

  test.each([
    ["a JPEG's first bytes before a page", `\xff\xd8\xff\xe0${HTML}`],
    ["a PNG's before a page", `\x89PNG\r\n\x1a\n${HTML}`],
    ["a WebP's before a page", `RIFF\x24\x00\x00\x00WEBP${HTML}`],
    ["an AVIF's before a page", `\x00\x00\x00\x18ftypavif${HTML}`],
  ])("%s", async (_what, text) => {
    await expect(redraw(Buffer.from(text, "latin1"))).rejects.toThrow("it is damaged");
  });

  test("half a picture", async () => {
    const whole = await drawn("jpeg");
    await expect(redraw(whole.subarray(0, whole.length / 2))).rejects.toThrow("it is damaged");
  });

  test.each([
    ["wide and high", 60_000, 60_000],
    ["a line of many pixels", 50_000_000, 1],
    ["just over 40 million", 8_000, 5_001],
  ])("a small file that unpacks to gigabytes: %s", async (_what, width, height) => {
    const bomb = png(width, height, Buffer.alloc(1_000_000));
    expect(bomb.length).toBeLessThan(2_000);
    const before = process.memoryUsage().rss;
    await expect(redraw(bomb)).rejects.toThrow(NotAPicture);
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024);
  });

  test.each([
    ["jpeg", 65_500],
    ["webp", 16_383],
    ["avif", 60_000],
  ] as const)("a %s whose head tells of sides of %d", async (format, side) => {
    const before = process.memoryUsage().rss;
    await expect(redraw(enlarged(format, side, await drawn(format)))).rejects.toThrow("more than 40 million");
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024);
  });

  test("a head of few pixels and a body of many", async () => {
    // 200 MB of zeros in 200 kB: what goes beyond the head is not unpacked.
    const before = process.memoryUsage().rss;
    const bomb = png(4, 4, Buffer.alloc(200 * 1024 * 1024));
    await redraw(bomb).catch((error: unknown) => expect(error).toBeInstanceOf(NotAPicture));
    expect(process.memoryUsage().rss - before).toBeLessThan(600 * 1024 * 1024);
  });
});

describe("drawn anew", () => {
  test.each(["jpeg", "png", "webp", "avif"] as const)(
    "a %s becomes a WebP that says nothing of its maker",
    async (format) => {
      const { data, width, height } = await redraw(await drawn(format));
      const about = await sharp(data).metadata();
      expect([about.format, about.exif, about.xmp, about.icc, width, height]).toEqual([
        ...["webp", undefined, undefined, undefined],
        ...[40, 30],
      ]);
      expect(data.toString("latin1")).not.toContain("Somebody");
    },
  );

  test("what hangs behind or inside a picture is gone", async () => {
    const picture = await drawn("jpeg");
    const hidden = Buffer.from(`\xff\xfe\x00\x60${HTML.padEnd(94)}`, "latin1");
    const polyglot = Buffer.concat([picture.subarray(0, 2), hidden, picture.subarray(2), Buffer.from(HTML)]);
    const { data } = await redraw(polyglot);
    expect(data.toString("latin1")).not.toContain("script");
  });

  test("one of huge sides is made small", async () => {
    const long = await sharp({ create: { width: 9_000, height: 100, channels: 3, background: "#000" } })
      .png()
      .toBuffer();
    expect(await redraw(long)).toMatchObject({ width: 2_400 });
  });
});
