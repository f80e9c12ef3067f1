/** Rooms: an opaque scene around an object, in colours that sit with its ink. The same in both themes. */
import { n } from "./geometry";
import { backdropColours, type Ink, material, mix } from "./ink";
import { type Drawing, lying, shadow } from "./kit";
import type { ObjectKind } from "./spec";

interface Placed {
  x: number;
  y: number;
  scale: number;
}

const wallOf = (ink: Ink) => mix(backdropColours[ink.back].light, "#f3eee4", 0.35);

function wall(colour: string, floorY: number, floor: string): string {
  return `<rect x="-500" y="-500" width="1000" height="1000" fill="${colour}"/><path d="M-500 -500H-120L60 ${floorY}H-500Z" fill="#fff" opacity=".16"/><path d="M-420 -500H-320L-130 ${floorY}H-236Z M-270 -500H-170L22 ${floorY}H-84Z" fill="#fff" opacity=".2"/><rect x="-500" y="${floorY}" width="1000" height="${500 - floorY}" fill="${floor}"/><rect x="-500" y="${floorY - 22}" width="1000" height="22" fill="#fff" opacity=".34"/><rect x="-500" y="${floorY}" width="1000" height="40" fill="url(#up)" opacity=".4"/>`;
}

function boards(floorY: number): string {
  let d = "";
  for (let i = -8; i <= 8; i++) d += `M${i * 70} ${floorY}L${i * 150} 500`;
  for (const [y, from, to] of [
    [0.3, -260, -130],
    [0.55, 40, 190],
    [0.78, -420, -190],
    [0.4, 260, 400],
  ] as const)
    d += `M${from} ${n(floorY + (500 - floorY) * y)}H${to}`;
  return `<path d="${d}" stroke="#000" stroke-opacity=".1" stroke-width="2.5" fill="none"/>`;
}

function plant(x: number, y: number, s: number, pot: string): string {
  let leaves = "";
  for (let i = 0; i < 9; i++) {
    const angle = -78 + i * 19.5;
    const long = 190 + ((i * 53) % 70);
    leaves += `<g transform="rotate(${angle})"><path d="M0 0C${-34} ${-long * 0.4} ${-26} ${-long * 0.8} 0 ${-long}C26 ${-long * 0.8} 34 ${-long * 0.4} 0 0Z" fill="${i % 2 ? "#5f7a4c" : "#4d6841"}"/><path d="M0 0V${-long * 0.9}" stroke="#fff" stroke-opacity=".18" stroke-width="3"/></g>`;
  }
  return `<g transform="translate(${x} ${y}) scale(${s})">${shadow(10, 6, 96, 20, 0.8)}<g transform="translate(0 -120)">${leaves}</g><path d="M-74 -128H74L56 0H-56Z" fill="${pot}"/><path d="M-74 -128H74L70 -102H-70Z" fill="#000" opacity=".14"/><path d="M14 -128H74L56 0H26Z" fill="#000" opacity=".1"/></g>`;
}

function books(x: number, y: number, colours: readonly string[]): string {
  return colours
    .map((colour, i) => {
      const w = 190 - ((i * 31) % 47);
      return `<rect x="${x + ((i * 17) % 23)}" y="${y - 30 * (i + 1)}" width="${w}" height="29" rx="3" fill="${colour}"/><rect x="${x + ((i * 17) % 23) + w - 40}" y="${y - 30 * (i + 1)}" width="12" height="29" fill="#fff" opacity=".4"/><rect x="${x + ((i * 17) % 23)}" y="${y - 30 * i - 8}" width="${w}" height="7" opacity=".12"/>`;
    })
    .join("");
}

function place(drawing: Drawing, at: Placed): string {
  return `<g transform="translate(${n(at.x)} ${n(at.y)}) scale(${at.scale})">${drawing.svg}</g>`;
}

/** Puts the foot of the object at y. */
function stood(drawing: Drawing, x: number, y: number, scale: number): string {
  return place(drawing, { x, y: y - (drawing.box.y + drawing.box.h - 8) * scale, scale });
}

