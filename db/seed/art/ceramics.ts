/** Tableware: mugs, beakers, jugs, bowls, vases. */
import { n, type Point, smooth } from "./geometry";
import { material, mix } from "./ink";
import { clipped, type DrawObject, type Kit, standing } from "./kit";
import { type Lathe, lathe } from "./lathe";

/** The open top: rim, dark inside, light caught on the far wall. */
function mouth(kit: Kit, body: Lathe, wall = 13, inside = mix(kit.ink.b, kit.ink.a, 0.18)): string {
  const { top } = body;
  return `<ellipse ${body.ring(top)} fill="${kit.ink.base}"/>${clipped(
    kit,
    `<ellipse ${body.ring(top, wall)}/>`,
    `<ellipse ${body.ring(top, wall)} fill="${inside}"/><ellipse ${body.ring(top + wall * 1.9, wall * 0.6)} fill="#000" opacity=".3"/><ellipse ${body.ring(top - wall * 1.1, wall)} fill="none" stroke="#fff" stroke-opacity=".22" stroke-width="5"/>`,
  )}<ellipse ${body.ring(top, wall)} fill="none" stroke="#000" stroke-opacity=".16" stroke-width="2"/>`;
}

/** A handle in the partner ink: it reads on a light ground and on a dark one. */
function handle(kit: Kit, points: readonly Point[], width: number): string {
  const d = smooth(points);
  const shifted = smooth(points.map(([x, y]) => [x - width * 0.16, y - width * 0.16] as const));
  return `<g fill="none" stroke-linecap="round"><path d="${d}" stroke="${mix(kit.ink.trim, "#000000", 0.34)}" stroke-width="${n(width)}"/><path d="${shifted}" stroke="${kit.ink.trim}" stroke-width="${n(width * 0.72)}"/><path d="${shifted}" stroke="#fff" stroke-opacity=".34" stroke-width="${n(width * 0.16)}" transform="translate(${n(-width * 0.08)} ${n(-width * 0.1)})"/></g>`;
}

const mugs: Point[][] = [
  [
    [196, -190],
    [196, 100],
    [190, 168],
    [158, 206],
  ],
  [
    [204, -170],
    [182, -70],
    [184, 60],
    [206, 140],
    [176, 200],
  ],
  [
    [224, -120],
    [226, -20],
    [214, 90],
    [172, 152],
    [140, 172],
  ],
];

export const mug: DrawObject = (kit) => {
  const profile = mugs[kit.form % mugs.length] ?? [];
  const body = lathe(kit, profile, 0.2);
  const [top, bottom] = [body.top, body.bottom];
  const h = bottom - top;
  const side = (t: number) => body.radius(top + h * t) - 14;
  const reach = body.radius(top + h * 0.4) + 118;
  const grip = handle(
    kit,
    [
      [side(0.2), top + h * 0.2],
      [reach - 34, top + h * 0.17],
      [reach, top + h * 0.42],
      [reach - 26, top + h * 0.68],
      [side(0.76), top + h * 0.8],
    ],
    48,
  );
  const foot = bottom + body.radius(bottom) * 0.2;
  const svg = `<g transform="translate(-44 -10) scale(1.24)">${standing(10, foot - 14, 200, 40)}${grip}${body.patterned(top, bottom, 0.86)}${body.light()}${mouth(kit, body)}</g>`;
  const w = 196 + reach;
  return {
    svg,
    box: { x: -44 - 200 * 1.24, y: -10 + top * 1.24 - 50, w: (w + 26) * 1.24, h: h * 1.24 + 94 },
    focus: { x: -20, y: 10, zoom: 2.1 },
    place: "floor",
  };
};

