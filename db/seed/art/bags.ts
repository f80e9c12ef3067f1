/** Totes and cases. */
import { n, type Point, polyline, smooth, type Warp } from "./geometry";
import { material, mix } from "./ink";
import { clipped, type DrawObject, lying, standing } from "./kit";

export const tote: DrawObject = (kit) => {
  const wide = kit.form % 2 === 1;
  const [topHalf, bottomHalf, top, bottom] = wide ? [350, 304, -110, 360] : [254, 282, -150, 380];
  const [hx, hy] = [bottomHalf + 40, (bottom - top) / 2];
  const sag = wide ? 22 : 12;
  const warp: Warp = (u, v) => {
    const [s, t] = [u / hx, (v + hy) / (hy * 2)];
    const half = topHalf + (bottomHalf - topHalf) * t;
    const ripple = Math.sin(s * 7 + t * 3) * 5 * t;
    return [s * half + ripple, top + (bottom - top) * t + (1 - s * s) * sag * (0.4 + t * 0.6)];
  };
  const at = (s: number, t: number) => warp(s * hx, (t * 2 - 1) * hy);
  const row = (t: number) => Array.from({ length: 17 }, (_, i) => at(-1 + i / 8, t));
  const d = polyline([...row(0), at(1.005, 0.5), ...row(1).reverse(), at(-1.005, 0.5)], true);
  const grip = topHalf * 0.46;
  const rise = wide ? 240 : 270;
  const strap = (dx: number, colour: string, lift: number) => {
    const points: Point[] = [
      [-grip + dx, top + 84],
      [-grip + dx * 0.8, top - rise * 0.3],
      [-grip * 0.72, top - rise * 0.8 + lift],
      [0, top - rise + lift],
      [grip * 0.72, top - rise * 0.8 + lift],
      [grip + dx * 0.8, top - rise * 0.3],
      [grip + dx, top + 84],
    ];
    const line = smooth(points);
    return `<g fill="none"><path d="${line}" stroke="${mix(colour, "#000000", 0.28)}" stroke-width="34"/><path d="${line}" stroke="${colour}" stroke-width="29" transform="translate(-2 -1)"/><path d="${line}" stroke="#fff" stroke-opacity=".3" stroke-width="2" stroke-dasharray="9 7" transform="translate(-11 -2)"/></g>`;
  };
  const patch = (x: number) =>
    `<rect x="${n(x - 17)}" y="${top + 42}" width="34" height="46" fill="${kit.ink.trim}"/><path d="M${n(x - 11)} ${top + 50}h22v30h-22zl22 30m0 -30l-22 30" fill="none" stroke="#fff" stroke-opacity=".55" stroke-width="2.4"/>`;
  const hem = polyline([...row(0), ...row(0.085).reverse()], true);
  const folds = `<g fill="none" stroke-linecap="round"><path d="M${n(-topHalf * 0.4)} ${top + 96}q20 120 -44 250" stroke="#000" stroke-opacity=".07" stroke-width="34"/><path d="M${n(-topHalf * 0.4)} ${top + 96}q16 100 -30 190" stroke="#000" stroke-opacity=".07" stroke-width="14"/><path d="M${n(topHalf * 0.44)} ${top + 96}q-30 130 24 270" stroke="#000" stroke-opacity=".07" stroke-width="40"/><path d="M${n(topHalf * 0.5)} ${top + 96}q-14 110 22 190" stroke="#fff" stroke-opacity=".12" stroke-width="20"/></g>`;
  return {
    svg: `<g transform="translate(0 8)">${standing(6, bottom + 8, bottomHalf, 34)}${strap(14, mix(kit.ink.trim, "#000000", 0.22), 26)}<path d="${polyline([...row(0), at(1, 0.03), at(-1, 0.03)], true)}" fill="${mix(kit.ink.base, "#000000", 0.35)}"/><path d="${d}" fill="${kit.ink.base}"/>${clipped(kit, `<path d="${d}"/>`, `${kit.marks({ x: hx, y: hy, warp }, 1.02)}${folds}<path d="${hem}" fill="${kit.ink.base}"/><path d="${polyline(row(0.07))}" fill="none" stroke="${kit.ink.trim}" stroke-width="3" stroke-dasharray="9 7"/><path d="${d}" fill="none" stroke="#000" stroke-opacity=".1" stroke-width="26"/>`)}<path d="${d}" fill="url(#side)" opacity=".62"/><path d="${d}" fill="url(#fall)" opacity=".7"/>${strap(0, kit.ink.trim, 0)}${patch(-grip)}${patch(grip)}</g>`,
    box: {
      x: -Math.max(topHalf, bottomHalf),
      y: top - rise,
      w: Math.max(topHalf, bottomHalf) * 2,
      h: bottom - top + rise + 20,
    },
    focus: { x: -120, y: 60, zoom: 2 },
    place: "floor",
  };
};