function onTable(ink: Ink, drawing: Drawing, kind: ObjectKind): string {
  const scale = kind === "bowl" ? 0.62 : kind === "candle" ? 0.56 : 0.66;
  const y = 268;
  return `${wall(wallOf(ink), 176, mix(material.oak, "#ffffff", 0.18))}<g transform="translate(-268 -250)">${lying(-84, -110, 168, 220, 2, 8, 12)}<rect x="-84" y="-110" width="168" height="220" fill="${material.oak}"/><rect x="-74" y="-100" width="148" height="200" fill="${material.paper}"/><path d="M-46 -60h92M-46 -36h92M-46 -12h92M-46 12h92M-46 36h92" stroke="${ink.trim}" stroke-width="9"/></g><rect x="-500" y="176" width="1000" height="10" fill="#fff" opacity=".3"/><g stroke="#6b4a28" stroke-opacity=".16" stroke-width="3" fill="none"><path d="M-500 250C-200 238 100 262 500 246M-500 340C-260 352 160 330 500 346M-500 430C-100 418 220 440 500 428"/></g>${books(-420, 244, [mix(ink.b, "#8d8375", 0.35), "#e9e0cf", mix(ink.trim, "#cfc4b0", 0.45)])}${plant(344, 232, 0.92, mix(material.clay, "#ffffff", 0.12))}${stood(drawing, -16, y + 96, scale)}`;
}

function onSofa(ink: Ink, drawing: Drawing, kind: ObjectKind): string {
  const cloth = mix(mix(ink.trim, "#b9b0a0", 0.62), "#ffffff", 0.1);
  const dark = mix(cloth, "#000000", 0.16);
  const scale = kind === "cushion" ? 0.56 : kind === "blanket" ? 0.52 : 0.6;
  return `${wall(wallOf(ink), 300, "#c8ab86")}${boards(300)}<g transform="translate(252 -250)">${lying(-90, -120, 180, 240, 2, 8, 12)}<rect x="-90" y="-120" width="180" height="240" fill="${material.oak}"/><rect x="-80" y="-110" width="160" height="220" fill="${material.paper}"/><circle cy="-6" r="50" fill="none" stroke="${ink.trim}" stroke-width="9"/><circle cx="16" cy="-6" r="30" fill="none" stroke="${ink.b}" stroke-width="9"/></g>${shadow(0, 424, 500, 40, 0.8)}<rect x="-390" y="380" width="30" height="50" fill="${material.oakDark}"/><rect x="360" y="380" width="30" height="50" fill="${material.oakDark}"/><rect x="-400" y="-70" width="800" height="380" rx="48" fill="${cloth}"/><path d="M0 -66V190" stroke="#000" stroke-opacity=".16" stroke-width="5"/><rect x="-400" y="-70" width="800" height="60" rx="40" fill="#fff" opacity=".14"/><rect x="-410" y="190" width="820" height="200" rx="34" fill="${mix(cloth, "#ffffff", 0.08)}"/><path d="M0 196V290" stroke="#000" stroke-opacity=".16" stroke-width="5"/><rect x="-410" y="278" width="820" height="112" rx="30" fill="${dark}"/><rect x="-470" y="60" width="112" height="330" rx="48" fill="${cloth}"/><rect x="358" y="60" width="112" height="330" rx="48" fill="${dark}"/><rect x="-470" y="60" width="112" height="70" rx="36" fill="#fff" opacity=".16"/>${stood(drawing, kind === "cushion" ? -146 : 0, 262, scale)}`;
}

function onRail(ink: Ink, drawing: Drawing, kind: ObjectKind): string {
  const bench = mix(material.oak, "#ffffff", 0.12);
  const scale = kind === "blanket" ? 0.84 : 0.74;
  const pegs =
    kind === "blanket"
      ? ""
      : `<rect x="-430" y="-312" width="860" height="46" rx="6" fill="${bench}"/><rect x="-430" y="-312" width="860" height="12" rx="6" fill="#fff" opacity=".3"/>${[-300, -100, 100, 300].map((x) => `${shadow(x + 8, -278, 30, 22, 0.5)}<circle cx="${x}" cy="-289" r="17" fill="${material.oakDark}"/><circle cx="${x - 3}" cy="-292" r="14" fill="${material.oak}"/>`).join("")}<path d="M300 -286C250 -230 250 -120 276 -40H346C366 -120 352 -230 300 -286Z" fill="${mix(ink.trim, "#cfc4b0", 0.55)}"/><path d="M300 -286C320 -200 318 -120 322 -40H346C366 -120 352 -230 300 -286Z" opacity=".12"/>`;
  const x = kind === "blanket" ? 0 : -100;
  const top = kind === "tote" ? drawing.box.y + 18 : -356;
  return `${wall(wallOf(ink), 322, "#c8ab86")}${boards(322)}${pegs}${place(drawing, { x, y: -290 - top * scale, scale })}${kind === "blanket" ? plant(392, 410, 0.9, material.clay) : `${shadow(250, 420, 210, 26, 0.8)}<rect x="60" y="268" width="400" height="26" rx="4" fill="${bench}"/><rect x="84" y="294" width="24" height="124" fill="${material.oakDark}"/><rect x="412" y="294" width="24" height="124" fill="${material.oakDark}"/>${books(130, 268, ["#e9e0cf", mix(ink.b, "#8d8375", 0.4)])}`}`;
}

