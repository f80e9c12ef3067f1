/** The frame of the sandbox's own pages: escaping, style, policy. They hold no script at all. */
import { createHash } from "node:crypto";

/** Text that is markup already. */
class Markup {
  constructor(readonly text: string) {}
}

type Part = string | number | null | undefined | Markup | readonly Markup[];

/** Markup with everything put into it escaped, save markup itself. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Markup {
  let text = strings[0] ?? "";
  parts.forEach((part, i) => {
    text += written(part) + (strings[i + 1] ?? "");
  });
  return new Markup(text);
}

export type { Markup };

function written(part: Part): string {
  if (part === null || part === undefined) return "";
  if (part instanceof Markup) return part.text;
  if (typeof part === "object") return part.map((item) => item.text).join("");
  return String(part).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

const STYLE = `
:root{color-scheme:light dark;--paper:light-dark(#f6f3ec,#141210);--raised:light-dark(#fffdf8,#1d1a17);--ink:light-dark(#16130f,#f1ece2);--quiet:light-dark(#5f584e,#a89f91);--line:light-dark(#16130f2b,#f1ece233);--edge:light-dark(#857d70,#857d70);--signal:light-dark(#b92f16,#ff8a6e);--focus:light-dark(#1f3fbf,#9db2ff)}
*{box-sizing:border-box;margin:0}
html{font:400 1rem/1.5 "Instrument Sans",system-ui,sans-serif;background:var(--paper);color:var(--ink);-webkit-text-size-adjust:100%}
body{min-height:100vh;display:grid;grid-template-rows:auto 1fr auto}
a{color:inherit;text-underline-offset:4px}
:focus-visible{outline:3px solid var(--focus);outline-offset:3px}
header,footer{padding:16px clamp(16px,4vw,48px);display:flex;flex-wrap:wrap;gap:4px 24px;justify-content:space-between}
header{border-bottom:1px solid var(--line)}
header a{min-height:24px}
footer{border-top:1px solid var(--line);color:var(--quiet);font-size:.8125rem}
main{width:100%;max-width:944px;margin:0 auto;padding:clamp(24px,5vw,64px) clamp(16px,4vw,48px);display:grid;gap:32px clamp(32px,6vw,80px);align-content:start}
@media(min-width:760px){main.two{grid-template-columns:5fr 6fr}}
main.one{max-width:560px}
h1{font-size:clamp(1.75rem,1.1rem + 2.4vw,2.5rem);line-height:1.05;letter-spacing:-.02em;font-weight:600;text-wrap:balance}
h2{font-size:1rem;font-weight:600}
.quiet{color:var(--quiet)}
.sum{font-size:clamp(2rem,1.4rem + 3vw,3rem);font-weight:600;letter-spacing:-.03em;line-height:1.1;font-variant-numeric:tabular-nums}
.stack{display:grid;gap:16px;align-content:start}
dl{display:grid;grid-template-columns:1fr auto;gap:8px 16px;border-top:1px solid var(--line);padding-top:16px}
dd{font-variant-numeric:tabular-nums}
.field{display:grid;gap:6px;align-content:start}
label{font-size:.875rem;font-weight:600}
input{font:inherit;font-variant-numeric:tabular-nums;color:inherit;background:var(--raised);border:1px solid var(--edge);height:50px;padding:0 14px;border-radius:2px;width:100%;min-width:0}
input[aria-invalid=true]{border:2px solid var(--signal)}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:16px}
.why{color:var(--signal);font-size:.875rem}
.alert{border-left:3px solid var(--signal);padding:8px 16px;background:var(--raised)}
button{font:inherit;font-weight:600;min-height:52px;padding:12px 24px;border-radius:2px;border:0;background:var(--ink);color:var(--paper);cursor:pointer;width:100%}
button.line{background:none;color:inherit;box-shadow:inset 0 0 0 1.5px var(--edge)}
summary{cursor:pointer;min-height:24px;font-size:.875rem}
details p{font-size:.875rem;padding-top:8px}
ul{padding:8px 0 0;list-style:none;display:grid;gap:6px;font-size:.875rem}
code{font:inherit;font-variant-numeric:tabular-nums;font-weight:600}
`;

const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

export type Page = { status: number; headers: Record<string, string>; body: string };

/** A whole page. `targets` are other origins that its forms may end up at. */
export function framed(
  title: string,
  layout: "one" | "two",
  content: Markup,
  options: { status?: number; back?: string | null; targets?: readonly string[] } = {},
): Page {
  const back = options.back ? html`<a href="${options.back}">Back to the shop</a>` : html``;
  const body = html`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
<style>${new Markup(STYLE)}</style></head><body>
<header><strong>Payment sandbox</strong>${back}</header>
<main class="${layout}">${content}</main>
<footer><span>A test payment. No money moves.</span></footer></body></html>`;
  const origins = [...new Set(options.targets ?? [])].join(" ");
  return {
    status: options.status ?? 200,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "cache-control": "no-store",
      "content-security-policy": `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; img-src 'self'; form-action 'self' ${origins}; base-uri 'none'; frame-ancestors 'none'`,
      "referrer-policy": "same-origin",
      "x-content-type-options": "nosniff",
      "x-robots-tag": "noindex",
    },
    body: body.text,
  };
}

export function redirect(location: string): Page {
  const headers = { location, "cache-control": "no-store", "referrer-policy": "same-origin" };
  return { status: 303, headers, body: "" };
}

export function missingPage(): Page {
  const content = html`<div class="stack"><h1>This payment page does not exist</h1>
<p>The link may be incomplete. Go back to the shop and start the payment again; nothing was charged.</p></div>`;
  return framed("Not found", "one", content, { status: 404 });
}

/** "€12.50". `amount` in the smallest unit of `currency`. */
export function money(amount: number, currency: string): string {
  const format = new Intl.NumberFormat("en-IE", { style: "currency", currency: currency.toUpperCase() });
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}