export const pencilCase: DrawObject = (kit) => {
  const pouch = kit.form % 2 === 1;
  const [w, h, r] = pouch ? [700, 460, 60] : [800, 330, 150];
  const [x, y] = [-w / 2, -h / 2];
  const shape = `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="${r}"/>`;
  const zipY = y + (pouch ? 46 : 84);
  const teeth = `<path d="M${x + (pouch ? 30 : 96)} ${zipY}H${x + w - (pouch ? 30 : 96)}" stroke="${mix(kit.ink.trim, "#000000", 0.12)}" stroke-width="34"/><path d="M${x + (pouch ? 34 : 100)} ${zipY}H${x + w - (pouch ? 34 : 100)}" stroke="#efe6d2" stroke-width="9" stroke-dasharray="5 4"/>`;
  const pull = `<g transform="translate(${x + w - (pouch ? 96 : 178)} ${zipY})"><rect x="-20" y="-15" width="40" height="30" rx="6" fill="${material.brass}"/><rect x="-20" y="-15" width="40" height="9" rx="4" fill="#fff" opacity=".4"/><rect x="-8" y="10" width="16" height="60" rx="8" fill="${mix(material.brass, "#000000", 0.2)}"/><path d="M0 60q-14 46 6 84" stroke="${kit.ink.trim}" stroke-width="12" fill="none" stroke-linecap="round"/></g>`;
  const pencil = (angle: number, px: number, py: number, colour: string) =>
    `<g transform="translate(${px} ${py}) rotate(${angle})">${lying(-260, -13, 520, 26, 4, 4, 8)}<rect x="-260" y="-14" width="440" height="28" fill="${colour}"/><rect x="-260" y="-14" width="440" height="9" fill="#fff" opacity=".28"/><rect x="-260" y="6" width="440" height="8" opacity=".2"/><path d="M180 -14L256 0L180 14Z" fill="#e0bd8b"/><path d="M236 -4L258 0L236 4Z" fill="${kit.ink.b}"/><rect x="-284" y="-14" width="28" height="28" fill="${material.brass}"/></g>`;
  return {
    svg: `<g transform="rotate(-7)">${pencil(7, 60, h / 2 + 86, kit.ink.trim)}${pencil(3, 120, h / 2 + 140, material.oak)}${lying(x, y, w, h, r, 16, 24)}<g fill="${kit.ink.base}">${shape}</g>${clipped(kit, shape, `${kit.marks({ x: w / 2, y: h / 2 }, 1)}<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="${r}" fill="none" stroke="#000" stroke-opacity=".1" stroke-width="60"/><rect x="${x}" y="${y + h * 0.62}" width="${w}" height="${h * 0.38}" fill="url(#down)"/><rect x="${x}" y="${y + h * 0.34}" width="${w}" height="${h * 0.14}" fill="#fff" opacity=".12"/>${teeth}`)}<rect x="${x + 3}" y="${y + 3}" width="${w - 6}" height="${h - 6}" rx="${r - 3}" fill="none" stroke="${kit.ink.trim}" stroke-width="8"/><rect x="${x - 26}" y="${y + h * 0.42}" width="42" height="64" rx="6" fill="${kit.ink.trim}"/>${pull}</g>`,
    box: { x: x - 10, y: y - 50, w: w + 20, h: h + 100 },
    focus: { x: 60, y: -30, zoom: 1.9 },
    place: "flat",
  };
};
