/** The faces of printed documents: the shop's own where they have the letter, Noto Sans for other scripts. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as fontkit from "fontkit";

/** Files of one weight, in the order in which they are asked for a letter. */
interface Face {
  readonly name: string;
  readonly bytes: Buffer;
  readonly has: (codePoint: number) => boolean;
}

export type Weight = "text" | "strong" | "display";

const FOLDER = join(process.cwd(), "node_modules/@fontsource");
const SCRIPTS = [
  "latin",
  "latin-ext",
  "cyrillic",
  "cyrillic-ext",
  "greek",
  "greek-ext",
  "vietnamese",
  "devanagari",
];

const files: Record<Weight, readonly string[]> = {
  text: familyOf("instrument-sans", 400),
  strong: familyOf("instrument-sans", 600),
  display: familyOf("bricolage-grotesque", 700),
};

function familyOf(family: string, weight: number): string[] {
  const own = ["latin", "latin-ext"].map(
    (script) => `${family}/files/${family}-${script}-${weight}-normal.woff`,
  );
  const noto = SCRIPTS.map((script) => `noto-sans/files/noto-sans-${script}-${weight}-normal.woff`);
  return [...own, ...noto];
}

const known = new Map<string, Face>();

function faceOf(path: string): Face {
  const found = known.get(path);
  if (found) return found;
  const bytes = readFileSync(join(FOLDER, path));
  const font = fontkit.create(bytes);
  if (!("hasGlyphForCodePoint" in font)) throw new Error(`${path} holds no single font`);
  const face = { name: path, bytes, has: (codePoint: number) => font.hasGlyphForCodePoint(codePoint) };
  known.set(path, face);
  return face;
}

export interface Run {
  readonly text: string;
  readonly face: Face;
}

/** What stands for letters that no face has. */
export const UNKNOWN = "[…]";

/**
 * A text as runs of one face each. Letters that no face has become one `UNKNOWN` a stretch, and `isWhole` is false:
 * the document says so instead of showing boxes.
 */
export function runsOf(text: string, weight: Weight): { runs: Run[]; isWhole: boolean } {
  const runs: { text: string; face: Face | null }[] = [];
  for (const letter of text.normalize("NFC")) {
    const last = runs.at(-1);
    const face = faceFor(letter, weight, last?.face);
    if (last && last.face === face) last.text += letter;
    else runs.push({ text: letter, face });
  }
  const [first = ""] = files[weight];
  return {
    runs: runs.map((run) =>
      run.face ? { text: run.text, face: run.face } : { text: UNKNOWN, face: faceOf(first) },
    ),
    isWhole: runs.every(({ face }) => face !== null),
  };
}

/** Marks stay with the letter before them where its face has them; spaces do with letters that nobody has. */
function faceFor(letter: string, weight: Weight, before: Face | null | undefined): Face | null {
  const codePoint = letter.codePointAt(0) ?? 0;
  if (before?.has(codePoint) && /\p{M}/u.test(letter)) return before;
  if (before === null && /[\p{M}\p{Z}]/u.test(letter)) return null;
  for (const path of files[weight]) {
    const face = faceOf(path);
    if (face.has(codePoint)) return face;
  }
  return null;
}
