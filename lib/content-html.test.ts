import { expect, test } from "vitest";
import { contentHtml } from "./content-html";

const html = (markdown: string) => contentHtml(markdown, { isOurs: false });

test("is text, lists, tables and links; code, pictures of other sites and their frames are left out", async () => {
  expect(await html("## A\n\n- **b**\n\n[c](/contact) [d](mailto:d@example.com)")).toBe(
    '<h2>A</h2>\n<ul>\n<li><strong>b</strong></li>\n</ul>\n<p><a href="/contact">c</a> <a href="mailto:d@example.com">d</a></p>\n',
  );
  const wild = await html(
    '<script>x()</script><img src=x onerror=x()> <a href="javascript:x()" onclick="x()">e</a>\n\n[f](javascript:x()) [g](//elsewhere.example)\n\n![h](https://elsewhere.example/h.png) ![i](//elsewhere.example/i.png) ![j](data:image/svg+xml,x)\n\n<iframe src="/"></iframe><form action="/"><input name="k"></form>',
  );
  expect(wild).not.toMatch(/<img|script|\bon\w+=|iframe|form|input|elsewhere|data:/);
  expect(wild).toMatch(/<a>e<\/a>/);
});

test("a picture that is not there stops the build of a page that ships, and no page that an admin wrote", async () => {
  const missing = "![Nothing](/journal/nothing.svg)";
  await expect(contentHtml(missing, { isOurs: true })).rejects.toThrow();
  expect(await html(missing)).toContain('src="/journal/nothing.svg"');
  expect(await html("![Rings](/journal/rings.svg)")).toMatch(/width="\d+" height="\d+"/);
});
