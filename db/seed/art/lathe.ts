/** Round things: a profile turned about its axis, seen from a little above, with the pattern wrapped round it. */
import { n, type Point, polyline } from "./geometry";
import { clipped, type Kit } from "./kit";

export interface Lathe {
  /** A point of the surface: angle in radians (0 faces us), height y. */
  at(angle: number, y: number): Point;
  radius(y: number): number;
  /** Outline of the visible surface between two heights. */
  zone(top: number, bottom: number): string;
  /** Base colour and pattern between two heights. */
  patterned(top: number, bottom: number, size?: number): string;
  plain(top: number, bottom: number, colour: string): string;
  /** Light from the left and shade to the right, laid over everything. */
  light(strength?: number): string;
  /** The ellipse at a height. */
  ring(y: number, inset?: number): string;
  top: number;
  bottom: number;
}

/** `profile` lists [radius, y] from top to bottom; `tilt` is how far we look down into it (0 level, .3 steep). */
export function lathe(kit: Kit, profile: readonly Point[], tilt: number): Lathe {
  const ys = profile.map(([, y]) => y);
  const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
  const widest = Math.max(...profile.map(([r]) => r));

  function radius(y: number): number {
    const last = profile.length - 1;
    let i = 0;
    while (i < last - 1 && (profile[i + 1]?.[1] ?? 0) < y) i++;
    const at = (k: number) => profile[Math.max(0, Math.min(last, k))] ?? [0, 0];
    const [p, q, r, s] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    const t = Math.max(0, Math.min(1, (y - q[1]) / (r[1] - q[1] || 1)));
    return (
      0.5 *
      (2 * q[0] +
        (r[0] - p[0]) * t +
        (2 * p[0] - 5 * q[0] + 4 * r[0] - s[0]) * t * t +
        (3 * q[0] - p[0] - 3 * r[0] + s[0]) * t ** 3)
    );
  }
  const at = (angle: number, y: number): Point => {
    const r = radius(y);
    return [r * Math.sin(angle), y + r * tilt * Math.cos(angle)];
  };
  function strip(left: number, right: number, from: number, to: number): string {
    const points: Point[] = [];
    const rows = Math.max(2, Math.ceil((to - from) / 22));
    const turns = Math.max(2, Math.ceil((right - left) / 0.16));
    for (let i = 0; i <= rows; i++) points.push(at(left, from + ((to - from) * i) / rows));
    for (let i = 1; i <= turns; i++) points.push(at(left + ((right - left) * i) / turns, to));
    for (let i = 1; i <= rows; i++) points.push(at(right, to - ((to - from) * i) / rows));
    for (let i = 1; i < turns; i++) points.push(at(right - ((right - left) * i) / turns, from));
    return polyline(points, true);
  }
  const half = Math.PI / 2;
  const zone = (from: number, to: number) => strip(-half, half, from, to);

  return {
    at,
    radius,
    top,
    bottom,
    zone,
    plain: (from, to, colour) => `<path d="${zone(from, to)}" fill="${colour}"/>`,
    patterned(from, to, size = 0.8) {
      const middle = (from + to) / 2;
      const field = {
        x: widest * half,
        y: (to - from) / 2 + 6,
        warp: (u: number, v: number) =>
          at(Math.max(-half, Math.min(half, u / widest)), Math.max(top, Math.min(bottom, middle + v))),
      };
      const d = zone(from, to);
      return `<path d="${d}" fill="${kit.ink.base}"/>${clipped(kit, `<path d="${d}"/>`, kit.marks(field, size))}`;
    },
    light(strength = 1) {
      let out = "";
      const soft = (angles: number[], toRight: boolean, colour: string, opacity: number) => {
        for (const a of angles)
          out += `<path d="${toRight ? strip(a, half, top, bottom) : strip(-half, a, top, bottom)}" fill="${colour}" opacity="${(opacity * strength).toFixed(3)}"/>`;
      };
      soft([0.2, 0.42, 0.6, 0.76, 0.9, 1.02, 1.13, 1.23, 1.32, 1.4, 1.47], true, "#000", 0.052);
      soft([-0.95, -1.08, -1.2, -1.3, -1.39, -1.47], false, "#000", 0.05);
      for (let i = 0; i < 6; i++)
        out += `<path d="${strip(-0.86 + i * 0.05, -0.26 - i * 0.05, top, bottom)}" fill="#fff" opacity="${(0.055 * strength).toFixed(3)}"/>`;
      return out;
    },
    ring(y, inset = 0) {
      const r = radius(y) - inset;
      return `cx="0" cy="${n(y)}" rx="${n(r)}" ry="${n(r * tilt)}"`;
    },
  };
}
