/** The numbered patterns: two gratings that nearly agree, so that a third pattern appears between them. */
import { type Field, inside, type Point, polyline, segment, turn } from "./geometry";
import type { Ink } from "./ink";
import { between, type Random, randomFrom } from "./random";
import type { PatternKind } from "./spec";

/** One grating: lines of one width, or dots (lines of no length with round ends). */
interface Grating {
  width: number;
  lines: Point[][];
  round?: boolean;
}

interface Measure {
  gap: number;
  width: number;
  tilt: number;
  angle: number;
}

type Draw = (random: Random, measure: Measure, field: Field) => [Grating, Grating];

const reach = (field: Field) => Math.hypot(field.x, field.y) * 1.05;

function parallel(gap: number, angle: number, field: Field): Point[][] {
  const far = reach(field);
  const lines: Point[][] = [];
  for (let x = -far; x <= far; x += gap) {
    const line = segment(turn([x, -far], angle), turn([x, far], angle), field);
    if (line) lines.push(line);
  }
  return lines;
}

function circles(cx: number, cy: number, gap: number, field: Field): Point[][] {
  const far = reach(field) + Math.hypot(cx, cy);
  const lines: Point[][] = [];
  for (let radius = gap * 0.6; radius < far; radius += gap) {
    const steps = Math.max(18, Math.ceil((radius * Math.PI * 2) / 15));
    const ring: Point[] = Array.from({ length: steps + 1 }, (_, i) => {
      const t = (i / steps) * Math.PI * 2;
      return [cx + radius * Math.cos(t), cy + radius * Math.sin(t)];
    });
    lines.push(...inside(ring, field));
  }
  return lines;
}

/** Rays that double in number as they part, so that the middle stays open and no blob forms. */
function star(cx: number, cy: number, gap: number, bend: number, field: Field): Point[][] {
  const far = reach(field) + Math.hypot(cx, cy);
  const lines: Point[][] = [];
  const first = 14;
  const open = (first * gap * 0.78) / (Math.PI * 2);
  for (let level = 0; level < 7; level++) {
    const start = level === 0 ? open : open * 2 ** level * 1.04;
    if (start > far) break;
    const rays = level === 0 ? first : first * 2 ** (level - 1);
    for (let i = 0; i < rays; i++) {
      const t = ((i + (level === 0 ? 0 : 0.5)) / rays) * Math.PI * 2;
      const at = (radius: number): Point => {
        const a = t + bend * Math.log(radius / open);
        return [cx + radius * Math.cos(a), cy + radius * Math.sin(a)];
      };
      if (bend === 0) {
        const ray = segment(at(start), at(far), field);
        if (ray) lines.push(ray);
      } else {
        const curve: Point[] = [];
        for (let radius = start; radius < far; radius += Math.max(6, radius * 0.09)) curve.push(at(radius));
        lines.push(...inside(curve, field));
      }
    }
  }
  return lines;
}

function grid(gap: number, angle: number, field: Field): Point[][] {
  const far = reach(field);
  const dots: Point[][] = [];
  for (let x = -far; x <= far; x += gap)
    for (let y = -far; y <= far; y += gap) {
      const dot = turn([x, y], angle);
      if (Math.abs(dot[0]) < field.x + gap && Math.abs(dot[1]) < field.y + gap) dots.push([dot]);
    }
  return dots;
}

function wavy(gap: number, angle: number, field: Field, height: (x: number, y: number) => number): Point[][] {
  const far = reach(field);
  const lines: Point[][] = [];
  for (let y = -far; y <= far; y += gap) {
    const line: Point[] = [];
    for (let x = -far; x <= far; x += 11) line.push(turn([x, y + height(x, y)], angle));
    lines.push(...inside(line, field));
  }
  return lines;
}

function comb(side: number, angle: number, field: Field): Point[][] {
  const far = reach(field);
  const lines: Point[][] = [];
  const [w, h] = [side * Math.sqrt(3), side * 1.5];
  let row = 0;
  for (let y = -far; y <= far; y += h, row++) {
    const shift = row % 2 ? w / 2 : 0;
    const zig: Point[] = [];
    for (let x = -far; x <= far; x += w) {
      zig.push(turn([x + shift, y + side / 2], angle), turn([x + shift + w / 2, y], angle));
      const post = segment(turn([x + shift, y + side / 2], angle), turn([x + shift, y + h], angle), field);
      if (post) lines.push(post);
    }
    lines.push(...inside(zig, field, side));
  }
  return lines;
}

function squares(cx: number, cy: number, gap: number, angle: number, field: Field): Point[][] {
  const far = reach(field) + Math.hypot(cx, cy);
  const lines: Point[][] = [];
  const corners = [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
    [-1, -1],
  ] as const;
  for (let half = gap * 0.7; half < far; half += gap)
    for (let i = 0; i < 4; i++) {
      const [from, to] = [corners[i], corners[i + 1]];
      if (!from || !to) continue;
      const [f, t] = [
        turn([from[0] * half, from[1] * half], angle),
        turn([to[0] * half, to[1] * half], angle),
      ];
      const line = segment([f[0] + cx, f[1] + cy], [t[0] + cx, t[1] + cy], field);
      if (line) lines.push(line);
    }
  return lines;
}

