/** Paper goods: prints, notebooks, cards, wrapping paper. */
import { n, type Point } from "./geometry";
import { material, mix } from "./ink";
import { clipped, type DrawObject, lying } from "./kit";
import { lathe } from "./lathe";

export const print: DrawObject = (kit) => {
  // paper in portrait, square and landscape, and a full-bleed portrait without a margin
  const sizes = [
    [560, 740, 78],
    [640, 640, 84],
    [760, 580, 74],
    [560, 740, 0],
  ] as const;
  const form = kit.form % sizes.length;
  const [w, h, margin] = sizes[form] ?? sizes[0];
  const frame = 22;
  const wood = kit.form % 2 === 0 ? material.oak : kit.ink.trim;
  const [x, y] = [-w / 2, -h / 2];
  const [ix, iy, iw, ih] = [
    x + frame + margin,
    y + frame + margin,
    w - (frame + margin) * 2,
    h - (frame + margin) * 2 - (margin ? 26 : 0),
  ];
  const art = `<rect x="${ix}" y="${iy}" width="${iw}" height="${ih}"/>`;
  const mitre = `M${x} ${y}l${frame} ${frame}M${x + w} ${y}l${-frame} ${frame}M${x} ${y + h}l${frame} ${-frame}M${x + w} ${y + h}l${-frame} ${-frame}`;
  return {
    svg: `${lying(x, y, w, h, 4, 18, 28)}<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${wood}"/><rect x="${x}" y="${y}" width="${w}" height="${frame}" fill="#fff" opacity=".2"/><rect x="${x}" y="${y}" width="${frame}" height="${h}" fill="#fff" opacity=".1"/><rect x="${x + w - frame}" y="${y}" width="${frame}" height="${h}" opacity=".16"/><rect x="${x}" y="${y + h - frame}" width="${w}" height="${frame}" opacity=".22"/><path d="${mitre}" stroke="#000" stroke-opacity=".28" stroke-width="2"/><rect x="${x + frame}" y="${y + frame}" width="${w - frame * 2}" height="${h - frame * 2}" fill="${material.paper}"/><g transform="translate(${n(ix + iw / 2)} ${n(iy + ih / 2)})"><rect x="${-iw / 2}" y="${-ih / 2}" width="${iw}" height="${ih}" fill="${kit.ink.base}"/></g>${clipped(kit, art, `<g transform="translate(${n(ix + iw / 2)} ${n(iy + ih / 2)})">${kit.marks({ x: iw / 2, y: ih / 2 }, 0.98)}</g>`)}${margin ? `<path d="M${ix} ${iy + ih + 40}h54" stroke="#5a5148" stroke-width="3"/><path d="M${ix + iw - 64} ${iy + ih + 42}c12 -18 16 6 26 -8s14 10 36 -4" stroke="#5a5148" stroke-width="3" fill="none" stroke-linecap="round"/>` : ""}<rect x="${x + frame}" y="${y + frame}" width="${w - frame * 2}" height="16" fill="url(#up)" opacity=".7"/><path d="M${x + frame} ${y + frame}H${x + w * 0.72}L${x + w * 0.28} ${y + h - frame}H${x + frame}Z" fill="#fff" opacity=".07"/>`,
    box: { x, y, w, h },
    focus: { x: x + w * 0.3, y: y + h * 0.3, zoom: 2.1 },
    place: "wall",
  };
};

export const notebook: DrawObject = (kit) => {
  const spiralBound = kit.form % 2 === 1;
  const [w, h] = [520, 700];
  const [x, y] = [-w / 2, -h / 2];
  const cover = `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="16"/>`;
  const label = `<rect x="-96" y="-74" width="230" height="128" fill="${material.paper}"/><rect x="-86" y="-64" width="210" height="108" fill="none" stroke="${kit.ink.trim}" stroke-width="3"/><path d="M-58 -24H96M-58 6H44" stroke="${kit.ink.b}" stroke-width="6" stroke-linecap="round"/>`;
  let wire = "";
  if (spiralBound)
    for (let i = 0; i < 17; i++) {
      const cy = y + 42 + i * 38.5;
      wire += `<circle cx="${x + 34}" cy="${n(cy)}" r="8" fill="#241d18" opacity=".75"/><path d="M${x + 34} ${n(cy)}C${x + 6} ${n(cy - 24)} ${x - 34} ${n(cy - 14)} ${x - 22} ${n(cy + 6)}" fill="none" stroke="#6b655d" stroke-width="8" stroke-linecap="round"/><path d="M${x + 32} ${n(cy - 2)}C${x + 6} ${n(cy - 25)} ${x - 34} ${n(cy - 15)} ${x - 23} ${n(cy + 4)}" fill="none" stroke="#cfc9bf" stroke-width="4" stroke-linecap="round"/>`;
    }
  const spine = spiralBound
    ? ""
    : `<rect x="${x}" y="${y}" width="78" height="${h}" fill="${kit.ink.trim}"/><rect x="${x + 78}" y="${y}" width="10" height="${h}" fill="#000" opacity=".2"/><rect x="${x + 10}" y="${y}" width="12" height="${h}" fill="#fff" opacity=".18"/>`;
  const strap = spiralBound
    ? ""
    : `<rect x="${x + w - 82}" y="${y - 5}" width="20" height="${h + 12}" fill="${mix(kit.ink.trim, "#000000", 0.2)}"/><rect x="${x + w - 82}" y="${y - 5}" width="6" height="${h + 12}" fill="#fff" opacity=".22"/>`;
  const ribbon = `<path d="M40 ${y + h - 4}l4 62l12 -14l14 12l-6 -60Z" fill="${kit.ink.trim}"/>`;
  return {
    svg: `<g transform="rotate(${spiralBound ? 5 : -6})">${lying(x, y, w, h, 16, 22, 28)}${spiralBound ? "" : ribbon}<rect x="${x + 12}" y="${y + 8}" width="${w}" height="${h}" rx="12" fill="#e9e2d3"/><path d="M${x + w + 4} ${y + 24}V${y + h}M${x + w + 8} ${y + 24}V${y + h}M${x + 30} ${y + h + 4}H${x + w}" stroke="#000" stroke-opacity=".16" stroke-width="2"/><g fill="${kit.ink.base}">${cover}</g>${clipped(kit, cover, `${kit.marks({ x: w / 2, y: h / 2 }, 1)}${spine}`)}<g fill="url(#fall)">${cover}</g>${label}${strap}${wire}</g>`,
    box: { x: x - 30, y: y - 26, w: w + 60, h: h + 56 },
    focus: { x: -60, y: -110, zoom: 2 },
    place: "flat",
  };
};

