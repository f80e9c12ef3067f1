import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { products } from "@/db/seed/catalogue/catalogue";
import { iconSvg, markSvg, ringGrating, shareSvg } from "./brand";
import { backdropColours, contrast, inks, material } from "./ink";
import { pictureSvg, renderPicture } from "./picture";
import { inkNames, objectKinds, type PictureSpec, patternKinds, views } from "./spec";

const spec = (part: Partial<PictureSpec>): PictureSpec => ({
  object: "cushion",
  form: 0,
  pattern: "lines",
  ink: "cobalt",
  seed: 7,
  view: "front",
  width: 50,
  height: 50,
  others: ["moss"],
  ...part,
});

/** Difference hash: 64 bits, one per pair of neighbours on an 8 × 9 field, for each of light and alpha-flattened colour. */
async function hash(svg: string): Promise<string> {
  const data = await sharp(Buffer.from(svg))
    .flatten({ background: "#808080" })
    .resize(13, 12, { fit: "fill" })
    .greyscale()
    .raw()
    .toBuffer();
  let bits = "";
  for (let y = 0; y < 12; y++)
    for (let x = 0; x < 12; x++) bits += (data[y * 13 + x] ?? 0) < (data[y * 13 + x + 1] ?? 0) ? "1" : "0";
  return bits;
}

describe("the pictures", () => {
  it("are the same for the same spec and differ by seed", () => {
    expect(pictureSvg(spec({}))).toBe(pictureSvg(spec({})));
    expect(pictureSvg(spec({}))).not.toBe(pictureSvg(spec({ seed: 8 })));
  });

  it("are sound for every object, form and view: no broken numbers, every reference defined", () => {
    let i = 0;
    for (const object of objectKinds)
      for (const view of views)
        for (let form = 0; form < 2; form++, i++) {
          const pattern = patternKinds[i % patternKinds.length] ?? "lines";
          const ink = inkNames[i % inkNames.length] ?? "ink";
          const svg = pictureSvg(spec({ object, view, form, pattern, ink, seed: i }));
          expect(svg, `${object} ${view}`).not.toMatch(/NaN|undefined|Infinity/);
          const defined = new Set([...svg.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]));
          for (const [, used] of svg.matchAll(/url\(#([^)]+)\)/g)) expect(defined).toContain(used);
          expect(svg.length).toBeLessThan(900_000);
        }
  });

  it("are cut out in front, and opaque in a room", async () => {
    const corner = async (view: PictureSpec["view"]) => {
      const data = await sharp(Buffer.from(pictureSvg(spec({ object: "mug", view }), 60)))
        .raw()
        .toBuffer();
      return data[3];
    };
    expect(await corner("front")).toBe(0);
    expect(await corner("room")).toBe(255);
  });

  it("fade out before the edge of the cell, so that no shadow or glow is cut", async () => {
    // a pendant's cord is meant to run out at the top
    for (const object of objectKinds.filter((kind) => kind !== "pendant"))
      for (let form = 0; form < 3; form++) {
        const { data, info } = await sharp(Buffer.from(pictureSvg(spec({ object, form }), 100)))
          .raw()
          .toBuffer({ resolveWithObject: true });
        const alpha = (x: number, y: number) => data[(y * info.width + x) * 4 + 3] ?? 0;
        let most = 0;
        for (let i = 0; i < 100; i++)
          most = Math.max(most, alpha(i, 0), alpha(i, 99), alpha(0, i), alpha(99, i));
        expect(most, `${object} ${form}`).toBeLessThan(14);
      }
  });

  it("come as WebP with a placeholder of at most 300 characters", async () => {
    const picture = await renderPicture(spec({ object: "vase" }), 300);
    expect(picture.width).toBe(300);
    expect(picture.height).toBe(300);
    expect(picture.webp.subarray(8, 12).toString()).toBe("WEBP");
    expect(picture.placeholder).toMatch(/^data:image\/webp;base64,/);
    expect(picture.placeholder.length).toBeLessThanOrEqual(300);
  });

  it("have at least 100 different looks over the catalogue's first pictures", async () => {
    const hashes = new Set<string>();
    for (const product of products.slice(0, 130)) {
      const [first] = product.pictures;
      if (first) hashes.add(await hash(pictureSvg(first.spec, 72)));
    }
    expect(hashes.size).toBeGreaterThanOrEqual(100);
  }, 20_000);
});

describe("the inks", () => {
  it("have a partner that reads on every backdrop, light and dark", () => {
    for (const name of inkNames)
      for (const [back, { light, dark }] of Object.entries(backdropColours)) {
        expect(contrast(inks[name].trim, light), `${name} on ${back}, light`).toBeGreaterThan(1.8);
        expect(contrast(inks[name].trim, dark), `${name} on ${back}, dark`).toBeGreaterThan(1.8);
      }
    for (const wood of [material.oak, material.brass]) {
      expect(contrast(wood, backdropColours.stone.light)).toBeGreaterThan(1.6);
      expect(contrast(wood, backdropColours.stone.dark)).toBeGreaterThan(1.8);
    }
  });
});

describe("the brand", () => {
  it("has a mark, an icon, gratings and a share picture that rasterise", async () => {
    for (const svg of [markSvg("#000"), iconSvg, ringGrating(), shareSvg()]) {
      const { width } = await sharp(Buffer.from(svg)).metadata();
      expect(width).toBeGreaterThan(20);
    }
  });
});