const draws: Record<PatternKind, Draw> = {
  lines: (random, m, field) => {
    const ratio = between(random, 0.97, 1.04);
    return [
      { width: m.width, lines: parallel(m.gap, m.angle, field) },
      { width: m.width, lines: parallel(m.gap * ratio, m.angle + m.tilt, field) },
    ];
  },
  rings: (random, m, field) => {
    const [dx, dy] = turn([between(random, 22, 58), 0], between(random, 0, 180));
    const [ox, oy] = [between(random, -0.45, 0.45) * field.x, between(random, -0.45, 0.45) * field.y];
    return [
      { width: m.width, lines: circles(ox - dx, oy - dy, m.gap, field) },
      { width: m.width, lines: circles(ox + dx, oy + dy, m.gap, field) },
    ];
  },
  rays: (random, m, field) => {
    const [dx, dy] = turn([between(random, 26, 52), 0], between(random, -40, 40));
    const [ox, oy] = [between(random, -0.3, 0.3) * field.x, between(random, -0.5, 0.5) * field.y];
    return [
      { width: m.width, lines: star(ox - dx, oy - dy, m.gap * 1.15, 0, field) },
      { width: m.width, lines: star(ox + dx, oy + dy, m.gap * 1.15, 0, field) },
    ];
  },
  dots: (random, m, field) => {
    const gap = m.gap * 1.55;
    const share = between(random, 0.5, 0.72);
    return [
      { width: gap * share, lines: grid(gap, m.angle / 3, field), round: true },
      { width: gap * (share - 0.08), lines: grid(gap * 1.03, m.angle / 3 + m.tilt, field), round: true },
    ];
  },
  waves: (random, m, field) => {
    const [height, length] = [between(random, 9, 24), between(random, 26, 54)];
    const shift = between(random, 0.8, 2.2);
    const lean = between(random, 70, 210);
    const wave = (phase: number) => (x: number, y: number) =>
      height * Math.sin(x / length + phase + y / lean);
    const angle = m.angle > 60 ? 90 : 0;
    return [
      { width: m.width, lines: wavy(m.gap * 1.05, angle, field, wave(0)) },
      { width: m.width, lines: wavy(m.gap * 1.05, angle, field, wave(shift)) },
    ];
  },
  weave: (random, m, field) => {
    const gap = m.gap * between(random, 1.2, 1.5);
    const both = (size: number, angle: number) => [
      ...parallel(size, angle, field),
      ...parallel(size, angle + 90, field),
    ];
    return [
      { width: gap * 0.3, lines: both(gap, m.angle > 50 ? 45 : 0) },
      { width: gap * 0.3, lines: both(gap * 1.02, (m.angle > 50 ? 45 : 0) + m.tilt * 1.2) },
    ];
  },
  spiral: (random, m, field) => {
    const [ox, oy] = [between(random, -0.35, 0.35) * field.x, between(random, -0.35, 0.35) * field.y];
    const bend = between(random, 0.5, 1.15);
    return [
      { width: m.width, lines: star(ox, oy, m.gap * 1.3, bend, field) },
      { width: m.width, lines: star(ox + 6, oy - 4, m.gap * 1.3, -bend * between(random, 0.7, 1), field) },
    ];
  },
  hex: (random, m, field) => {
    const side = m.gap * between(random, 1.25, 1.5);
    const angle = random() < 0.5 ? 0 : 30;
    return [
      { width: side * 0.27, lines: comb(side, angle, field) },
      { width: side * 0.27, lines: comb(side * 1.04, angle + m.tilt * 0.9, field) },
    ];
  },
  chevron: (random, m, field) => {
    const [height, length] = [between(random, 26, 60), between(random, 55, 120)];
    const zig = (step: number, rise: number) => (x: number) => {
      const t = (((x / step) % 2) + 2) % 2;
      return rise * (t < 1 ? t : 2 - t);
    };
    return [
      { width: m.width, lines: wavy(m.gap * 1.08, 0, field, zig(length, height)) },
      { width: m.width, lines: wavy(m.gap * 1.08, m.tilt * 0.35, field, zig(length, height * 0.72)) },
    ];
  },
  frames: (random, m, field) => {
    const [ox, oy] = [between(random, -0.3, 0.3) * field.x, between(random, -0.3, 0.3) * field.y];
    const angle = random() < 0.45 ? 45 : 0;
    return [
      { width: m.width, lines: squares(ox, oy, m.gap, angle, field) },
      { width: m.width, lines: squares(ox + 12, oy + 8, m.gap * 1.02, angle + m.tilt * 1.3, field) },
    ];
  },
};

function path(grating: Grating, colour: string, field: Field): string {
  const { warp } = field;
  let d = "";
  for (const line of grating.lines) {
    const points = warp ? line.map(([x, y]) => warp(x, y)) : line;
    d += polyline(points);
    if (grating.round) d += "h0";
  }
  const ends = grating.round ? ' stroke-linecap="round"' : ' stroke-linejoin="round"';
  return `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${grating.width.toFixed(2)}"${ends}/>`;
}

function measureFrom(random: Random, size: number): Measure {
  // fine and coarse ones side by side on a page: the third pattern shows at every distance
  const gap = (10 + 9.5 * random() ** 1.3) * size;
  return {
    gap,
    width: gap * between(random, 0.33, 0.45),
    tilt: between(random, 3.2, 7.5) * (random() < 0.5 ? -1 : 1),
    angle: between(random, 8, 82),
  };
}

/** What the copy says about a pattern: the angle between its gratings, in degrees, and their spacing. */
export function patternMeasure(seed: number): { tilt: number; gap: number } {
  const { tilt, gap } = measureFrom(randomFrom(seed), 1);
  return { tilt: Math.abs(tilt), gap };
}

/**
 * Both gratings as two SVG paths over the field, which is centred on 0,0.
 * `size` scales the pattern itself: 1 on a cushion, less on a mug.
 */
export function patternMarks(kind: PatternKind, random: Random, ink: Ink, field: Field, size = 1): string {
  // a little wider than asked, so that line ends never show at the cut
  const wide = { ...field, x: field.x + 10, y: field.y + 10 };
  const [a, b] = draws[kind](random, measureFrom(random, size), wide);
  return path(a, ink.a, field) + path(b, ink.b, field);
}
