/** The inks of the house. Each has a partner that reads on a light backdrop and on a dark one. */
import type { InkName } from "./spec";

export interface Ink {
  /** What the customer calls it. */
  label: string;
  /** The unprinted ground: cloth, glaze, paper. */
  base: string;
  /** First grating. */
  a: string;
  /** Second grating, deeper or of another hue. */
  b: string;
  /** Straps, piping, handles: middle brightness, so that it never sinks into a backdrop of either theme. */
  trim: string;
  /** The backdrop that the picture stands on by default. */
  back: "cobalt" | "vermilion" | "saffron" | "moss" | "plum" | "stone";
}

export const inks: Record<InkName, Ink> = {
  cobalt: { label: "Cobalt", base: "#f6f2e9", a: "#2547cf", b: "#12226e", trim: "#4a6be0", back: "cobalt" },
  vermilion: {
    label: "Vermilion",
    base: "#f8f0e5",
    a: "#e2472a",
    b: "#8f2013",
    trim: "#d9543a",
    back: "vermilion",
  },
  saffron: {
    label: "Saffron",
    base: "#fcf5e2",
    a: "#e59d14",
    b: "#8a5506",
    trim: "#b87a1a",
    back: "saffron",
  },
  moss: { label: "Moss", base: "#f2f2e6", a: "#4c8040", b: "#1f4220", trim: "#5c8f4f", back: "moss" },
  plum: { label: "Plum", base: "#f7eff1", a: "#96306a", b: "#4c1338", trim: "#b4508a", back: "plum" },
  ink: { label: "Ink", base: "#f5f1e9", a: "#2f2b28", b: "#141210", trim: "#857b6e", back: "stone" },
  lagoon: { label: "Lagoon", base: "#f1f3ec", a: "#12828a", b: "#0a4552", trim: "#2b8f94", back: "stone" },
  rose: { label: "Rose", base: "#fbf1ec", a: "#d8658a", b: "#8c2148", trim: "#cc5f84", back: "plum" },
  dusk: { label: "Dusk", base: "#f7f1e8", a: "#e0533a", b: "#24419f", trim: "#6d74c9", back: "cobalt" },
  meadow: { label: "Meadow", base: "#faf5e4", a: "#e2a01c", b: "#2f6b45", trim: "#6f9244", back: "moss" },
};

/** Materials that are the same in every colourway; all of middle brightness for the same reason. */
export const material = {
  oak: "#b98d5d",
  oakDark: "#8d6539",
  brass: "#b08b45",
  clay: "#b98c6c",
  cork: "#b4895d",
  wax: "#f5ead2",
  paper: "#fcfaf4",
} as const;

/** The backdrops as look.css has them, light and dark: only for tests and contact sheets. */
export const backdropColours: Record<Ink["back"], { light: string; dark: string }> = {
  cobalt: { light: "#c9d3ee", dark: "#1c2542" },
  vermilion: { light: "#f0cfc2", dark: "#40211a" },
  saffron: { light: "#f0dcae", dark: "#3b2e12" },
  moss: { light: "#cfdcc2", dark: "#1f2c1b" },
  plum: { light: "#e2c6d5", dark: "#371b2a" },
  stone: { light: "#d8d2c7", dark: "#2a2622" },
};

/** WCAG contrast of two #rrggbb colours, 1 to 21. */
export function contrast(one: string, two: string): number {
  const [light, dark] = [luminance(one), luminance(two)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const part = (at: number) => {
    const s = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return s <= 0.04045 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
}

/** A colour between two #rrggbb colours; 0 is the first. */
export function mix(one: string, two: string, share: number): string {
  const part = (at: number) => {
    const from = Number.parseInt(one.slice(at, at + 2), 16);
    const to = Number.parseInt(two.slice(at, at + 2), 16);
    return Math.round(from + (to - from) * share)
      .toString(16)
      .padStart(2, "0");
  };
  return `#${part(1)}${part(3)}${part(5)}`;
}
