// @ts-check
/**
 * A cached page that turned out not to exist is hollow: scripts draw it. This puts our own page for it between
 * <noscript> tags, so that it can be read without scripts too; with scripts nothing changes.
 */
import { readFileSync } from "node:fs";

const HOLLOW = '<html id="__next_error__">';
const SCRIPTS = /<script[^>]*>[\s\S]*?<\/script>/g;

/** @type {Map<string, { head: string, body: string }>} */
const pages = new Map();

/**
 * The finished not-found page of the build, in parts and without scripts.
 * @param {string} distDir
 */
function missingPage(distDir) {
  let page = pages.get(distDir);
  if (page) return page;
  const html = readFileSync(`${distDir}/server/app/_not-found.html`, "utf8").replace(SCRIPTS, "");
  const head = html.match(/<link rel="stylesheet"[^>]*>|<style[^>]*>[\s\S]*?<\/style>/g)?.join("") ?? "";
  const body = /<body([^>]*)>([\s\S]*)<\/body>/.exec(html)?.[2] ?? "";
  const frame = /<html([^>]*)>/.exec(html)?.[1] ?? "";
  page = {
    head: `<noscript>${head}</noscript>`,
    body: `<noscript><div${classOf(frame)}>${body}</div></noscript>`,
  };
  pages.set(distDir, page);
  return page;
}

/** Fonts hang on the class of the html element. @param {string} attributes */
const classOf = (attributes) => / class="[^"]*"/.exec(attributes)?.[0] ?? "";

/**
 * @param {string} html
 * @param {string} [distDir] where the build lies
 * @returns {string}
 */
export function fillMissing(html, distDir = process.env.DIST_DIR || ".next") {
  if (!html.includes(HOLLOW) || html.includes("<noscript>")) return html;
  try {
    const { head, body } = missingPage(distDir);
    return html.replace("</head>", () => `${head}</head>`).replace(/<body[^>]*>/, (open) => open + body);
  } catch {
    // No such file while the build itself runs: the page stays as it is.
    return html;
  }
}