function onWall(ink: Ink, drawing: Drawing): string {
  return `${wall(wallOf(ink), 372, "#c8ab86")}${boards(372)}${place(drawing, { x: -30, y: -150, scale: 0.66 })}${shadow(0, 428, 420, 26, 0.9)}<rect x="-360" y="196" width="720" height="196" rx="5" fill="${mix(material.oak, "#ffffff", 0.1)}"/><rect x="-372" y="184" width="744" height="20" rx="4" fill="${material.oak}"/><path d="M-120 214V380M120 214V380M-346 214H346" stroke="#000" stroke-opacity=".2" stroke-width="4"/><g fill="${material.brass}"><circle cx="-142" cy="296" r="8"/><circle cx="98" cy="296" r="8"/><circle cx="142" cy="296" r="8"/></g><rect x="-330" y="392" width="22" height="40" fill="${material.oakDark}"/><rect x="308" y="392" width="22" height="40" fill="${material.oakDark}"/>${plant(284, 184, 0.66, mix(ink.trim, "#cfc4b0", 0.4))}${books(-330, 184, [mix(ink.b, "#8d8375", 0.35), "#e9e0cf"])}`;
}

function onDesk(ink: Ink, drawing: Drawing): string {
  const desk = mix(mix(material.oak, "#efe4d0", 0.5), backdropColours[ink.back].light, 0.12);
  const cup = `<g transform="translate(360 -342)">${lying(-104, -104, 208, 208, 104, 12, 18)}<circle r="112" fill="#f4eee2"/><circle r="84" fill="#000" opacity=".06"/><rect x="62" y="-17" width="78" height="34" rx="17" fill="${ink.trim}"/><circle r="72" fill="${ink.trim}"/><circle r="62" fill="#4b2f1e"/><circle cx="-12" cy="-12" r="42" fill="#fff" opacity=".08"/></g>`;
  const leaf = `<g transform="translate(-470 470) rotate(38)" opacity=".9">${[-30, -8, 14, 36].map((a, i) => `<g transform="rotate(${a})"><path d="M0 0C-40 -120 -30 -250 0 -${300 - i * 22}C30 -250 40 -120 0 0Z" fill="${i % 2 ? "#5f7a4c" : "#4d6841"}"/></g>`).join("")}</g>`;
  const pen = `<g transform="translate(380 190) rotate(78)">${lying(-170, -9, 340, 18, 6, 6, 8)}<rect x="-170" y="-10" width="300" height="20" rx="8" fill="${ink.b}"/><rect x="-170" y="-10" width="300" height="6" rx="3" fill="#fff" opacity=".3"/><path d="M130 -10L172 0L130 10Z" fill="${material.brass}"/></g>`;
  return `<rect x="-500" y="-500" width="1000" height="1000" fill="${desk}"/><g stroke="#6b4a28" stroke-opacity=".13" stroke-width="3" fill="none"><path d="M-500 -390C-200 -406 160 -372 500 -392M-500 -230C-260 -214 120 -246 500 -226M-500 -60C-120 -76 220 -44 500 -64M-500 120C-220 136 200 104 500 124M-500 290C-160 274 160 306 500 286M-500 430C-260 444 180 416 500 436"/></g><path d="M-500 -500H60L-500 240Z" fill="#fff" opacity=".16"/><path d="M180 -500H300L-440 500H-500V400Z" fill="#fff" opacity=".12"/>${leaf}${cup}${pen}${place(drawing, { x: -34, y: 26, scale: 0.74 })}`;
}

