/** Text for XML: nothing that was stored can end an element, and characters that XML forbids are dropped. */

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

// https://www.w3.org/TR/xml/#charsets, with half surrogates.
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

export const xml = (text: string | number): string =>
  String(text)
    .replace(FORBIDDEN, "")
    .replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? "");

/** One element with text in it. */
export const element = (name: string, text: string | number): string => `<${name}>${xml(text)}</${name}>`;
