import { eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { type Cast, cast, guest, variantId } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { mail } from "@/db/schema/notifications";
import { runJobs } from "@/db/testing/orders";
import { tokenOf } from "@/lib/mail/links";
import { requestPasswordReset } from "@/lib/services/accounts-proof";
import { getMail, listMail } from "./mail";

const FIRST = { search: "", view: "all", sort: "when", page: 1, pageSize: 2 } as const;

let people: Cast;
let number: string;
beforeAll(async () => {
  people = await cast();
  const wishes = [{ variantId: await variantId("TOTE"), quantity: 1 }];
  ({ number } = await order(guest(), wishes, { method: "cash_on_delivery", email: "grace@example.org" }));
  await requestPasswordReset({ email: "ada@example.com", ip: "ip" });
  await runJobs();
});

test("lists what there is by state, address, subject and order, a page at a time", async () => {
  const all = await listMail(people.admin, FIRST);
  expect(all.counts).toEqual({ all: 3, queued: 0, kept: 3, sent: 0, failed: 0 });
  expect([all.rows.length, all.pages, all.isSending]).toEqual([2, 2, false]);
  const found = async (search: string) =>
    (await listMail(people.admin, { ...FIRST, search, pageSize: 9 })).rows
      .map(({ template }) => template)
      .sort();
  expect(await found("GRACE@")).toEqual(["order_confirmed"]);
  expect(await found(number.toLowerCase())).toEqual(["order_confirmed", "owner_new_order"]);
  expect(await found("password")).toEqual(["reset_password"]);
  expect((await listMail(people.admin, { ...FIRST, view: "failed" })).rows).toEqual([]);
});

test("shows a mail as its reader gets it; a secret that was sent is left out", async () => {
  const [row] = await db.select().from(mail).where(eq(mail.template, "reset_password"));
  const id = row?.id ?? "";
  const secret = tokenOf("reset_password", String(row?.data.seed));
  expect((await getMail(people.admin, id))?.text).toContain(secret);
  await db.update(mail).set({ status: "sent" }).where(eq(mail.id, id));
  const sent = await getMail(people.admin, id);
  expect(sent).toMatchObject({ hasSecrets: true, canResend: false });
  expect(`${sent?.text}${sent?.html}`).not.toContain(secret);
});

test("an unknown mail and an id that is none are nothing", async () => {
  expect(await getMail(people.admin, "0199f0a0-0000-7000-8000-000000000001")).toBeNull();
  expect(await getMail(people.admin, "' or 1=1")).toBeNull();
});

test("a mail that cannot be written is shown all the same, with the reason", async () => {
  const [row] = await db.select().from(mail).where(eq(mail.template, "owner_new_order"));
  await db
    .update(mail)
    .set({ template: "unheard_of", status: "failed" })
    .where(eq(mail.id, row?.id ?? ""));
  const shown = await getMail(people.admin, row?.id ?? "");
  expect(shown).toMatchObject({ status: "failed", canResend: true });
  expect(`${shown?.text}`).toContain("no mail is called unheard_of");
});
