/** Lamps, pendants, candles. Their glow fades to nothing inside the picture, so no rim shows in the dark. */
import { n, type Point } from "./geometry";
import { material, mix } from "./ink";
import { type DrawObject, shadow, standing } from "./kit";
import { lathe } from "./lathe";

const shades: Point[][] = [
  [
    [138, -372],
    [264, -40],
  ],
  [
    [232, -350],
    [232, -50],
  ],
  [
    [84, -350],
    [176, -310],
    [246, -200],
    [272, -40],
  ],
];

export const lamp: DrawObject = (kit) => {
  const form = kit.form % 3;
  const profile = shades[form] ?? [];
  const shade = lathe(kit, profile, 0.09);
  const { bottom, top } = shade;
  const warm = mix(kit.ink.base, "#ffe7a8", 0.5);
  const id = kit.id();
  const stand = lathe(
    { ...kit },
    form === 1
      ? [
          [26, -20],
          [34, 60],
          [136, 170],
          [150, 260],
          [110, 340],
        ]
      : form === 2
        ? [
            [60, 20],
            [104, 80],
            [72, 150],
            [120, 230],
            [88, 310],
            [104, 340],
          ]
        : [
            [13, -20],
            [13, 316],
          ],
    0.14,
  );
  const foot =
    form === 0
      ? `<ellipse cx="0" cy="336" rx="146" ry="27" fill="${mix(material.brass, "#000000", 0.4)}"/><ellipse cx="0" cy="326" rx="146" ry="27" fill="${material.brass}"/><ellipse cx="-24" cy="322" rx="96" ry="15" fill="#fff" opacity=".22"/>${stand.plain(-20, 316, material.brass)}${stand.light(1.2)}`
      : `<rect x="-9" y="-30" width="18" height="70" fill="${material.brass}"/>${stand.plain(stand.top, stand.bottom, kit.ink.trim)}${stand.light(1)}`;
  const d = shade.zone(top, bottom);
  const r = shade.radius(bottom);
  return {
    svg: `<linearGradient id="${id}" x2="0" y2="1"><stop offset="0" stop-color="#ffe9b0" stop-opacity="0"/><stop offset=".62" stop-color="#ffe9b0" stop-opacity=".34"/><stop offset="1" stop-color="#fff4d2" stop-opacity=".5"/></linearGradient><g transform="translate(0 20) scale(1.12)"><ellipse cx="0" cy="60" rx="395" ry="330" fill="url(#warm)" opacity=".62"/>${standing(8, 342, form === 0 ? 140 : 120, 30)}<ellipse ${shade.ring(bottom)} fill="${mix(warm, "#ffffff", 0.3)}"/><ellipse ${shade.ring(bottom)} fill="#b57a20" opacity=".28"/>${foot}<ellipse ${shade.ring(top)} fill="${mix(kit.ink.base, "#000000", 0.18)}"/>${shade.patterned(top, bottom, 0.92)}<path d="${d}" fill="url(#${id})"/>${shade.light(0.62)}<path d="${shade.zone(bottom - 9, bottom)}" fill="${kit.ink.trim}"/><path d="${shade.zone(top, top + 8)}" fill="${kit.ink.trim}"/></g>`,
    box: { x: -r * 1.12, y: 20 + top * 1.12 - 12, w: r * 2.24, h: (350 - top) * 1.12 + 20 },
    focus: { x: -90, y: -120, zoom: 2 },
    place: "floor",
  };
};

