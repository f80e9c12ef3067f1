/** Draws the picture of a shared link: the piece on its backdrop, its name and price in the shop's own type. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { ImageResponse } from "next/og";
import sharp from "sharp";
import { backdropColour, INK, LINE, PAPER, QUIET } from "@/lib/domain/palette";
import { getFile } from "@/lib/storage";
import { SHARE_SIZE, type ShareFacts } from "./facts";

/** The drawing program reads neither variable fonts nor woff2, so the static cuts of the same faces. */
const FACES = [
  {
    name: "Bricolage",
    weight: 600,
    file: "bricolage-grotesque/files/bricolage-grotesque-latin-600-normal.woff",
  },
  {
    name: "Bricolage",
    weight: 600,
    file: "bricolage-grotesque/files/bricolage-grotesque-latin-ext-600-normal.woff",
  },
  { name: "Instrument", weight: 400, file: "instrument-sans/files/instrument-sans-latin-400-normal.woff" },
  {
    name: "Instrument",
    weight: 400,
    file: "instrument-sans/files/instrument-sans-latin-ext-400-normal.woff",
  },
  { name: "Instrument", weight: 600, file: "instrument-sans/files/instrument-sans-latin-600-normal.woff" },
] as const;

const SIDE = SHARE_SIZE.height;
const MARK = [2, 4.4, 6.8, 9.2];

let faces: Promise<{ name: string; weight: 400 | 600; data: Buffer }[]> | undefined;

const readFaces = () =>
  Promise.all(
    FACES.map(async ({ name, weight, file }) => ({
      name,
      weight,
      data: await readFile(path.join(process.cwd(), "node_modules/@fontsource", file)),
    })),
  );

/** The picture as PNG, 1200 × 630. */
export async function drawShare(facts: ShareFacts): Promise<Buffer> {
  faces ??= readFaces();
  const drawn = new ImageResponse(<Share facts={facts} picture={await pictureOf(facts)} />, {
    ...SHARE_SIZE,
    fonts: (await faces).map((face) => ({ ...face, style: "normal" as const })),
  });
  // Flat grounds and few colours: a palette halves the size of what every preview loads.
  return sharp(Buffer.from(await drawn.arrayBuffer()))
    .png({ palette: true, quality: 90, effort: 7 })
    .toBuffer();
}

async function pictureOf({ picture }: ShareFacts): Promise<string | null> {
  const file = picture && (await getFile(picture.key));
  if (!file) return null;
  const png = await sharp(file.bytes).resize(SIDE, SIDE, { fit: "inside" }).png().toBuffer();
  return `data:image/png;base64,${png.toString("base64")}`;
}

/** What the faces have no letters for would be fetched from elsewhere, so it is left out. */
export const drawable = (words: string): string =>
  words
    .replace(/[^\u0020-\u024f\u1e00-\u1eff\u2010-\u2026\u20ac\u2122\u00d7]/g, "")
    .replace(/\s+/g, " ")
    .trim();

function Share({ facts, picture }: { facts: ShareFacts; picture: string | null }) {
  const { shop, title, note, price } = facts;
  const name = drawable(title).slice(0, 120);
  return (
    <div style={{ display: "flex", width: "100%", height: "100%", background: PAPER, color: INK }}>
      <div
        style={{
          display: "flex",
          width: SIDE,
          height: SIDE,
          alignItems: "center",
          justifyContent: "center",
          background: backdropColour(facts.picture?.backdrop),
        }}
      >
        {picture ? (
          // biome-ignore lint/performance/noImgElement: no page, a drawing.
          <img src={picture} alt="" width={SIDE} height={SIDE} style={{ objectFit: "contain" }} />
        ) : (
          <Mark size={360} />
        )}
      </div>
      <div
        style={{
          display: "flex",
          flexDirection: "column",
          justifyContent: "space-between",
          width: SHARE_SIZE.width - SIDE,
          padding: "52px 48px",
        }}
      >
        <div
          style={{ display: "flex", alignItems: "center", gap: 14, fontFamily: "Bricolage", fontSize: 34 }}
        >
          <Mark size={46} />
          <div
            style={{
              width: SHARE_SIZE.width - SIDE - 156,
              overflow: "hidden",
              textOverflow: "ellipsis",
              whiteSpace: "nowrap",
            }}
          >
            {drawable(shop)}
          </div>
        </div>
        <div style={{ display: "flex", flexDirection: "column", gap: 20 }}>
          <div
            style={{
              display: "flex",
              fontFamily: "Bricolage",
              fontSize: name.length > 60 ? 44 : name.length > 28 ? 56 : 68,
              lineHeight: 1.02,
              letterSpacing: "-0.022em",
              textWrap: "balance",
              wordBreak: "break-word",
            }}
          >
            {name}
          </div>
          <div
            style={{
              display: "flex",
              fontFamily: "Instrument",
              fontSize: 28,
              lineHeight: 1.35,
              color: QUIET,
              wordBreak: "break-word",
            }}
          >
            {drawable(note).slice(0, 110)}
          </div>
        </div>
        <div
          style={{
            display: "flex",
            borderTop: price === null ? "none" : `2px solid ${LINE}`,
            paddingTop: 24,
            minHeight: 66,
            fontFamily: "Instrument",
            fontWeight: 600,
            fontSize: 36,
          }}
        >
          {price === null ? "" : drawable(price)}
        </div>
      </div>
    </div>
  );
}

/** The brand's two sets of rings. */
function Mark({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 30 30" aria-hidden="true">
      {[11.6, 18.4].flatMap((x) =>
        MARK.map((r) => (
          <circle key={`${x} ${r}`} cx={x} cy={15} r={r} fill="none" stroke={INK} strokeWidth={1.25} />
        )),
      )}
    </svg>
  );
}
