/**
 * The front door of the back office in tests: a person's real session, pages as HTML, forms sent to their actions.
 * What Next gives a request stands in `./next`.
 */
import { text } from "node:stream/consumers";
import { NextRequest } from "next/server";
import { encode } from "next-auth/jwt";
import { createElement, type ReactNode } from "react";
import { prerenderToNodeStream } from "react-dom/static";
import * as sessions from "@/lib/services/sessions";
import { withTx } from "../tx";
import { partsOf, strangeFields } from "./drawn-forms";
import { jar, OWN } from "./next/headers";

/** From here on the requests of this file are this user's; null is a guest. Answers the way back to the same session. */
export async function comeAs(userId: string | null): Promise<() => void> {
  const sid = userId && (await withTx((tx) => sessions.open(tx, userId, "a browser of a test")));
  const token =
    sid && (await encode({ token: { sid }, secret: process.env.AUTH_SECRET ?? "", salt: "session" }));
  const come = () => {
    jar.clear();
    if (token) jar.set("session", token);
  };
  come();
  return come;
}

/** Asks a route handler as this browser does, with its cookies, and keeps those that it answers. */
export async function visit(door: (request: NextRequest) => Promise<Response>, address: string) {
  const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  // Next names a request after the port it listens on, whatever the browser called it.
  const named = address.replace(OWN.origin, "");
  const request = new NextRequest(new URL(named, "https://localhost:4711"), { headers: { ...OWN, cookie } });
  const answer = await door(request);
  for (const line of answer.headers.getSetCookie()) {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (/; Max-Age=0/i.test(line)) jar.delete(name);
    else jar.set(name, decodeURIComponent(value));
  }
  return answer;
}

/** Puts this browser away and takes another, or one that was put away; answers the one before. */
export function changeBrowser(to: ReadonlyMap<string, string> = new Map()): ReadonlyMap<string, string> {
  const before = new Map(jar);
  jar.clear();
  for (const [name, value] of to) jar.set(name, value);
  return before;
}

type Query = Record<string, string | string[]>;
/** Each page names its own parts of the address; none of them is asked for here. */
export type Page = (props: { searchParams: Promise<Query>; params: Promise<never> }) => Promise<ReactNode>;

/**
 * A page's words and numbers as a browser gets them, without its comments. Rejects where it leads elsewhere, and where a
 * form of it has a field that its action would refuse.
 */
export function pageOf(
  page: Page,
  query: Query = {},
  params: Record<string, string | string[]> = {},
): Promise<string> {
  const Shown = page as unknown as (props: object) => ReactNode;
  const props = { searchParams: Promise.resolve(query), params: Promise.resolve(params) };
  // What is thrown in `onError` would be nobody's, and the page never done.
  return new Promise((done, failed) => {
    prerenderToNodeStream(createElement(Shown, props), { onError: failed })
      .then(({ prelude }) => text(prelude))
      .then((html) => {
        const strange = strangeFields(html);
        if (strange.length > 0) throw new Error(`Its action has no field ${strange.join(", ")}`);
        done(html.replace(/<!--.*?-->/g, ""));
      })
      .catch(failed);
  });
}

/** What a page says, without its markup: one line for each element with words of its own. */
export function wordsOf(html: string): string {
  return plain(html.replace(/<(style|script)\b.*?<\/\1>/gs, "").replace(/<[^>]*>/g, "\n"))
    .replace(/[ \u00a0\u202f]+/g, " ")
    .replace(/\s*\n\s*/g, "\n")
    .trim();
}

const plain = (html: string): string =>
  html
    .replaceAll("&#x27;", "'")
    .replaceAll("&quot;", '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

type Values = Record<string, string | readonly string[]>;
type Answered = { to: string } | { status?: string; message?: string; fields?: unknown; data?: unknown };

/**
 * Sends the form that says `marker` (its label, or words within it) to its action, with what stands in it and the
 * `typed` values, whose fields it must have. Answers the address it leads to, or what the action says.
 */
export async function sendForm(
  html: string,
  marker: string,
  action: (previous: never, form: FormData) => Promise<unknown>,
  typed: Values = {},
): Promise<Answered> {
  const form = (html.match(/<form .*?<\/form>/gs) ?? []).find((each) => each.includes(marker));
  if (!form) throw new Error(`The page has no form "${marker}".`);
  const fields = fieldsOf(partsOf(html, form));
  const data = new FormData();
  for (const [name, value] of fields) if (value !== null && !(name in typed)) data.append(name, value);
  for (const [name, value] of Object.entries(typed)) {
    if (!fields.some(([each]) => each === name))
      throw new Error(`The form "${marker}" has no field ${name}.`);
    for (const one of [value].flat()) data.append(name, one);
  }
  try {
    return (await action({ status: "idle" } as never, data)) as Answered;
  } catch (error) {
    const [kind, , to] = String((error as { digest?: unknown }).digest).split(";");
    if (kind !== "NEXT_REDIRECT") throw error;
    return { to: to ?? "" };
  }
}

/** Names of fields with what a browser would send; null where it sends nothing. */
function fieldsOf(form: string): [string, string | null][] {
  const shown = form.replace(/<noscript>.*?<\/noscript>/gs, "");
  const tags =
    shown.match(/<(?:input|button)\b[^>]*>|<select\b.*?<\/select>|<textarea\b.*?<\/textarea>/gs) ?? [];
  return tags.flatMap((tag): [string, string | null][] => {
    const open = /^<[^>]*>/.exec(tag)?.[0] ?? "";
    const name = attribute(open, "name");
    if (!name) return [];
    if (tag.startsWith("<textarea")) return [[name, wordsOf(tag)]];
    if (tag.startsWith("<select")) {
      const options = tag.match(/<option\b.*?<\/option>/gs) ?? [];
      const chosen = options.find((option) => / selected=/.test(option)) ?? options[0] ?? "";
      return [[name, attribute(chosen, "value") ?? wordsOf(chosen)]];
    }
    const isTick = / type="(checkbox|radio)"/.test(tag);
    const isSent = !tag.startsWith("<button") && (!isTick || / checked=/.test(tag));
    return [[name, isSent ? (attribute(tag, "value") ?? (isTick ? "on" : "")) : null]];
  });
}

const attribute = (tag: string, name: string): string | undefined => {
  const value = new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1];
  return value === undefined ? undefined : plain(value);
};
