/** Soft goods: cushions, bolsters, blankets, tea towels, rugs. */
import { n, type Point, polyline, smooth, type Warp } from "./geometry";
import { material, mix } from "./ink";
import { clipped, type DrawObject, lying, shadow, standing } from "./kit";
import { lathe } from "./lathe";

export const cushion: DrawObject = (kit) => {
  const form = kit.form % 3;
  if (form === 2) return roundCushion(kit);
  const [hx, hy] = form === 1 ? [410, 262] : [338, 338];
  const bow = form === 1 ? 0.07 : 0.085;
  const warp: Warp = (u, v) => {
    const [s, t] = [Math.max(-1.06, Math.min(1.06, u / hx)), Math.max(-1.06, Math.min(1.06, v / hy))];
    const swell = (q: number) => q * (1.1 - 0.1 * q * q);
    return [hx * swell(s) * (1 - bow * (1 - t * t)), hy * swell(t) * (1 - bow * (1 - s * s))];
  };
  const edge: Point[] = [];
  const at = (s: number, t: number) => edge.push(warp(s * hx, t * hy));
  for (let i = -9; i < 9; i++) at(i / 9.4, -1);
  for (let i = -9; i < 9; i++) at(1, i / 9.4);
  for (let i = 9; i > -9; i--) at(i / 9.4, 1);
  for (let i = 9; i > -9; i--) at(-1, i / 9.4);
  const d = smooth(edge, true);
  const crease = (x: number, y: number, dx: number, dy: number) =>
    `<path d="M${n(x)} ${n(y)}q${n(dx * 0.5)} ${n(dy * 0.3)} ${n(dx)} ${n(dy)}" stroke-width="16"/><path d="M${n(x)} ${n(y)}q${n(dx * 0.4)} ${n(dy * 0.3)} ${n(dx * 0.8)} ${n(dy * 0.8)}" stroke-width="7"/>`;
  const [cx, cy] = [hx * 0.9, hy * 0.9];
  const creases = `<g fill="none" stroke="#000" stroke-opacity=".09" stroke-linecap="round">${crease(-cx, -cy, 84, 60)}${crease(cx, -cy, -78, 66)}${crease(cx, cy, -92, -58)}${crease(-cx, cy, 80, -62)}${crease(cx * 0.96, cy * 0.84, -70, -70)}${crease(-cx * 0.86, -cy * 0.98, 50, 86)}</g>`;
  return {
    svg: `${standing(6, hy * 0.93, hx * 0.84, 34)}<path d="${d}" fill="${kit.ink.base}"/>${clipped(kit, `<path d="${d}"/>`, `${kit.marks({ x: hx, y: hy, warp })}${creases}<path d="${d}" fill="none" stroke="#000" stroke-opacity=".1" stroke-width="52"/><path d="${d}" fill="none" stroke="#000" stroke-opacity=".12" stroke-width="24"/>`)}<path d="${d}" fill="url(#puff)"/><path d="${d}" fill="none" stroke="${mix(kit.ink.trim, "#000000", 0.25)}" stroke-width="13"/><path d="${d}" fill="none" stroke="${kit.ink.trim}" stroke-width="9" transform="translate(-1 -2)"/><path d="${d}" fill="none" stroke="#fff" stroke-opacity=".3" stroke-width="2.5" transform="translate(-2 -4)"/>`,
    box: { x: -hx, y: -hy, w: hx * 2, h: hy * 2 },
    focus: { x: -hx * 0.55, y: -hy * 0.5, zoom: 2.1 },
    place: "floor",
  };
};