export const pendant: DrawObject = (kit) => {
  const form = kit.form % 3;
  const profiles: Point[][] = [
    [
      [40, -120],
      [130, -90],
      [250, 20],
      [318, 190],
    ],
    [
      [46, -140],
      [180, -96],
      [262, 30],
      [228, 170],
      [160, 214],
    ],
    [
      [36, -190],
      [70, -60],
      [180, 110],
      [250, 210],
    ],
  ];
  const shade = lathe(kit, profiles[form] ?? [], 0.1);
  const { top, bottom } = shade;
  const id = kit.id();
  const r = shade.radius(bottom);
  return {
    svg: `<linearGradient id="${id}" x2="0" y2="1"><stop offset="0" stop-color="#ffe9b0" stop-opacity="0"/><stop offset="1" stop-color="#ffedbd" stop-opacity=".4"/></linearGradient><g transform="translate(0 -10) scale(1.2)"><ellipse cx="0" cy="${bottom + 20}" rx="${n(r + 130)}" ry="210" fill="url(#warm)" opacity=".6"/><path d="M0 -430V${top - 20}" stroke="${kit.ink.trim}" stroke-width="8"/><path d="M-2 -430V${top - 20}" stroke="#fff" stroke-opacity=".3" stroke-width="2"/><path d="M-22 ${top + 6}L-15 ${top - 46}H15L22 ${top + 6}Z" fill="${material.brass}"/><path d="M-22 ${top + 6}L-15 ${top - 46}H-6L-9 ${top + 6}Z" fill="#fff" opacity=".3"/><ellipse ${shade.ring(bottom)} fill="#fff3cf"/>${shade.patterned(top, bottom, 0.96)}<path d="${shade.zone(top, bottom)}" fill="url(#${id})"/>${shade.light(0.8)}<path d="${shade.zone(bottom - 10, bottom)}" fill="${kit.ink.trim}"/></g>`,
    box: {
      x: -r * 1.2 - (form === 1 ? 100 : 0),
      y: -10 + top * 1.2 - 60,
      w: r * 2.4 + (form === 1 ? 200 : 0),
      h: (bottom - top) * 1.2 + 110,
    },
    focus: { x: -100, y: 40, zoom: 2 },
    place: "hang",
  };
};

export const candle: DrawObject = (kit) => {
  const tall = kit.form % 2 === 1;
  const profile: Point[] = tall
    ? [
        [150, -230],
        [150, 210],
      ]
    : [
        [206, -110],
        [206, 170],
        [194, 206],
      ];
  const pot = lathe(kit, profile, 0.22);
  const { top, bottom } = pot;
  const wax = top + 16;
  const flame = (x: number, y: number, s: number) =>
    `<g transform="translate(${x} ${y}) scale(${s})"><ellipse cx="0" cy="-46" rx="200" ry="220" fill="url(#warm)" opacity=".7"/><path d="M0 6V-16" stroke="#40352a" stroke-width="7" stroke-linecap="round"/><path d="M0 -112C26 -70 34 -46 0 -8C-34 -46 -26 -70 0 -112Z" fill="#f7b234"/><path d="M0 -84C14 -58 18 -40 0 -14C-18 -40 -14 -58 0 -84Z" fill="#fff3c4"/></g>`;
  const flames = tall
    ? flame(0, wax - 2, 1)
    : `${flame(-84, wax + 2, 0.8)}${flame(0, wax + 16, 0.8)}${flame(84, wax + 2, 0.8)}`;
  return {
    svg: `<g transform="translate(0 70) scale(1.22)">${standing(8, bottom + 22, pot.radius(bottom) + 6, 40)}${pot.patterned(top, bottom, 0.84)}${pot.light(0.95)}<ellipse ${pot.ring(top)} fill="${kit.ink.trim}"/><ellipse ${pot.ring(top, 12)} fill="${mix(material.wax, "#8a5a20", 0.35)}"/><ellipse cx="0" cy="${wax}" rx="${n(pot.radius(top) - 16)}" ry="${n((pot.radius(top) - 16) * 0.22 - 6)}" fill="${material.wax}"/>${shadow(0, wax, 70, 12, 0.12)}${flames}</g>`,
    box: {
      x: -pot.radius(top) * 1.22,
      y: 70 + (top - 46) * 1.22,
      w: pot.radius(top) * 2.44,
      h: (bottom - top + 86) * 1.22,
    },
    focus: { x: -40, y: tall ? -10 : 60, zoom: 2 },
    place: "floor",
  };
};
