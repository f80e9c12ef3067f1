import { describe, expect, it } from "vitest";
import { cleanHtml, plainText, richText } from "./rich-text";

const shown = (stored: string) => richText(stored)?.html;

describe("a description in HTML", () => {
  it("loses what could run, load or lead astray, however it came to be stored", () => {
    const stored = `<p onclick="alert(1)" style="color:red">One<script>alert("x")</script></p>
      <img src=x onerror=alert(1)><iframe src="//evil.example"></iframe><svg onload=alert(1)>
      <a href="javascript:alert(1)">a</a><a href="//evil.example">b</a><math><mi xlink:href="data:x">m</mi></math>`;
    const html = shown(stored) ?? "";
    expect(html).not.toMatch(/script|alert|onerror|onload|style|iframe|img|svg|evil|javascript|data:/);
    expect(html).toContain("<p>One</p>");
  });

  it("keeps lists, tables and links, and tells search engines not to follow these", () => {
    const html = shown(
      '<ul><li>first<li>second</ul><a href="https://x.example/a?b=1">x</a><table border=1><tr><td colspan=2>1</table>',
    );
    expect(html).toContain("<ul><li>first</li><li>second</li></ul>");
    expect(html).toContain('<p><a href="https://x.example/a?b=1" rel="nofollow noopener">x</a></p>');
    expect(html).toMatch(
      /<div class="rich-table" tabindex="0"[^>]*><table>.*<td colspan="2">1<\/td>.*<\/table><\/div>/,
    );
  });

  it("goes down from the second heading without a gap", () => {
    expect(shown("<h4>a</h4><h6>b</h6><h1>c</h1><h5>d</h5>")).toBe(
      "<h2>a</h2>\n<h3>b</h3>\n<h2>c</h2>\n<h3>d</h3>",
    );
  });

  it("makes paragraphs of loose text", () => {
    expect(shown("one <b>two</b><br>three<p>four</p>five")).toBe(
      "<p>one <b>two</b><br />three</p>\n<p>four</p>\n<p>five</p>",
    );
    expect(shown("<div>a<div>b</div></div>c<ul><li><div>d</div></li></ul>")).toBe(
      "<p>a</p>\n<p>b</p>\n<p>c</p>\n<ul><li> d </li></ul>",
    );
    expect(richText("<p>&nbsp;</p> <br>")).toBeNull();
    // Each space once doubled the time: this one took hours.
    expect(shown(`<p>${"&nbsp;".repeat(44)}x</p>`)).toContain("x</p>");
  });

  it("folds what is long between two blocks, never behind a heading", () => {
    const words = (length: number) => `<p>${"a".repeat(length)}</p>`;
    expect(richText(words(600) + words(300))?.rest).toBeNull();
    expect(richText(words(5_000))?.rest).toBeNull();
    const long = richText(`${words(650)}<h2>${"b".repeat(60)}</h2>${words(800)}`);
    expect(long?.html).toBe(words(650));
    expect(long?.rest).toMatch(/^<h2>b+<\/h2>\n<p>a+<\/p>$/);
  });

  it("is plain text as well, which brings no tag along", () => {
    expect(plainText(["a <b> & c\nd", "e"])).toEqual({
      html: "<p>a &lt;b&gt; &amp; c<br />d</p>\n<p>e</p>",
      rest: null,
    });
    expect(plainText([])).toBeNull();
  });

  it("is the same when it is cleaned twice", () => {
    const once = cleanHtml('<div><h1>A</h1><p>b &amp; <a href="https://x.example">c</a></p></div>');
    expect(cleanHtml(once)).toBe(once);
  });
});