const roundCushion: DrawObject = (kit) => {
  const r = 330;
  const warp: Warp = (u, v) => {
    const q = Math.hypot(u, v) / r;
    const k = q < 1e-6 ? 1.14 : (Math.sin((Math.min(q, 1) * Math.PI) / 2) * 0.42 + Math.min(q, 1) * 0.58) / q;
    return [u * Math.min(k, 1.3), v * Math.min(k, 1.3)];
  };
  const tucks = Array.from({ length: 26 }, (_, i) => {
    const t = (i / 26) * Math.PI * 2 + 0.1;
    return `M${n(24 * Math.cos(t))} ${n(24 * Math.sin(t))}L${n((58 + (i % 3) * 22) * Math.cos(t))} ${n((58 + (i % 3) * 22) * Math.sin(t))}`;
  }).join("");
  return {
    svg: `${standing(6, r * 0.97, r * 0.7, 34)}<circle r="${r}" fill="${kit.ink.base}"/>${clipped(kit, `<circle r="${r}"/>`, kit.marks({ x: r, y: r, warp }))}<circle r="${r}" fill="url(#puff)"/><path d="${tucks}" stroke="#000" stroke-opacity=".16" stroke-width="5" stroke-linecap="round"/><circle r="58" fill="#000" opacity=".07"/><circle r="27" cy="3" fill="#000" opacity=".3"/><circle r="25" fill="${kit.ink.trim}"/><circle r="25" fill="url(#puff)"/><circle r="${r - 3}" fill="none" stroke="${mix(kit.ink.trim, "#000000", 0.25)}" stroke-width="13"/><circle r="${r - 3}" fill="none" stroke="${kit.ink.trim}" stroke-width="9" transform="translate(-1 -2)"/>`,
    box: { x: -r, y: -r, w: r * 2, h: r * 2 },
    focus: { x: -90, y: -70, zoom: 2.1 },
    place: "floor",
  };
};

export const bolster: DrawObject = (kit) => {
  const profile: Point[] = [
    [150, -400],
    [160, -330],
    [160, 330],
    [150, 400],
  ];
  const body = lathe(kit, profile, 0.34);
  const cap = (inset: number) => body.ring(body.top, inset);
  const gathers = Array.from({ length: 22 }, (_, i) => {
    const t = (i / 22) * Math.PI * 2;
    return `M${n(22 * Math.cos(t))} ${n(-400 + 7 * Math.sin(t))}L${n(126 * Math.cos(t))} ${n(-400 + 43 * Math.sin(t))}`;
  }).join("");
  const turned = `<g transform="rotate(-90) scale(0.98)">${body.patterned(body.top, body.bottom, 0.96)}${body.light(0.95)}<ellipse ${cap(0)} fill="${kit.ink.trim}"/><path d="${gathers}" stroke="#000" stroke-opacity=".2" stroke-width="4"/><ellipse ${cap(0)} fill="none" stroke="${mix(kit.ink.trim, "#000000", 0.3)}" stroke-width="9"/><ellipse ${cap(124)} fill="${mix(kit.ink.trim, "#000000", 0.35)}"/></g>`;
  return {
    svg: `<g transform="rotate(-4) translate(-20 0)">${standing(10, 158, 340, 30)}${turned}</g>`,
    box: { x: -462, y: -190, w: 924, h: 370 },
    focus: { x: -230, y: -20, zoom: 1.9 },
    place: "floor",
  };
};

function fringe(points: readonly Point[], length: number, colour: string, random: () => number): string {
  let d = "";
  for (const [x, y] of points)
    d += `M${n(x)} ${n(y - 4)}q${n((random() - 0.5) * 12)} ${n(length * 0.5)} ${n((random() - 0.5) * 14)} ${n(length * (0.86 + random() * 0.22))}`;
  return `<path d="${d}" fill="none" stroke="${mix(colour, "#000000", 0.3)}" stroke-width="8" stroke-linecap="round"/><path d="${d}" fill="none" stroke="${colour}" stroke-width="5" stroke-linecap="round"/>`;
}

