/** The `scale` view: dimension lines and figures drawn by hand, with a known thing beside the object at the same scale. */
import { n, type Point, smooth } from "./geometry";
import type { Drawing } from "./kit";
import { between, type Random, randomFrom } from "./random";
import { chair, glyphs, hand } from "./strokes";

function figures(text: string, x: number, y: number, size: number, random: Random): string {
  let out = "";
  let at = x;
  for (const letter of text) {
    if (letter === " ") {
      at += size * 5;
      continue;
    }
    for (const stroke of glyphs[letter] ?? [])
      out += smooth(
        stroke.map(
          ([px, py]) =>
            [
              at + (px + between(random, -0.3, 0.3)) * size,
              y + (py + between(random, -0.3, 0.3)) * size,
            ] as const,
        ),
      );
    at += size * (letter === "," ? 7 : 13.5);
  }
  return out;
}

const textWidth = (text: string, size: number) =>
  [...text].reduce(
    (sum, letter) => sum + size * (letter === " " ? 5 : letter === "," ? 7 : 13.5),
    -size * 3.5,
  );

function drawn(from: Point, to: Point, random: Random): string {
  const points: Point[] = Array.from({ length: 6 }, (_, i) => {
    const t = i / 5;
    const wobble = i === 0 || i === 5 ? 0 : 1.8;
    return [
      from[0] + (to[0] - from[0]) * t + between(random, -wobble, wobble),
      from[1] + (to[1] - from[1]) * t + between(random, -wobble, wobble),
    ];
  });
  return smooth(points);
}

function arrow(from: Point, to: Point, random: Random): string {
  const angle = Math.atan2(to[1] - from[1], to[0] - from[0]);
  const head = (at: Point, turn: number) =>
    [-0.5, 0.5]
      .map((side) =>
        drawn(at, [at[0] + 17 * Math.cos(turn + side), at[1] + 17 * Math.sin(turn + side)], random),
      )
      .join("");
  return drawn(from, to, random) + head(from, angle) + head(to, angle + Math.PI);
}

/** The object at true scale with its measures; `width` and `height` in cm. */
export function scaleSvg(
  drawing: Drawing,
  width: number,
  height: number,
  colour: string,
  seed: number,
): string {
  const random = randomFrom(seed + 5);
  const big = Math.max(width, height) > 58;
  const other = big ? { w: 46, h: 84 } : { w: 13, h: 18.6 };
  const { box } = drawing;
  // centimetres of the picture: the drawing's own proportions, so that nothing is stretched
  const unit = Math.max(box.w / width, box.h / height);
  const [realW, realH] = [box.w / unit, box.h / unit];
  const space = 780 - 90 - 60;
  const k = Math.min(space / (realW + other.w), 600 / Math.max(realH, other.h));
  const s = k / unit;
  const [ow, oh] = [box.w * s, box.h * s];
  const left = -(ow + 90 + 60 + other.w * k) / 2;
  const ground = Math.max(oh, other.h * k) / 2 - 20;
  const object = `<g transform="translate(${n(left - box.x * s)} ${n(ground - (box.y + box.h) * s)}) scale(${s.toFixed(3)})">${drawing.svg}</g>`;
  const size = 2.1;
  const label = (value: number) => `${String(value).replace(".", ",")} cm`;
  const [wText, hText] = [label(width), label(height)];
  const hx = left + ow + 40;
  const ox = hx + 110 + (other.w * k) / 2;
  const to = ([x, y]: Point): Point => [ox + x * k, ground - y * k];
  const reference = big
    ? chair.map(([a, b]) => drawn(to(a ?? [0, 0]), to(b ?? [0, 0]), random)).join("")
    : smooth(hand.map(to));
  const strokes = `${arrow([left + 4, ground + 46], [left + ow - 4, ground + 46], random)}${figures(wText, left + ow / 2 - textWidth(wText, size) / 2, ground + 70, size, random)}${arrow([hx, ground - oh + 4], [hx, ground - 2], random)}`;
  const upright = `<path transform="translate(${n(hx + 22)} ${n(ground - oh / 2 + textWidth(hText, size) / 2)}) rotate(-90)" d="${figures(hText, 0, 0, size, random)}"/>`;
  return `${object}<g fill="none" stroke="${colour}" stroke-width="4.5" stroke-linecap="round" stroke-linejoin="round"><path d="${strokes}"/>${upright}<path d="${reference}" stroke-width="5"/>${big ? "" : `<path d="${drawn([ox - 5.5 * k, ground + 3], [ox + 5.5 * k, ground + 3], random)}" stroke-opacity=".6"/>`}</g>`;
}
