/** Writes the brand's files into public/: `tsx db/seed/art/write-brand.ts`. Run again after changing brand.ts. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { iconSvg, lineGrating, ringGrating, shareSvg, solidIconSvg } from "./brand";
import { anglesSvg, gratingsSvg, journalGoods, ringsSvg } from "./journal";

/** An ICO file around one PNG of 32 px. */
function ico(png: Buffer): Buffer {
  const head = Buffer.alloc(22);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(1, 4);
  head.writeUInt8(32, 6);
  head.writeUInt8(32, 7);
  head.writeUInt16LE(1, 10);
  head.writeUInt16LE(32, 12);
  head.writeUInt32LE(png.length, 14);
  head.writeUInt32LE(22, 18);
  return Buffer.concat([head, png]);
}

async function writeJournal(to: string): Promise<void> {
  mkdirSync(to, { recursive: true });
  writeFileSync(join(to, "gratings.svg"), gratingsSvg());
  writeFileSync(join(to, "angles.svg"), anglesSvg());
  writeFileSync(join(to, "rings.svg"), ringsSvg());
  for (const [name, svg] of Object.entries(journalGoods))
    await sharp(Buffer.from(svg))
      .webp({ quality: 82, effort: 6 })
      .toFile(join(to, `${name}.webp`));
}

async function main(): Promise<void> {
  const to = join(process.cwd(), "public");
  mkdirSync(join(to, "brand"), { recursive: true });
  // not at the top: app/icon.svg is served from there, and Next refuses two files for one address
  writeFileSync(join(to, "brand", "icon.svg"), iconSvg);
  writeFileSync(join(to, "brand", "rings.svg"), ringGrating());
  writeFileSync(join(to, "brand", "lines.svg"), lineGrating());
  const small = await sharp(Buffer.from(solidIconSvg(32, 2)))
    .png()
    .toBuffer();
  writeFileSync(join(to, "favicon.ico"), ico(small));
  await sharp(Buffer.from(solidIconSvg(180, 7)))
    .png()
    .toFile(join(to, "apple-icon.png"));
  await sharp(Buffer.from(shareSvg()))
    .flatten({ background: "#f6f3ec" })
    .png({ palette: true, colours: 200 })
    .toFile(join(to, "share.png"));
  // A maskable icon may be cut to a circle of four fifths of its width.
  for (const [name, size, inset] of [
    ["icon-192", 192, 3],
    ["icon-512", 512, 3],
    ["icon-maskable", 512, 9],
  ] as const)
    await sharp(Buffer.from(solidIconSvg(size, inset)))
      .png({ palette: true })
      .toFile(join(to, "brand", `${name}.png`));
  await writeJournal(join(to, "journal"));
}

void main();
