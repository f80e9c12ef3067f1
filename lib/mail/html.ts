/** Draws a message as HTML that mail programs understand: tables, inline styles, and a second palette for the dark. */
import { backdropColour, INK, LINE, PAPER, QUIET, RAISED } from "@/lib/domain/palette";
import type { Block, Goods, Message } from "./blocks";

/** Markup that is finished; everything else is escaped when it is put into a template. */
class Markup {
  constructor(readonly source: string) {}
}

type Part = string | number | Markup | readonly Markup[];

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escaped = (words: string | number): string =>
  String(words).replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? "");

function html(sources: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const drawn = parts.map((part) => {
    if (part instanceof Markup) return part.source;
    return typeof part === "object" ? part.map(({ source }) => source).join("") : escaped(part);
  });
  return new Markup(sources.map((source, i) => source + (drawn[i] ?? "")).join(""));
}

const FACE = "'Instrument Sans',-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const HEAD = "'Bricolage Grotesque','Instrument Sans',-apple-system,'Segoe UI',Helvetica,Arial,sans-serif";

// What is drawn inline for programs that drop styles is said again for those that know the dark.
const STYLE = `:root{color-scheme:light dark;supported-color-schemes:light dark}
a{color:inherit}
@media (max-width:480px){.outer{padding:12px 0!important}.raised{border-left:0!important;border-right:0!important}.pad{padding-left:20px!important;padding-right:20px!important}.h1{font-size:26px!important}
.wide,.wide a{display:block!important;width:auto!important;text-align:center!important}}
@media (prefers-color-scheme:dark){.paper{background:#141210!important}.raised{background:#1d1a17!important}
.ink{color:#f1ece2!important}.quiet{color:#a39b8d!important}.line{border-color:#37322c!important}
.press{background:#f1ece2!important;color:#141210!important}}`;

// Apple's programs load them, the others take the next face of the list.
const facesFrom = (home: string): string =>
  [
    ["Bricolage Grotesque", "bricolage-grotesque", "200 800"],
    ["Instrument Sans", "instrument-sans", "400 700"],
  ]
    .map(
      ([name, file, weight]) =>
        `@font-face{font-family:'${name}';src:url(${new URL(`/fonts/${file}.woff2`, home)}) format('woff2');font-weight:${weight}}`,
    )
    .join("\n");

/** A whole page around the message. `shop` is the store's name, `home` its address. */
export function drawHtml(message: Message, { shop, home, links, locale }: Frame): string {
  return html`<!doctype html>
<html lang="${locale}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no">
<title>${message.heading}</title>
<style>${new Markup(facesFrom(home))}${new Markup(STYLE)}</style>
</head>
<body class="paper" style="margin:0;padding:0;background:${PAPER}">
<div style="display:none;max-height:0;overflow:hidden;opacity:0">${message.preheader}${FILL}</div>
<table role="presentation" class="paper" width="100%" cellpadding="0" cellspacing="0" style="background:${PAPER}">
<tr><td class="outer" align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:600px">
<tr><td class="pad" style="padding:8px 36px 20px"><a href="${home}" class="ink" style="font:600 22px/1.2 ${HEAD};color:${INK};letter-spacing:-.022em;text-decoration:none">${shop}</a></td></tr>
<tr><td class="raised line pad" style="padding:36px;background:${RAISED};border:1px solid ${LINE}">
${about(message.about)}<h1 class="ink h1" style="margin:0 0 20px;font:560 30px/1.1 ${HEAD};letter-spacing:-.022em;color:${INK};overflow-wrap:anywhere">${message.heading}</h1>
${message.blocks.map(block)}
</td></tr>
<tr><td class="pad quiet" style="padding:20px 36px 8px;${type(13, QUIET)}">${message.reason}${off(message.unsubscribe)}</td></tr>
<tr><td class="pad quiet" style="padding:0 36px 20px;${type(13, QUIET)}">${[{ label: shop, href: home }, ...links].map(footLink)}</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`.source;
}

export interface Frame {
  readonly shop: string;
  readonly home: string;
  /** Where help is, at the foot. */
  readonly links: readonly { readonly label: string; readonly href: string }[];
  readonly locale: string;
}

