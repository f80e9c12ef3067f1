/** Every action, sent a price, a role, an owner and their like by whoever may use it: what its form does not have is refused, and nothing is done. */
import { sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { db } from "@/db/client";
import { comeAs } from "@/db/testing/front-door";
import { actions } from "../e2e/authorisation/deeds";
import { NOWHERE, type World } from "../e2e/authorisation/world";

const FALSE: Readonly<Record<string, string>> = {
  ...{ price: "0.01", unitPrice: "1", total: "1", amount: "0.01" },
  ...{ role: "admin", isAdmin: "true", "user.role": "admin", "__proto__.role": "admin" },
  ...{ ownerId: NOWHERE, userId: NOWHERE, status: "completed", commission: "0" },
  ...{
    "variants.0.price": "0.01",
    "lines.0.unitPrice": "1",
    "shipping.price": "0",
    emailVerifiedAt: "2020-01-01",
  },
};
/** The few forms that have such a field, none of them a shopper's; their services say who may set it to what. */
const HAVE: Readonly<Record<string, readonly string[]>> = {
  "admin/books.ts#bookCash": ["amount"],
  "admin/catalog-bulk.ts#changeProducts": ["price", "status"],
  "admin/catalog-bulk.ts#changeRow": ["price", "status"],
  "admin/catalog-options.ts#makeVariants": ["price"],
  "admin/catalog.ts#editProduct": ["status", "variants.0.price"],
  "admin/catalog.ts#newProduct": ["price", "ownerId"],
  "admin/customers.ts#giveMembership": ["userId"],
  "admin/customers.ts#noteCustomer": ["userId"],
  "admin/payouts.ts#changeCommission": ["ownerId", "commission"],
  "admin/payouts.ts#payOut": ["ownerId"],
  "admin/payouts.ts#saveShop": ["ownerId"],
  "admin/refunds.ts#refundOrder": ["amount"],
  "admin/returns.ts#payReturn": ["amount"],
  "admin/settings.ts#saveSettings": ["commission"],
  "admin/shipping.ts#saveRate": ["amount"],
  "admin/staff.ts#activateStaff": ["userId"],
  "admin/staff.ts#changeStaffRole": ["role", "userId"],
  "admin/staff.ts#deactivateStaff": ["userId"],
  "admin/staff.ts#endStaffSessions": ["userId"],
  "admin/staff.ts#inviteStaff": ["role"],
  "admin/staff.ts#removeStaffFactor": ["userId"],
};
/** The form says so many names at once. */
const AT_ONCE = 4;

let people: Cast;
let world: World;
beforeAll(async () => {
  people = await cast();
  const { mug, id } = people;
  const known = { product: mug.id, variant: mug.variantIds[0], categoryId: id.category, owner: id.lineShop };
  world = new Proxy(known as object as World, { get: (their, name) => Reflect.get(their, name) ?? NOWHERE });
});

/** All rows of all tables, but for who is here and how often they asked. */
async function kept(): Promise<unknown> {
  const tables = await db.execute<{ name: string }>(sql`SELECT tablename AS name FROM pg_tables
    WHERE schemaname = 'public' AND tablename NOT IN ('rate_limits', 'sessions') ORDER BY 1`);
  const all: [string, unknown][] = [];
  for (const { name } of tables) {
    const rows = await db.execute(
      sql`SELECT md5(string_agg(t::text, '' ORDER BY t::text)) AS sum FROM ${sql.identifier(name)} t`,
    );
    all.push([name, rows[0]?.sum]);
  }
  return all;
}

async function send(
  name: string,
  fields: Readonly<Record<string, string>>,
): Promise<{ code?: string; message?: string }> {
  const [file, exported = ""] = name.split("#");
  const { [exported]: act } = await import(/* @vite-ignore */ `../lib/actions/${file}`);
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.set(field, value);
  return act({ status: "idle" }, form);
}

const inFours = Object.keys(FALSE).flatMap((_, i, all) => (i % AT_ONCE ? [] : [all.slice(i, i + AT_ONCE)]));

it("refuses each of them at every action whose form does not have it, and changes no row", async () => {
  const comes = { anybody: null, user: people.id.ada, staff: people.id.line, admin: people.id.admin };
  const before = await kept();
  const have: Record<string, string[]> = {};
  for (const who of ["anybody", "user", "staff", "admin"] as const) {
    await comeAs(comes[who]);
    for (const [name, deed] of Object.entries(actions)) {
      if (deed.who !== who) continue;
      await db.execute(sql`DELETE FROM rate_limits`);
      const own = deed.to?.(world) ?? {};
      for (const names of inFours) {
        // The last one no form has, so that none of these acts.
        const sent = {
          ...own,
          ...Object.fromEntries(names.map((each) => [each, FALSE[each] ?? ""])),
          planted: "1",
        };
        const { code, message = "" } = await send(name, sent);
        expect(code, name).toBe("invalid_input");
        const told =
          /fields? that it does not have: (.*)\. Load the page again\.$/.exec(message)?.[1]?.split(", ") ??
          [];
        const known = names.filter((each) => !told.includes(each));
        expect(told, name).toEqual([...names.filter((each) => !known.includes(each)), "planted"]);
        if (known.length > 0) have[name] = [...(have[name] ?? []), ...known];
      }
    }
  }
  expect(have).toEqual(HAVE);
  expect(await kept()).toEqual(before);
});
