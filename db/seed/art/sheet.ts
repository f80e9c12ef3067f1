/** Contact sheet for looking at pictures while drawing: `tsx db/seed/art/sheet.ts OUT.png [view] [dark]`. */
import sharp from "sharp";
import { backdropColours, inks } from "./ink";
import { pictureSvg } from "./picture";
import { inkNames, objectKinds, type PictureSpec, patternKinds, type View } from "./spec";

const [out = "sheet.png", view = "front", theme = "light", only] = process.argv.slice(2);
const cell = Number(process.env.CELL ?? 300);
const columns = 7;
const specs: PictureSpec[] = [];
let i = 0;
for (const object of objectKinds.filter((kind) => !only || only.split(",").includes(kind)))
  for (let form = 0; form < 3; form++, i++)
    specs.push({
      object,
      form,
      pattern: patternKinds[(i * 3 + (i >> 3)) % patternKinds.length] ?? "lines",
      ink: inkNames[(i * 7 + (i >> 2)) % inkNames.length] ?? "ink",
      seed: 11 + i * 17,
      view: view as View,
      width: 40,
      height: 40,
      others: ["moss", "saffron"],
    });
const started = performance.now();
const cells = [];
for (const [at, spec] of specs.entries()) {
  const back = backdropColours[inks[spec.ink].back][theme === "dark" ? "dark" : "light"];
  const input = await sharp(Buffer.from(pictureSvg(spec, cell)))
    .flatten({ background: back })
    .png()
    .toBuffer();
  cells.push({ input, left: (at % columns) * (cell + 6), top: Math.floor(at / columns) * (cell + 6) });
}
console.log(specs.length, "pictures", Math.round(performance.now() - started), "ms");
await sharp({
  create: {
    width: columns * (cell + 6),
    height: Math.ceil(specs.length / columns) * (cell + 6),
    channels: 3,
    background: "#fff",
  },
})
  .composite(cells)
  .png()
  .toFile(out);
