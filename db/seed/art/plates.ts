/** Flat tableware, seen from above: plates and trays. */
import { material } from "./ink";
import { clipped, type DrawObject, lying } from "./kit";

export const plate: DrawObject = (kit) => {
  const radius = 356;
  const well = kit.form % 3 === 0 ? 222 : kit.form % 3 === 1 ? 0 : 306;
  const marks = kit.marks({ x: radius, y: radius }, 1.02);
  const disc = (r: number, fill: string, more = "") => `<circle r="${r}" fill="${fill}" ${more}/>`;
  const middle =
    kit.form % 3 === 2
      ? // patterned middle, glazed rim in the partner ink
        `${disc(radius, kit.ink.trim)}${disc(radius, "url(#puff)", 'opacity=".6"')}${disc(298, kit.ink.base)}${clipped(kit, '<circle r="298"/>', marks)}`
      : `${disc(radius, kit.ink.base)}${clipped(kit, `<circle r="${radius - 9}"/>`, marks)}${disc(radius, "url(#puff)", 'opacity=".62"')}`;
  const hollow =
    well === 222
      ? `${disc(222, kit.ink.base)}${disc(222, "url(#puff)", 'opacity=".34" transform="rotate(180)"')}<circle r="222" fill="none" stroke="#000" stroke-opacity=".17" stroke-width="4"/><circle r="214" fill="none" stroke="#fff" stroke-opacity=".6" stroke-width="3"/>`
      : `<circle r="236" fill="url(#puff)" opacity=".36" transform="rotate(180)"/><circle r="238" fill="none" stroke="#000" stroke-opacity=".2" stroke-width="4"/><circle r="233" fill="none" stroke="#fff" stroke-opacity=".3" stroke-width="3"/>`;
  return {
    svg: `${lying(-radius + 14, -radius + 14, radius * 2 - 28, radius * 2 - 28, radius, 14, 26)}${middle}${hollow}<circle r="${radius - 4}" fill="none" stroke="${kit.ink.base}" stroke-width="8"/><circle r="${radius - 1}" fill="none" stroke="#000" stroke-opacity=".12" stroke-width="2"/><path d="M-300 -172A346 346 0 0 1 -96 -332" fill="none" stroke="#fff" stroke-opacity=".7" stroke-width="7" stroke-linecap="round"/>`,
    box: { x: -radius, y: -radius, w: radius * 2, h: radius * 2 },
    focus: { x: -215, y: -150, zoom: 2.3 },
    place: "flat",
  };
};

export const tray: DrawObject = (kit) => {
  const round = kit.form % 2 === 0;
  const [w, h, rx] = round ? [740, 740, 370] : [800, 540, 62];
  const rect = (inset: number, fill: string, more = "") =>
    `<rect x="${-w / 2 + inset}" y="${-h / 2 + inset}" width="${w - inset * 2}" height="${h - inset * 2}" rx="${Math.max(4, rx - inset)}" fill="${fill}" ${more}/>`;
  const grips = round
    ? ""
    : [-1, 1]
        .map(
          (side) =>
            `<rect x="${side * 352 - 17}" y="-74" width="34" height="148" rx="17" fill="#3b2a1b"/><rect x="${side * 352 - 17}" y="-74" width="34" height="148" rx="17" fill="none" stroke="#000" stroke-opacity=".3" stroke-width="3"/>`,
        )
        .join("");
  const inset = round ? 32 : 30;
  return {
    svg: `${lying(-w / 2 + 8, -h / 2 + 8, w - 16, h - 16, rx, 14, 26)}${rect(0, material.oak)}${rect(0, "url(#fall)")}${rect(inset - 8, material.oakDark)}${rect(inset, kit.ink.base)}${clipped(kit, rect(inset, "#000"), kit.marks({ x: w / 2, y: h / 2 }, 1.08))}${rect(inset, "url(#fall)", 'opacity=".9"')}<rect x="${-w / 2 + inset + 6}" y="${-h / 2 + inset + 6}" width="${w - inset * 2 - 12}" height="${h - inset * 2 - 12}" rx="${Math.max(4, rx - inset - 6)}" fill="none" stroke="#000" stroke-opacity=".13" stroke-width="12"/>${grips}<rect x="${-w / 2 + 3}" y="${-h / 2 + 3}" width="${w - 6}" height="${h - 6}" rx="${rx - 3}" fill="none" stroke="#fff" stroke-opacity=".3" stroke-width="4"/>`,
    box: { x: -w / 2, y: -h / 2, w, h },
    focus: { x: round ? -200 : -230, y: round ? -190 : -120, zoom: 2.2 },
    place: "flat",
  };
};
