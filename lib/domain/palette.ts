/** The shop's paper, ink and backdrops as plain colours, for what knows no stylesheet: mails, shared pictures, icons. */

/** As in app/globals.css, by daylight and in the dark. */
export const PAPER = "#f6f3ec";
export const RAISED = "#fffdf8";
export const INK = "#16130f";
export const QUIET = "#635c51";
export const LINE = "#dcd8d0";

const BACKDROPS: Readonly<Record<string, string>> = {
  cobalt: "#c9d3ee",
  vermilion: "#f0cfc2",
  saffron: "#f0dcae",
  moss: "#cfdcc2",
  plum: "#e2c6d5",
  stone: "#d8d2c7",
};

/** Whether a name is one of our backdrops. */
export const isBackdrop = (name: string): boolean => Object.hasOwn(BACKDROPS, name);

/** The colour of a stored backdrop by daylight; stone where the name is not one of ours. */
export const backdropColour = (name: string | null | undefined): string =>
  BACKDROPS[name ?? ""] ?? BACKDROPS.stone ?? PAPER;
