import { describe, expect, test } from "vitest";
import { fitBar, widthOf } from "./bar-fit";
import type { NavLink } from "./nav";

const links = (...labels: string[]): NavLink[] =>
  labels.map((label, i) => ({ label, href: `/c/${i}`, marked: label === "Last run" }));
const demo = links("Prints", "Textiles", "Tableware", "Light", "Paper", "Bags", "Last run");
const many = links(...Array.from({ length: 14 }, (_, i) => `Household goods of kind ${i}`), "Last run");

const shown = (window: "lg" | "xl", name: string, all: readonly NavLink[]) =>
  fitBar(name, all)
    .filter(({ inBar }) => inBar[window])
    .map(({ label }) => label);

describe("the links of the bar", () => {
  test("of the demo stand on its line, in both windows", () => {
    for (const window of ["lg", "xl"] as const) expect(shown(window, "Moiré", demo)).toHaveLength(7);
  });

  test("that do not fit are folded away from the first of them on; the marked one stays", () => {
    expect(shown("lg", "Moiré", many)).toEqual(["Household goods of kind 0", "Last run"]);
    const wide = shown("xl", "Moiré", many);
    expect(wide).toEqual(["Household goods of kind 0", "Household goods of kind 1", "Last run"]);
    const short = links("Textiles", "Furniture for large rooms", "Lamps and lanterns", "Mirrors", "Art");
    expect(shown("lg", "Moiré", short)).toEqual(["Textiles", "Furniture for large rooms"]);
  });

  test("never need more than there is, whatever the name and the labels", () => {
    const label = "M".repeat(80);
    for (const name of ["", "Moiré", label])
      for (const all of [demo, many, links(label, label, label, "Last run"), links(label)])
        for (const [window, room, gap] of [
          ["lg", 34.4, 1],
          ["xl", 38.8, 1.5],
        ] as const) {
          const stand = shown(window, name, all);
          const fold = stand.length < all.length ? 3.6 + gap : 0;
          const brand = Math.min(2.5 + widthOf(name) * 1.17, 14);
          const width = stand.reduce((sum, each) => sum + Math.min(widthOf(each), 10) + gap, brand + fold);
          expect(width, `${window} ${name} ${stand.join()}`).toBeLessThanOrEqual(room + gap);
        }
  });

  test("a long name of the shop leaves less for them, down to a share of their own", () => {
    expect(shown("lg", "Knopfmanufaktur Müller & Söhne", demo)).toEqual(["Prints", "Textiles", "Last run"]);
    expect(shown("lg", "n".repeat(80), demo)).toEqual(["Prints", "Textiles", "Last run"]);
  });

  test("letters of other scripts count as wide as they are", () => {
    expect(widthOf("文房具")).toBe(3);
    expect(widthOf("Möbel")).toBe(widthOf("Mobel"));
    expect(widthOf("Дом")).toBeGreaterThan(2);
  });
});