function onFloor(ink: Ink, drawing: Drawing): string {
  const cloth = mix(ink.trim, "#b9b0a0", 0.5);
  const chair = `<g transform="translate(206 56) scale(.9)">${shadow(0, 176, 190, 30, 0.9)}<path d="M-120 90L-138 176M120 90L138 176M-90 96V168M90 96V168" stroke="${material.oakDark}" stroke-width="17" stroke-linecap="round"/><path d="M-126 -210C-130 -260 130 -260 126 -210L140 60H-140Z" fill="${cloth}"/><path d="M30 -246C130 -250 130 -230 126 -210L140 60H60Z" opacity=".1"/><rect x="-156" y="20" width="312" height="86" rx="38" fill="${mix(cloth, "#ffffff", 0.12)}"/><rect x="-176" y="-56" width="56" height="160" rx="28" fill="${mix(cloth, "#000000", 0.1)}"/><rect x="120" y="-56" width="56" height="160" rx="28" fill="${mix(cloth, "#000000", 0.18)}"/></g>`;
  return `${wall(wallOf(ink), 70, "#c8ab86")}${boards(70)}${plant(-380, 130, 1.15, mix(material.clay, "#ffffff", 0.1))}${place(drawing, { x: 0, y: 196, scale: drawing.box.w < 600 ? 0.62 : 0.86 })}${chair}`;
}

function byEvening(ink: Ink, drawing: Drawing, kind: ObjectKind): string {
  const dusk = mix(backdropColours[ink.back].dark, ink.trim, 0.24);
  const glow = `<ellipse cx="-60" cy="${kind === "pendant" ? 120 : -90}" rx="520" ry="440" fill="url(#warm)" opacity=".62"/>`;
  const pane = `<g transform="translate(296 -290)"><rect x="-124" y="-160" width="248" height="330" fill="${mix(dusk, "#000000", 0.35)}"/><rect x="-110" y="-146" width="220" height="302" fill="#24304d"/><circle cx="44" cy="-86" r="24" fill="#f1e6c4"/><path d="M0 -146V156M-110 0H110" stroke="${mix(dusk, "#000000", 0.35)}" stroke-width="12"/></g>`;
  const room = `<rect x="-500" y="-500" width="1000" height="1000" fill="${dusk}"/>${pane}${glow}`;
  if (kind === "pendant")
    return `${room}${place(drawing, { x: -60, y: -214, scale: 0.66 })}<rect x="-430" y="330" width="860" height="34" rx="6" fill="${material.oak}"/><rect x="-430" y="364" width="860" height="136" fill="#000" opacity=".3"/><ellipse cx="-60" cy="346" rx="300" ry="30" fill="url(#warm)"/><g transform="translate(-60 332)"><path d="M-120 -6H120C110 -60 -110 -60 -120 -6Z" transform="scale(1 -1) translate(0 6)" fill="none"/><path d="M-110 -58H110C100 -6 60 0 0 0S-100 -6 -110 -58Z" fill="#efe6d6"/><circle cx="-44" cy="-68" r="30" fill="#c9632f"/><circle cx="20" cy="-74" r="32" fill="#d78a35"/><circle cx="66" cy="-66" r="26" fill="#c9632f"/><path d="M-110 -58H110C108 -48 106 -42 102 -36H-102C-106 -42 -108 -48 -110 -58Z" fill="#fff" opacity=".5"/></g>`;
  return `${room}<rect x="-500" y="292" width="1000" height="30" fill="${mix(material.oak, "#000000", 0.12)}"/><rect x="-500" y="322" width="1000" height="178" fill="${mix(material.oakDark, "#000000", 0.35)}"/><ellipse cx="-60" cy="300" rx="330" ry="30" fill="url(#warm)"/>${books(176, 292, [mix(ink.trim, "#3a2d22", 0.4), "#b9a88a", mix(ink.b, "#5b4c3b", 0.4)])}${stood(drawing, -60, 304, 0.74)}`;
}

/** The scene for a kind of object. */
export function roomSvg(kind: ObjectKind, ink: Ink, drawing: Drawing): string {
  switch (kind) {
    case "cushion":
    case "bolster":
      return onSofa(ink, drawing, kind);
    case "blanket":
      return drawing.place === "hang" ? onRail(ink, drawing, kind) : onSofa(ink, drawing, kind);
    case "towel":
    case "tote":
      return onRail(ink, drawing, kind);
    case "rug":
      return onFloor(ink, drawing);
    case "lamp":
    case "pendant":
      return byEvening(ink, drawing, kind);
    case "print":
      return onWall(ink, drawing);
    case "notebook":
    case "cards":
    case "wrap":
    case "case":
    case "plate":
    case "tray":
      return onDesk(ink, drawing);
    default:
      return onTable(ink, drawing, kind);
  }
}