/** Cloth that hangs in soft folds: light and dark stripes that follow the folds, and a hem that rises and falls. */
function hanging(
  top: number,
  bottom: number,
  widthTop: number,
  widthBottom: number,
  folds: number,
  depth: number,
  phase: number,
  flare = 0.8,
): { warp(halfX: number, halfY: number): Warp; outline: string; hem: Point[]; shade: string } {
  const at = (s: number, t: number): Point => {
    const width = widthTop + (widthBottom - widthTop) * t ** flare;
    const wave = Math.sin(s * Math.PI * folds + phase);
    const squeeze = Math.cos(s * Math.PI * folds + phase) * (0.3 / (folds * Math.PI)) * (0.3 + 0.7 * t);
    return [(s + squeeze) * width, top + (bottom - top) * t + wave * depth * t];
  };
  const hem: Point[] = Array.from({ length: 41 }, (_, i) => at(-1 + i / 20, 1));
  const left: Point[] = Array.from({ length: 8 }, (_, i) => at(-1, i / 8));
  const right: Point[] = Array.from({ length: 8 }, (_, i) => at(1, 1 - i / 8));
  const head: Point[] = Array.from({ length: 12 }, (_, i) => at(1 - i / 6, 0));
  let shade = "";
  for (let i = Math.floor(-folds) - 1; i <= folds + 1; i++) {
    // the valley lies where the wave is lowest in brightness: a quarter turn after its crest
    const centre = (i * 2 + 1.12) / folds - phase / (Math.PI * folds);
    if (centre < -1.25 || centre > 1.25) continue;
    for (let step = 0; step < 7; step++) {
      const half = ((7 - step) / 7) * (0.62 / folds);
      const band = (s: number) => Array.from({ length: 9 }, (_, k) => at(s, k / 8));
      shade += `<path d="${polyline([...band(centre - half * 1.25), ...band(centre + half * 0.75).reverse()], true)}" opacity=".045"/>`;
    }
    for (let step = 0; step < 4; step++) {
      const half = ((4 - step) / 4) * (0.3 / folds);
      const c = centre + 0.92 / folds;
      const band = (s: number) => Array.from({ length: 9 }, (_, k) => at(s, k / 8));
      shade += `<path d="${polyline([...band(c - half), ...band(c + half).reverse()], true)}" fill="#fff" opacity=".05"/>`;
    }
  }
  return {
    warp: (halfX, halfY) => (u, v) => at(u / halfX, Math.max(0, Math.min(1, (v + halfY) / (halfY * 2)))),
    outline: polyline([...left, ...hem, ...right, ...head], true),
    hem,
    shade,
  };
}

export const blanket: DrawObject = (kit) => (kit.form % 2 === 0 ? draped(kit) : folded(kit));

/** Over a rail: the front falls long, the back shows a little lower behind it. */
const draped: DrawObject = (kit) => {
  const railY = -352;
  const phase = kit.random() * 3;
  const front = hanging(railY - 14, 268, 292, 304, 2.4, 9, phase);
  const back = hanging(railY - 10, 338, 270, 318, 2.1, 10, phase + 1.4);
  const yarn = (hem: readonly Point[]) => {
    const out: Point[] = [];
    for (let i = 0; i < hem.length - 1; i++) {
      const [p, q] = [hem[i], hem[i + 1]];
      if (p && q) out.push(p, [(p[0] + q[0]) / 2, (p[1] + q[1]) / 2]);
    }
    return out;
  };
  const deep = mix(kit.ink.a, kit.ink.b, 0.35);
  const rail = `<rect x="-430" y="${railY - 13}" width="860" height="26" rx="13" fill="${material.oak}"/><rect x="-430" y="${railY - 13}" width="860" height="9" rx="5" fill="#fff" opacity=".26"/><rect x="-430" y="${railY + 4}" width="860" height="9" rx="5" fill="#000" opacity=".18"/><g fill="${material.brass}"><circle cx="-424" cy="${railY}" r="20"/><circle cx="424" cy="${railY}" r="20"/></g><g fill="#fff" opacity=".3"><circle cx="-429" cy="${railY - 6}" r="7"/><circle cx="419" cy="${railY - 6}" r="7"/></g>`;
  return {
    svg: `<g transform="translate(0 20)">${lying(-250, -250, 540, 560, 40, 44, 40)}${rail}<path d="${back.outline}" fill="${deep}"/>${fringe(yarn(back.hem), 56, kit.ink.trim, kit.random)}<path d="${back.outline}" fill="#000" opacity=".16"/>${lying(-270, -200, 540, 450, 20, 8, 14)}<path d="${front.outline}" fill="${kit.ink.base}"/>${clipped(kit, `<path d="${front.outline}"/>`, `${kit.marks({ x: 300, y: 310, warp: front.warp(300, 310) }, 1.12)}${front.shade}<rect x="-330" y="${railY - 16}" width="660" height="34" fill="#fff" opacity=".16"/><rect x="-330" y="${railY + 14}" width="660" height="26" fill="url(#up)" opacity=".7"/>`)}${fringe(yarn(front.hem), 58, kit.ink.trim, kit.random)}</g>`,
    box: { x: -306, y: -350, w: 612, h: 640 },
    focus: { x: -110, y: 170, zoom: 2 },
    place: "hang",
  };
};

