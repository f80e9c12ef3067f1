import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { inlineStyle } from "./inline-style.mjs";

const folder = mkdtempSync(join(tmpdir(), "sheet-"));
const server = join(folder, "server");
mkdirSync(join(folder, "static", "chunks"), { recursive: true });

function page(name: string, query = "") {
  const link = `<link rel="stylesheet" href="/_next/static/chunks/${name}${query}" data-precedence="next"/>`;
  return { link, html: `<head>${link}</head><body><link rel="stylesheet" href="/other.css"/></body>` };
}

test("the sheet stands in the page, its addresses count from the root, and its link fetches nothing", () => {
  writeFileSync(
    join(folder, "static", "chunks", "a1.css"),
    "@font-face{src:url(../media/f.woff2)}p{content:'$&'}",
  );
  for (const query of ["", "?dpl=7"]) {
    const { html, link } = page("a1.css", query);
    const drawn = inlineStyle(html, server);
    expect(drawn).toContain("<style>@font-face{src:url(/_next/static/media/f.woff2)}p{content:'$&'}</style>");
    expect(drawn).toContain(link.replace("/>", ' disabled=""/>'));
    expect(drawn).toContain('<link rel="stylesheet" href="/other.css"/>');
    expect(inlineStyle(drawn, server), "once is enough").toBe(drawn);
  }
});

test("a sheet that is missing or would end its element stays a link", () => {
  writeFileSync(join(folder, "static", "chunks", "b2.css"), "p{content:'</style>'}");
  for (const name of ["b2.css", "none.css", "../../../etc/passwd"]) {
    const { html } = page(name);
    expect(inlineStyle(html, server)).toBe(html);
  }
});
