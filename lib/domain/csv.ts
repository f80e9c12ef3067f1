/** CSV as spreadsheets read it (RFC 4180), with cells that can never be taken for formulas. */

/** What a spreadsheet computes instead of showing; an apostrophe before it says that it is text. */
const RISKY = /^'*\s*[=+\-@\t\r]/;
const NUMBER = /^-?\d+(\.\d+)?$/;

/** The beginning of a file: spreadsheets take one without this sign for one of their own encoding. */
export const csvHead = (cells: readonly string[]): string => `\ufeff${csvLine(cells)}`;

/** One line. A text that a spreadsheet would run gets an apostrophe before it; a plain negative number stays one. */
export const csvLine = (cells: readonly (string | number | null | undefined)[]): string =>
  `${cells.map((cell) => quoted(neutral(String(cell ?? "")))).join(",")}\r\n`;

/** A cell that no spreadsheet computes. */
export const neutral = (text: string): string => (RISKY.test(text) && !NUMBER.test(text) ? `'${text}` : text);

/** The cell as it was before `neutral`. */
export const restored = (text: string): string =>
  text.startsWith("'") && RISKY.test(text) ? text.slice(1) : text;

const quoted = (text: string): string =>
  /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