/** Folded in four, the rounded edges to the front, fringe at the left side. */
const folded: DrawObject = (kit) => {
  const layers = 4;
  const h = 92;
  const [x0, x1] = [-330, 320];
  let svg = standing(6, 236, 304, 40);
  const deep = mix(kit.ink.trim, kit.ink.a, 0.5);
  for (let i = 0; i < layers; i++) {
    const y = 236 - h * (i + 1);
    const [l, r] = [x0 + ((i * 37) % 23), x1 - ((i * 29) % 19)];
    const d = `M${l} ${y + 6}C${l + 200} ${y - 5} ${r - 160} ${y + 8} ${r - 44} ${y}C${r + 18} ${y + 2} ${r + 18} ${y + h - 2} ${r - 44} ${y + h}C${r - 200} ${y + h + 6} ${l + 190} ${y + h - 5} ${l} ${y + h - 2}C${l - 12} ${y + h - 24} ${l - 12} ${y + 26} ${l} ${y + 6}Z`;
    const turned = i % 2 === 1;
    const tufts: Point[] = Array.from({ length: 8 }, (_, k) => [l + 2, y + 14 + k * 9.2] as const);
    let ends = "";
    for (const [tx, ty] of tufts)
      ends += `M${n(tx)} ${n(ty)}q${n(-26)} ${n((kit.random() - 0.4) * 16)} ${n(-44 - kit.random() * 16)} ${n((kit.random() - 0.2) * 22)}`;
    svg += turned
      ? ""
      : `<path d="${ends}" fill="none" stroke="${mix(kit.ink.trim, "#000000", 0.3)}" stroke-width="8" stroke-linecap="round"/><path d="${ends}" fill="none" stroke="${kit.ink.trim}" stroke-width="5" stroke-linecap="round"/>`;
    svg += `<path d="${d}" fill="${turned ? deep : kit.ink.base}"/>${clipped(kit, `<path d="${d}"/>`, `<g transform="translate(${i * 31} ${y + h / 2})" opacity="${turned ? 0.4 : 1}">${kit.marks({ x: 400, y: 60 }, 1)}</g><path d="${d}" fill="none" stroke="#000" stroke-opacity=".13" stroke-width="34"/><path d="${d}" fill="none" stroke="#000" stroke-opacity=".16" stroke-width="14"/><rect x="${x0 - 20}" y="${y + h * 0.1}" width="${x1 - x0 + 40}" height="${h * 0.24}" fill="#fff" opacity=".16"/><rect x="${x0 - 20}" y="${y + h * 0.6}" width="${x1 - x0 + 60}" height="${h * 0.44}" fill="url(#down)"/>`)}`;
  }
  const top = 236 - h * layers;
  const face = `M${x0 + 4} ${top + 8}C${x0 + 180} ${top - 4} ${x1 - 200} ${top + 8} ${x1 - 34} ${top + 2}L${x1 - 96} ${top - 96}C${x1 - 300} ${top - 104} ${x0 + 260} ${top - 96} ${x0 + 92} ${top - 92}Z`;
  svg += `<path d="${face}" fill="${kit.ink.base}"/>${clipped(kit, `<path d="${face}"/>`, `<g transform="translate(0 ${top - 44}) scale(1 .5)">${kit.marks({ x: 350, y: 120 }, 1)}</g>`)}<path d="${face}" fill="url(#fall)"/>`;
  return {
    svg: `<g transform="translate(10 40) scale(1.16)">${svg}</g>`,
    box: { x: -420, y: -250, w: 810, h: 570 },
    focus: { x: -230, y: 70, zoom: 2 },
    place: "floor",
  };
};