export const cards: DrawObject = (kit) => {
  const [w, h] = [390, 540];
  const face = (angle: number, dx: number, dy: number, inner: string) =>
    `<g transform="translate(${dx} ${dy}) rotate(${angle})">${lying(-w / 2, -h / 2, w, h, 4, 8, 14)}<rect x="${-w / 2}" y="${-h / 2}" width="${w}" height="${h}" rx="4" fill="${material.paper}"/>${inner}<rect x="${-w / 2}" y="${-h / 2}" width="${w}" height="${h}" rx="4" fill="url(#fall)" opacity=".6"/></g>`;
  const inset = 26;
  const window = `<rect x="${-w / 2 + inset}" y="${-h / 2 + inset}" width="${w - inset * 2}" height="${h - inset * 2}"/>`;
  const full = `<rect x="${-w / 2}" y="${-h / 2}" width="${w}" height="${h}" rx="4"/>`;
  const solid = `<rect x="${-w / 2}" y="${-h / 2}" width="${w}" height="${h}" rx="4" fill="${kit.ink.a}"/>`;
  const envelope = `<g transform="translate(126 178) rotate(9)">${lying(-270, -180, 540, 360, 4, 8, 14)}<rect x="-270" y="-180" width="540" height="360" rx="4" fill="${mix(kit.ink.trim, "#ffffff", 0.16)}"/><path d="M-270 -180L0 44L270 -180" fill="${mix(kit.ink.trim, "#000000", 0.08)}" stroke="#000" stroke-opacity=".2" stroke-width="3"/><path d="M-270 180L-46 6M270 180L46 6" stroke="#000" stroke-opacity=".13" stroke-width="3"/><circle cy="34" r="26" fill="${kit.ink.base}"/><circle cy="34" r="15" fill="none" stroke="${kit.ink.b}" stroke-width="4"/></g>`;
  const patterned = (clip: string) =>
    `<g fill="${kit.ink.base}">${clip}</g>${clipped(kit, clip, kit.marks({ x: w / 2, y: h / 2 }, 0.82))}`;
  const fan =
    kit.form % 2 === 0
      ? `${face(-15, -150, 10, solid)}${face(-2, -10, -60, patterned(window))}${envelope}`
      : `${face(-20, -150, 40, patterned(full))}${face(-4, -30, -34, solid)}${face(12, 112, -10, patterned(window))}`;
  return {
    svg: fan,
    box: { x: -400, y: -340, w: 800, h: 700 },
    focus: { x: -20, y: -120, zoom: 2.1 },
    place: "flat",
  };
};

export const wrap: DrawObject = (kit) => {
  const profile: Point[] = [
    [72, -390],
    [72, 390],
  ];
  const roll = (
    inner: string,
    angle: number,
    dx: number,
    dy: number,
    body: ReturnType<typeof lathe>,
    core: string,
  ) =>
    `<g transform="translate(${dx} ${dy}) rotate(${angle})">${lying(-66, -380, 136, 770, 30, 14, 10)}${inner}${body.light(0.95)}<ellipse ${body.ring(-390)} fill="${material.paper}"/><ellipse ${body.ring(-390, 12)} fill="none" stroke="#000" stroke-opacity=".22" stroke-width="2"/><ellipse ${body.ring(-390, 22)} fill="${core}"/><ellipse ${body.ring(-390, 30)} fill="#2c2019"/></g>`;
  const body = lathe(kit, profile, 0.3);
  const ribbon = `${body.plain(-6, 54, kit.ink.trim)}${body.plain(16, 32, mix(kit.ink.trim, "#ffffff", 0.25))}`;
  const first = roll(body.patterned(-390, 390, 0.8), 34, -40, -14, body, material.cork);
  const second = roll(body.plain(-390, 390, kit.ink.a), 46, 110, 60, body, material.cork);
  const third = roll(`${body.patterned(-390, 390, 0.8)}${ribbon}`, 22, -130, 24, body, material.cork);
  return {
    svg:
      kit.form % 2 === 0
        ? `${second}${first}${third}`
        : `<g transform="scale(1.06)">${roll(`${body.patterned(-390, 390, 0.86)}${ribbon}`, 38, -66, -10, body, material.cork)}${roll(body.plain(-390, 390, kit.ink.a), 38, 96, 60, body, material.cork)}</g>`,
    box: { x: -400, y: -390, w: 800, h: 780 },
    focus: { x: -40, y: -20, zoom: 1.9 },
    place: "flat",
  };
};