// Mailboxes fill the preview with the text that follows; spaces of no width keep it out.
const FILL = new Markup("&#847;&zwnj;&nbsp;".repeat(40));

const type = (size: number, colour: string): string => `font:400 ${size}px/1.5 ${FACE};color:${colour}`;

function about(words: string | undefined): Markup {
  return words ? html`<p class="quiet" style="margin:0 0 8px;${type(14, QUIET)}">${words}</p>` : html``;
}

function off(href: string | undefined): Markup {
  return href ? html` <a href="${href}" class="quiet" style="color:${QUIET}">No more of these</a>.` : html``;
}

const footLink = ({ label, href }: Frame["links"][number], i: number): Markup =>
  html`${i > 0 ? " · " : ""}<a href="${href}" class="quiet" style="color:${QUIET};white-space:nowrap">${label}</a>`;

function block(part: Block): Markup {
  switch (part.kind) {
    case "text":
      return html`<p class="ink" style="margin:0 0 16px;${type(16, INK)};overflow-wrap:anywhere">${part.text}</p>
`;
    case "quiet":
      return html`<p class="quiet" style="margin:0 0 16px;${type(14, QUIET)}">${part.text}</p>
`;
    case "button":
      return html`<table role="presentation" class="wide" cellpadding="0" cellspacing="0" style="margin:8px 0 24px"><tbody class="wide"><tr class="wide"><td class="press wide" style="background:${INK};border-radius:2px"><a href="${part.href}" class="press" style="display:inline-block;padding:14px 24px;font:600 16px/1.25 ${FACE};color:${PAPER};text-decoration:none">${part.label}</a></td></tr></tbody></table>
`;
    case "goods":
      return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:8px 0 16px">${part.goods.map(goodsRow)}</table>
`;
    case "sums":
      return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:0 0 24px">${part.rows.map(
        ({ name, value, strong }) =>
          html`<tr><td class="${strong ? "ink" : "quiet"}" style="padding:3px 0;${type(strong ? 16 : 14, strong ? INK : QUIET)};${weight(strong)}">${name}</td><td align="right" class="ink" style="padding:3px 0;${type(strong ? 16 : 14, INK)};${weight(strong)};white-space:nowrap">${value}</td></tr>`,
      )}</table>
`;
    case "facts":
      return html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:0 0 16px">${part.rows.map(
        ({ name, value, href }) =>
          html`<tr><td class="line" style="padding:12px 0;border-top:1px solid ${LINE}"><span class="quiet" style="${type(13, QUIET)}">${name}</span><br><span class="ink" style="${type(16, INK)}">${fact(value, href)}</span></td></tr>`,
      )}</table>
`;
  }
}

const weight = (strong: boolean | undefined): string => `font-weight:${strong ? 600 : 400}`;

function fact(value: string | readonly string[], href: string | undefined): Markup {
  if (typeof value !== "string") return html`${value.map((row) => html`${row}<br>`)}`;
  return href ? html`<a href="${href}" class="ink" style="color:${INK}">${value}</a>` : html`${value}`;
}

function goodsRow({ name, detail, picture, backdrop, end }: Goods): Markup {
  const ground = backdropColour(backdrop);
  const drawn = picture
    ? html`<img src="${picture}" width="72" height="72" alt="" style="display:block;width:72px;height:72px;background:${ground}">`
    : html`<div style="width:72px;height:72px;background:${ground}"></div>`;
  const small = detail ? html`<br><span class="quiet" style="${type(14, QUIET)}">${detail}</span>` : html``;
  return html`<tr><td class="line" width="72" valign="top" style="padding:16px 16px 16px 0;border-top:1px solid ${LINE}">${drawn}</td><td class="line" valign="top" style="padding:16px 0;border-top:1px solid ${LINE};overflow-wrap:anywhere"><span class="ink" style="${type(16, INK)};font-weight:600">${name}</span>${small}</td><td class="line ink" valign="top" align="right" style="padding:16px 0 16px 12px;border-top:1px solid ${LINE};${type(16, INK)};white-space:nowrap">${end}</td></tr>`;
}
