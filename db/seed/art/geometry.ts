/** Points, warps and path text: how a flat pattern is laid over a round mug, a soft cushion or hanging cloth. */

export type Point = readonly [number, number];
/** From the flat pattern (units of the picture, 0,0 in the middle) to the object. */
export type Warp = (u: number, v: number) => Point;

export interface Field {
  /** Half the width and half the height of the flat pattern. */
  x: number;
  y: number;
  /** Missing: the pattern lies flat and straight lines stay straight. */
  warp?: Warp;
}

export const n = (value: number): string => {
  const rounded = Math.round(value * 10) / 10;
  return Object.is(rounded, -0) ? "0" : String(rounded);
};

/** Path text of one polyline. */
export function polyline(points: readonly Point[], closed = false): string {
  let d = "";
  for (const [x, y] of points) d += `${d ? "L" : "M"}${n(x)} ${n(y)}`;
  return closed ? `${d}Z` : d;
}

/** A smooth path through the points (Catmull-Rom as cubic Béziers). */
export function smooth(points: readonly Point[], closed = false): string {
  const count = points.length;
  const at = (i: number): Point =>
    (closed ? points[(i + count) % count] : points[Math.max(0, Math.min(count - 1, i))]) ?? [0, 0];
  const [x0, y0] = at(0);
  let d = `M${n(x0)} ${n(y0)}`;
  for (let i = 0; i < (closed ? count : count - 1); i++) {
    const [p, q, r, s] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    d += `C${n(q[0] + (r[0] - p[0]) / 6)} ${n(q[1] + (r[1] - p[1]) / 6)} ${n(r[0] - (s[0] - q[0]) / 6)} ${n(r[1] - (s[1] - q[1]) / 6)} ${n(r[0])} ${n(r[1])}`;
  }
  return closed ? `${d}Z` : d;
}

/** The parts of a polyline that lie inside the field, with one point to spare at each end. */
export function inside(points: readonly Point[], field: Field, spare = 8): Point[][] {
  const out: Point[][] = [];
  let run: Point[] = [];
  const within = ([x, y]: Point) => Math.abs(x) <= field.x + spare && Math.abs(y) <= field.y + spare;
  for (let i = 0; i < points.length; i++) {
    const point = points[i];
    const next = points[i + 1];
    if (!point) continue;
    const before = points[i - 1];
    if (within(point) || (next && within(next)) || (before && within(before))) run.push(point);
    else if (run.length > 0) {
      if (run.length > 1) out.push(run);
      run = [];
    }
  }
  if (run.length > 1) out.push(run);
  return out;
}

/** A straight line cut to the field and, where the field is warped, cut into short steps. Null when it misses. */
export function segment(from: Point, to: Point, field: Field, step = 16): Point[] | null {
  const [x0, y0] = from;
  const [dx, dy] = [to[0] - x0, to[1] - y0];
  let [start, end] = [0, 1];
  for (const [p, q] of [
    [-dx, x0 + field.x],
    [dx, field.x - x0],
    [-dy, y0 + field.y],
    [dy, field.y - y0],
  ] as const) {
    if (p === 0) {
      if (q < 0) return null;
      continue;
    }
    const t = q / p;
    if (p < 0) start = Math.max(start, t);
    else end = Math.min(end, t);
  }
  if (start >= end) return null;
  const pieces = field.warp ? Math.max(1, Math.ceil((Math.hypot(dx, dy) * (end - start)) / step)) : 1;
  return Array.from({ length: pieces + 1 }, (_, i) => {
    const t = start + ((end - start) * i) / pieces;
    return [x0 + dx * t, y0 + dy * t] as const;
  });
}

/** Turns a point about 0,0 by an angle in degrees. */
export function turn([x, y]: Point, degrees: number): Point {
  const t = (degrees * Math.PI) / 180;
  return [x * Math.cos(t) - y * Math.sin(t), x * Math.sin(t) + y * Math.cos(t)];
}
