/** CSV: cells that a spreadsheet would take for a formula, made harmless on the way out and restored on the way in. */

/** What a spreadsheet computes instead of showing; an apostrophe before it says that it is text. */
const RISKY = /^'*[=+\-@\t\r]/;

/** A cell that no spreadsheet computes: what begins like a formula gets an apostrophe. */
export const neutral = (text: string): string => (RISKY.test(text) ? `'${text}` : text);

/** The cell as it was before `neutral`. */
export const restored = (text: string): string =>
  text.startsWith("'") && RISKY.test(text) ? text.slice(1) : text;

/** A line of a CSV file, with its line break, safe in every spreadsheet. */
export function csvLine(cells: readonly (string | number | null | undefined)[]): string {
  return `${cells.map((cell) => quoted(neutral(String(cell ?? "")))).join(",")}\r\n`;
}

const quoted = (text: string): string =>
  /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