export const beaker: DrawObject = (kit) => {
  const shapes: Point[][] = [
    [
      [186, -210],
      [178, 0],
      [166, 150],
      [150, 196],
    ],
    [
      [160, -210],
      [186, -60],
      [190, 60],
      [164, 170],
      [140, 200],
    ],
  ];
  const body = lathe(kit, shapes[kit.form % 2] ?? [], 0.2);
  const { top, bottom } = body;
  const cut = bottom - (bottom - top) * 0.27;
  const bare = `${body.plain(cut, bottom, material.clay)}<path d="${smooth(
    [-1.57, -1.1, -0.6, 0, 0.6, 1.1, 1.57].map((a) => body.at(a, cut)),
  )}" fill="none" stroke="#000" stroke-opacity=".22" stroke-width="4"/>`;
  return {
    svg: `<g transform="translate(0 -14) scale(1.3)">${standing(8, bottom + 14, 190, 40)}${body.patterned(top, cut, 0.82)}${bare}${body.light()}${mouth(kit, body, 12)}</g>`,
    box: { x: -246, y: -334, w: 492, h: 620 },
    focus: { x: -20, y: 120, zoom: 2.2 },
    place: "floor",
  };
};

export const bowl: DrawObject = (kit) => {
  const deep = kit.form % 2 === 0;
  const profile: Point[] = deep
    ? [
        [330, -130],
        [318, -40],
        [270, 70],
        [180, 150],
        [132, 172],
        [130, 200],
      ]
    : [
        [372, -70],
        [356, -10],
        [280, 80],
        [170, 124],
        [150, 150],
      ];
  const body = lathe(kit, profile, 0.26);
  const { top, bottom } = body;
  const inner = `<ellipse ${body.ring(top)} fill="${kit.ink.base}"/>${clipped(
    kit,
    `<ellipse ${body.ring(top, 12)}/>`,
    `<ellipse ${body.ring(top, 12)} fill="${mix(kit.ink.base, kit.ink.a, 0.9)}"/><ellipse cx="-40" cy="${top + 58}" rx="${n(body.radius(top) * 0.92)}" ry="${n(body.radius(top) * 0.24)}" fill="${mix(kit.ink.a, "#ffffff", 0.16)}"/><ellipse cx="-10" cy="${top + 72}" rx="${n(body.radius(top) * 0.52)}" ry="${n(body.radius(top) * 0.13)}" fill="#fff" opacity=".13"/><ellipse ${body.ring(top - 16, 10)} fill="none" stroke="#000" stroke-opacity=".2" stroke-width="34"/>`,
  )}`;
  return {
    svg: `<g transform="translate(0 0) scale(1.12)">${standing(8, bottom + 24, 240, 46)}${body.patterned(top, bottom, 0.9)}${body.light(0.9)}${inner}</g>`,
    box: { x: -410, y: deep ? -238 : -186, w: 820, h: deep ? 500 : 400 },
    focus: { x: -40, y: 60, zoom: 2 },
    place: "floor",
  };
};

export const jug: DrawObject = (kit) => {
  const tall = kit.form % 2 === 0;
  const profile: Point[] = tall
    ? [
        [128, -300],
        [118, -220],
        [170, -40],
        [196, 110],
        [176, 220],
        [138, 262],
      ]
    : [
        [160, -210],
        [150, -150],
        [208, 0],
        [214, 90],
        [176, 190],
        [150, 214],
      ];
  const body = lathe(kit, profile, 0.17);
  const { top, bottom } = body;
  const r = body.radius(top);
  const h = bottom - top;
  const [tip, low] = [-r - 58, top + h * 0.17];
  const lip = `M${n(-r * 0.72)} ${n(top - 12)}C${n(-r - 6)} ${n(top - 8)} ${n(-r - 30)} ${n(top - 20)} ${tip} ${n(top - 26)}C${n(-r - 40)} ${n(top + 10)} ${n(-r - 16)} ${n(top + h * 0.08)} ${n(-body.radius(low) + 5)} ${n(low)}L${n(-r * 0.4)} ${n(low)}Z`;
  const opening = `M${n(-r * 0.8)} ${n(top - 10)}C${n(-r - 4)} ${n(top - 8)} ${n(-r - 26)} ${n(top - 18)} ${n(tip + 8)} ${n(top - 23)}C${n(-r - 30)} ${n(top + 2)} ${n(-r * 0.98)} ${n(top + 14)} ${n(-r * 0.72)} ${n(top + 18)}Z`;
  const grip = handle(
    kit,
    [
      [r - 8, top + h * 0.07],
      [r + 96, top + h * 0.08],
      [body.radius(top + h * 0.4) + 92, top + h * 0.34],
      [body.radius(top + h * 0.6) - 8, top + h * 0.62],
    ],
    42,
  );
  return {
    svg: `<g transform="translate(-22 6) scale(1.2)">${standing(8, bottom + 14, 190, 38)}${grip}<path d="${lip}" fill="${kit.ink.base}"/>${clipped(kit, `<path d="${lip}"/>`, `<g transform="translate(${n(-r)} ${n(top + 60)})">${kit.marks({ x: 90, y: 110 }, 0.7)}</g><path d="${lip}" fill="#000" opacity=".16"/>`)}${body.patterned(top, bottom, 0.86)}${body.light()}${mouth(kit, body, 10)}<path d="${opening}" fill="${mix(kit.ink.b, kit.ink.a, 0.18)}"/><path d="${opening}" fill="none" stroke="${kit.ink.base}" stroke-width="6" stroke-linejoin="round"/><ellipse cx="0" cy="${n(top)}" rx="${n(r - 10)}" ry="${n(r * 0.17 - 2)}" fill="${mix(kit.ink.b, kit.ink.a, 0.18)}"/><ellipse ${body.ring(top + 18, 8)} fill="#000" opacity=".25"/></g>`,
    box: tall ? { x: -262, y: -386, w: 600, h: 740 } : { x: -340, y: -280, w: 700, h: 590 },
    focus: { x: -30, y: 100, zoom: 2 },
    place: "floor",
  };
};

const vases: Point[][] = [
  [
    [62, -300],
    [54, -190],
    [74, -110],
    [186, 30],
    [204, 140],
    [166, 250],
    [118, 284],
  ],
  [
    [110, -250],
    [98, -210],
    [190, -70],
    [236, 70],
    [206, 210],
    [140, 264],
  ],
  [
    [176, -280],
    [138, -120],
    [130, 20],
    [160, 170],
    [186, 268],
  ],
  [
    [128, -290],
    [160, -210],
    [112, -90],
    [186, 40],
    [186, 140],
    [128, 270],
  ],
];

function stems(kit: Kit, x: number, y: number): string {
  let out = "";
  const stem = "#7d8a5b";
  for (const [dx, dy, side] of [
    [-90, -210, -1],
    [40, -250, 1],
    [128, -160, 1],
  ] as const) {
    const [ex, ey] = [x + dx, y + dy];
    out += `<path d="M${x} ${y + 60}Q${n(x + dx * 0.2)} ${n(y + dy * 0.5)} ${ex} ${ey}" fill="none" stroke="${stem}" stroke-width="6" stroke-linecap="round"/>`;
    for (let i = 0; i < 5; i++) {
      const t = 0.36 + i * 0.16;
      const [px, py] = [x + dx * t * (0.55 + t * 0.45), y + 60 + (dy - 60) * t];
      const lean = (i % 2 ? 1 : -1) * side * 44 + dx * 0.12;
      out += `<ellipse cx="0" cy="-26" rx="13" ry="28" fill="${i % 2 ? "#8f9c68" : "#77875a"}" transform="translate(${n(px)} ${n(py)}) rotate(${n(lean)})"/>`;
    }
    out += `<circle cx="${ex}" cy="${ey}" r="13" fill="${kit.ink.trim}"/>`;
  }
  return out;
}

export const vase: DrawObject = (kit) => {
  const profile = vases[kit.form % vases.length] ?? [];
  const body = lathe(kit, profile, 0.17);
  const { top, bottom } = body;
  const green = kit.form % 2 === 1;
  const scale = green ? 1.02 : 1.24;
  const shift = green ? 130 : 6;
  return {
    svg: `<g transform="translate(0 ${shift}) scale(${scale})">${standing(8, bottom + 14, 190, 38)}${green ? stems(kit, 0, top) : ""}${body.patterned(top, bottom, 0.88)}${body.light()}${
      green
        ? `<path d="${body.zone(top, top + 12)}" fill="${kit.ink.base}"/><path d="${body.zone(top, top + 12)}" fill="#000" opacity=".06"/>`
        : mouth(kit, body, 10)
    }</g>`,
    box: {
      x: -240 * scale,
      y: shift + (top - (green ? 30 : 24)) * scale,
      w: 480 * scale,
      h: (bottom - top + 60) * scale,
    },
    focus: { x: -30, y: shift + 80 * scale, zoom: 2 },
    place: "floor",
  };
};
