/** The whole table of who may what, over HTTP against the built shop, with other people's ids. No browser. */
import { expect, test } from "@playwright/test";
import { actions } from "./authorisation/deeds";
import { type Place, pages, routes, type Sees } from "./authorisation/places";
import { base, type Door, post, readManifest, saidBy, someAddress } from "./authorisation/sending";
import { type Identity, identities, NOWHERE, openWorld, unknownOf, type World } from "./authorisation/world";

let world: World;
let cookies: Record<Identity, string>;
test.beforeAll(async () => {
  ({ world, cookies } = await openWorld());
});
test.describe.configure({ mode: "default", timeout: 300_000 });

const may = (sees: Sees, who: Identity): boolean => {
  if (typeof sees !== "string") return sees.includes(who);
  if (sees === "everybody") return true;
  if (sees === "users") return who !== "guest";
  if (sees === "staff") return who === "owner" || who === "other owner" || who === "admin";
  return sees === "admins" && who === "admin";
};

/** A line as it is walked; null for an address with a parameter that the table does not fill. */
function placeOf(address: string, line: Sees | Place): Place | null {
  if (typeof line === "object" && "address" in line) return line;
  return address.includes("[") ? null : { sees: line, address: () => address };
}

/** What an answer says to a person: where it leads, or its status and headline. What it was asked for is left out. */
async function ask(who: Identity, address: string, method = "GET"): Promise<string> {
  const answer = await fetch(base + address, {
    method,
    redirect: "manual",
    headers: { "x-forwarded-for": someAddress(), ...(cookies[who] && { cookie: cookies[who] }) },
  });
  const to = answer.headers.get("location");
  const body = await answer.text();
  if (to) return /\/sign-in\b/.test(to) ? "closed: sign in" : "open: leads on";
  const head = /<h1[^>]*>(.*?)<\/h1>/s.exec(body)?.[1]?.replace(/<[^>]+>/g, "") ?? "";
  if (/http-equiv="refresh" content="0;url=\/sign-in/i.test(body)) return "closed: sign in";
  const isClosed = answer.status >= 400 || (address !== "/orders" && CLOSED.test(head));
  return isClosed ? `closed: ${answer.status} ${head}` : "open";
}
// The headlines of pages that say that there is nothing. The form that finds an order is such an answer, too.
const CLOSED =
  /^(?:No line crosses here|Nothing here|This link |This cart is no longer open|Please sign in|Find your order)/;

/** What is wrong at one address: seen by who may not, hidden from who may, or telling what is there. */
async function faultsAt(who: Identity, place: Place, method?: string): Promise<string[]> {
  const address = place.address(world);
  const said = await ask(who, address, method);
  const isMeant = may(place.sees, who);
  // The demo has none of these: that there is nothing for others is all that can be seen.
  if (isMeant && address.includes(NOWHERE)) return [];
  const faults = said.startsWith("open") === isMeant ? [] : [`${who} at ${address}: ${said}`];
  if (isMeant) return faults;
  const unknown = await ask(who, place.address(unknownOf(world)), method);
  return unknown === said
    ? faults
    : [...faults, `${who} at ${address}: "${said}", but "${unknown}" if unknown`];
}

test("pages: who may see them, and others' answer as if there were nothing", async () => {
  const wrong: string[] = [];
  for (const [page, line] of Object.entries(pages)) {
    const place = placeOf(page, line);
    if (!place) continue;
    wrong.push(...(await Promise.all(identities.map((who) => faultsAt(who, place)))).flat());
  }
  expect(wrong).toEqual([]);
});

test("route handlers: the same", async () => {
  const wrong: string[] = [];
  for (const [route, line] of Object.entries(routes)) {
    const [method = "GET", address = ""] = route.split(" ");
    const place = placeOf(address, line);
    if (!place) continue;
    // One after the other: the feed refuses too many at once.
    for (const who of identities) wrong.push(...(await faultsAt(who, place, method)));
  }
  expect(wrong).toEqual([]);
});

test("actions: the door, and beyond it other people's things", async () => {
  const wrong: string[] = [];
  const ids = readManifest();
  const nowhere = unknownOf(world);
  const needs = { anybody: 0, user: 1, staff: 2, admin: 3 } as const;
  const rank = { guest: 0, customer: 1, "other customer": 1, owner: 2, "other owner": 2, admin: 3 } as const;
  for (const [name, deed] of Object.entries(actions)) {
    const id = ids.get(name);
    if (!id) {
      // What no page uses is not in the build and cannot be called.
      wrong.push(`${name} is not in the build`);
      continue;
    }
    await Promise.all(
      identities.map(async (who) => {
        const isIn = rank[who] >= needs[deed.who];
        if (isIn && (deed.acts || deed.may?.includes(who))) return;
        const said = await send(who, id, deed.to?.(world) ?? {});
        const closed = who === "guest" ? "sign_in_required" : "forbidden";
        if (!isIn && said !== closed) wrong.push(`${who} sends ${name}: ${said} instead of ${closed}`);
        if (!isIn) return;
        if (!deed.to) {
          if (["sign_in_required", "forbidden"].includes(said)) wrong.push(`${who} sends ${name}: ${said}`);
          return;
        }
        const unknown = await send(who, id, deed.to(nowhere));
        if (unknown !== said) wrong.push(`${who} sends ${name}: ${said}, but ${unknown} for an unknown one`);
        if (!deed.isSilent && ["done", "leads on", "invalid_input", "internal"].includes(said))
          wrong.push(`${who} sends ${name} with another's id: ${said}`);
      }),
    );
  }
  expect(wrong).toEqual([]);
});

const send = async (who: Identity, door: Door, fields: Readonly<Record<string, string>>): Promise<string> =>
  saidBy(await post(door, fields, { cookie: cookies[who] }));
