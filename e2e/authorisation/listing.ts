/** Everything of the shop that answers a request, read from the code: actions, methods of route handlers, pages. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const METHODS = /^export (?:const|async function|function) (GET|HEAD|POST|PUT|PATCH|DELETE)\b/gm;
const HANDED_ON = /^export const \{([^}]+)\}/gm;

/** Files below a folder, as paths from the root. */
function filesBelow(folder: string, fits: RegExp): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => path.posix.join(folder, name.split(path.sep).join("/")))
    .filter((file) => fits.test(file))
    .sort();
}

/** The address of a page or route: without groups, with its parameters in brackets. */
const addressOf = (file: string): string =>
  file
    .replace(/^app/, "")
    .replace(/\/\([^)]+\)/g, "")
    .replace(/\/(?:page|route)\.tsx?$/, "") || "/";

/** "orders.ts#cancelOrder" and who the wrapper lets in; `null` for an export that is not made by `action(...)`. */
export function listActions(): Map<string, "anybody" | "user" | "staff" | "admin" | null> {
  const found = new Map<string, "anybody" | "user" | "staff" | "admin" | null>();
  for (const file of filesBelow("lib/actions", /(?<!\.test)\.ts$/)) {
    const text = readFileSync(file, "utf8");
    if (!text.startsWith('"use server"')) continue;
    const parts = text.split(/^export (?=const|async function|function|default)/m).slice(1);
    for (const part of parts) {
      const name = /^(?:const|async function|function) (\w+)/.exec(part)?.[1] ?? "default";
      const who = /^const \w+ = action\(/.test(part)
        ? ((/\bwho: "(user|staff|admin)"/.exec(part)?.[1] ?? "anybody") as
            | "anybody"
            | "user"
            | "staff"
            | "admin")
        : null;
      found.set(`${file.replace("lib/actions/", "")}#${name}`, who);
    }
  }
  return found;
}

/** "GET /api/live" … */
export function listRoutes(): string[] {
  return filesBelow("app", /\/route\.tsx?$/).flatMap((file) => {
    const text = readFileSync(file, "utf8");
    const named = [...text.matchAll(METHODS)].map(([, method]) => method);
    const handedOn = [...text.matchAll(HANDED_ON)].flatMap(([, names]) => (names ?? "").split(","));
    return [...named, ...handedOn].map((method) => `${(method ?? "").trim()} ${addressOf(file)}`);
  });
}

/** "/admin/orders/[number]" … */
export const listPages = (): string[] => filesBelow("app", /\/page\.tsx$/).map(addressOf);