export const towel: DrawObject = (kit) => {
  const pegY = -372;
  const phase = 0.6 + kit.random();
  const body = hanging(pegY + 40, 338, 20, 286, 2.3, 17, phase, 0.52);
  const stripe = (from: number, to: number, colour: string, opacity = 1) => {
    const w = body.warp(1, 1);
    const row = (t: number) => Array.from({ length: 31 }, (_, i) => w(-1 + i / 15, t * 2 - 1));
    return `<path d="${polyline([...row(from), ...row(to).reverse()], true)}" fill="${colour}" opacity="${opacity}"/>`;
  };
  return {
    svg: `<g transform="translate(0 14)">${lying(-170, -160, 380, 480, 60, 40, 36)}<path d="M0 ${pegY}C-30 ${pegY + 26} -34 ${pegY + 48} -28 ${pegY + 66}M0 ${pegY}C30 ${pegY + 26} 34 ${pegY + 48} 28 ${pegY + 66}" stroke="${kit.ink.trim}" stroke-width="12" fill="none"/><path d="${body.outline}" fill="${kit.ink.base}" stroke="${kit.ink.base}" stroke-width="4"/>${clipped(kit, `<path d="${body.outline}"/>`, `${kit.marks({ x: 290, y: 350, warp: body.warp(290, 350) }, 1.06)}${stripe(0.9, 1.02, kit.ink.base)}${stripe(0.925, 0.955, kit.ink.trim)}${body.shade}${stripe(0, 0.12, "#000000", 0.16)}`)}${lying(-22, pegY - 22, 44, 44, 22, 6, 8)}<circle cy="${pegY}" r="34" fill="${material.oakDark}"/><circle cx="-2" cy="${pegY - 3}" r="31" fill="${material.oak}"/><circle cx="-9" cy="${pegY - 10}" r="14" fill="#fff" opacity=".2"/></g>`,
    box: { x: -296, y: -330, w: 592, h: 690 },
    focus: { x: -90, y: 150, zoom: 2 },
    place: "hang",
  };
};

export const rug: DrawObject = (kit) => {
  const runner = kit.form % 2 === 1;
  const [far, near, top, bottom] = runner ? [150, 236, -372, 372] : [300, 430, -250, 262];
  const [hx, hy] = runner ? [200, 560] : [380, 300];
  const warp: Warp = (u, v) => {
    // a plane seen from above at an angle: rows crowd together towards the far end
    const t = (v + hy) / (hy * 2);
    const k = near / far;
    const depth = t / (k - (k - 1) * t);
    const half = far + (near - far) * depth;
    return [(u / hx) * half, top + (bottom - top) * depth];
  };
  const corner = (s: number, t: number) => warp(s * hx, t * hy);
  const d = polyline([corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)], true);
  const count = runner ? 26 : 44;
  const row = (t: number, length: number): Point[] =>
    Array.from({ length: count + 1 }, (_, i) => {
      const [x, y] = corner(-1 + (2 * i) / count, t);
      return [x, y + length] as const;
    });
  const tassels = (t: number, length: number, width: number) => {
    let path = "";
    const base = row(t, 0);
    for (const [x, y] of base)
      path += `M${n(x)} ${n(y)}l${n(x * 0.03 + (kit.random() - 0.5) * 8)} ${n(length * (0.85 + kit.random() * 0.3))}`;
    return `<path d="${path}" stroke="${mix(kit.ink.trim, "#000000", 0.25)}" stroke-width="${width + 2}" stroke-linecap="round"/><path d="${path}" stroke="${kit.ink.trim}" stroke-width="${width}" stroke-linecap="round"/>`;
  };
  const border = polyline(
    [
      corner(-0.93, runner ? -0.965 : -0.93),
      corner(0.93, runner ? -0.965 : -0.93),
      corner(0.93, runner ? 0.965 : 0.93),
      corner(-0.93, runner ? 0.965 : 0.93),
    ],
    true,
  );
  return {
    svg: `${tassels(-1, -24, 4)}${shadow(8, bottom + 14, near * 1.12, 40, 0.7)}<path d="${d}" transform="translate(4 13)" fill="${mix(kit.ink.trim, "#000000", 0.45)}"/>${tassels(1, 50, 6)}<path d="${d}" fill="${kit.ink.trim}"/><path d="${border}" fill="${kit.ink.base}"/>${clipped(kit, `<path d="${border}"/>`, kit.marks({ x: hx, y: hy, warp }, 1.3))}<path d="${border}" fill="none" stroke="${kit.ink.base}" stroke-width="4"/><path d="${d}" fill="url(#fall)"/>`,
    box: { x: -near, y: top - 20, w: near * 2, h: bottom - top + 60 },
    focus: { x: -near * 0.5, y: bottom - 130, zoom: 2 },
    place: "floor",
  };
};
