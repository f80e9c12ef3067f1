import { and, eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { db } from "@/db/client";
import { audit } from "@/db/schema/audit";
import { products, variants } from "@/db/schema/catalog";
import { notifications } from "@/db/schema/notifications";
import { cacheExpiries, settings } from "@/db/schema/settings";
import { HOME_TAG, productTag } from "@/lib/cache-tags";
import type { Staff } from "@/lib/domain/actors";
import { canRevert } from "@/lib/domain/audit-revert";
import { ShopError } from "@/lib/domain/errors";
import { fieldMoment } from "@/lib/domain/moments-input";
import { lastEntryBy } from "./audit";
import { revert } from "./audit-revert";
import { bulkEdit } from "./catalog-bulk";
import { createProduct } from "./catalog-create";
import { runDue, scheduleProduct } from "./catalog-schedule";

let world: Cast;
let zone: string;
beforeAll(async () => {
  world = await cast();
  zone = (await db.select({ zone: settings.timeZone }).from(settings))[0]?.zone ?? "UTC";
});

const one = async (id: string) => {
  const [row] = await db.select().from(products).where(eq(products.id, id));
  if (!row) throw new Error("no product");
  return row;
};
async function draft(name: string): Promise<string> {
  const input = {
    name,
    categoryId: world.id.category,
    price: "12",
    sku: "",
    stock: 0,
    requestKey: `due-${name}`,
  };
  return (await createProduct(world.line, input)).productId;
}
const DAY = 86_400_000;
const inDays = (days: number) => fieldMoment(new Date(Date.now() + days * DAY), zone);
const schedule = async (id: string, publishAt: string, unpublishAt = "") =>
  scheduleProduct(world.line, { productId: id, version: (await one(id)).version, publishAt, unpublishAt });
const fieldsOf = (run: Promise<unknown>) =>
  run.then(
    () => undefined,
    (error: unknown) => (error instanceof ShopError ? (error.data as { fields?: unknown }).fields : error),
  );
/** The moment comes, `ms` from now. */
const bring = (id: string, column: "publishAt" | "unpublishAt", ms: number) =>
  db
    .update(products)
    .set({ [column]: sql`shop_now() + ${`${ms} milliseconds`}::interval` })
    .where(eq(products.id, id));

/** Runs the job; answers how long it was asked to wait, and lets that time pass. */
async function run(): Promise<number[]> {
  const waits: number[] = [];
  await runDue(world.system, async (ms) => {
    waits.push(ms);
    await new Promise((next) => setTimeout(next, ms));
  });
  return waits;
}

describe("a product on a schedule", () => {
  it("goes into the shop and out of it when its moments come, neither before", async () => {
    const id = await draft("Planned Bowl");
    await schedule(id, inDays(1), inDays(2));
    const jobs = await db.execute<{ at: string }>(
      sql`select run_at as at from graphile_worker.jobs where key like 'catalog.due:%'`,
    );
    expect(jobs).toHaveLength(2);
    expect(await run()).toEqual([]);
    expect((await one(id)).status).toBe("draft");

    await bring(id, "publishAt", 300);
    const [waited = 0] = await run();
    expect(waited).toBeGreaterThan(0);
    expect(waited).toBeLessThanOrEqual(300);
    const sold = await one(id);
    expect(sold).toMatchObject({ status: "active", publishAt: null });
    expect(sold.publishedAt).toBeInstanceOf(Date);
    expect(sold.unpublishAt).toBeInstanceOf(Date);
    const tags = (await db.select().from(cacheExpiries)).map(({ tag }) => tag);
    expect(tags).toEqual(expect.arrayContaining([productTag(id), HOME_TAG]));

    await bring(id, "unpublishAt", -1);
    await run();
    expect(await one(id)).toMatchObject({ status: "draft", unpublishAt: null });
    const logged = await db
      .select()
      .from(audit)
      .where(and(eq(audit.subjectId, id), eq(audit.action, "product.due")));
    expect(logged.map(({ after, actorKind }) => [actorKind, after?.status])).toEqual([
      ["system", "active"],
      ["system", "draft"],
    ]);
  });

  it("stays a draft that is not fit for the shop by then, and its owner is told once", async () => {
    const id = await draft("Unfit Bowl");
    await schedule(id, inDays(1));
    await db.update(variants).set({ isActive: false }).where(eq(variants.productId, id));
    await bring(id, "publishAt", -1);
    await run();
    expect(await one(id)).toMatchObject({ status: "draft", publishAt: null });
    const told = await db
      .select()
      .from(notifications)
      .where(eq(notifications.link, `/admin/products/${id}`));
    expect(told).toMatchObject([{ userId: world.id.line, title: "Unfit Bowl did not go into the shop" }]);
    expect(await fieldsOf(schedule(id, inDays(1)))).toMatchObject({
      publishAt: expect.stringContaining("variant"),
    });
  });

  it("is ended by empty fields and by a change of the status by hand", async () => {
    const id = await draft("Free Bowl");
    await schedule(id, inDays(1));
    await schedule(id, "");
    expect((await one(id)).publishAt).toBeNull();
    await schedule(id, inDays(1), inDays(3));
    const move = { addTags: [], removeTags: [], price: "" };
    await bulkEdit(world.line, { ids: [id], status: "active", ...move });
    expect(await one(id)).toMatchObject({ publishAt: null, unpublishAt: expect.any(Date) });
    await bulkEdit(world.line, { ids: [id], status: "archived", ...move });
    expect(await one(id)).toMatchObject({ publishAt: null, unpublishAt: null });
  });

  it("refuses what is over, out of order or no moment, and other people's products", async () => {
    const id = await draft("Late Bowl");
    expect(await fieldsOf(schedule(id, inDays(-1)))).toMatchObject({
      publishAt: expect.stringContaining("over"),
    });
    expect(await fieldsOf(schedule(id, inDays(2), inDays(1)))).toMatchObject({
      unpublishAt: expect.any(String),
    });
    expect(await fieldsOf(schedule(id, "soon"))).toMatchObject({ publishAt: expect.any(String) });
    expect(await fieldsOf(schedule(id, "", inDays(1)))).toMatchObject({ unpublishAt: expect.any(String) });
    const theirs = { productId: id, version: (await one(id)).version, publishAt: inDays(1), unpublishAt: "" };
    await expect(scheduleProduct(world.ring, theirs)).rejects.toMatchObject({ code: "not_found" });
    await expect(scheduleProduct(world.line, { ...theirs, version: 99 })).rejects.toMatchObject({
      code: "conflict",
    });
  });
});

describe("a schedule that was just kept", () => {
  /** Said in a request of its own; answers the entry that it left. */
  async function say(person: Staff, id: string, publishAt: string, unpublishAt = ""): Promise<string> {
    const staff = { ...person };
    const { version } = await one(id);
    await scheduleProduct(staff, { productId: id, version, publishAt, unpublishAt });
    return lastEntryBy(staff) ?? "";
  }
  const offered = async (entryId: string) => {
    const [entry] = await db
      .select({ row: audit, now: sql<Date>`shop_now()`.mapWith(audit.createdAt) })
      .from(audit)
      .where(eq(audit.id, entryId));
    return entry && canRevert(entry.row, entry.now);
  };

  it("is as before again, by whoever's product it is, and wakes the job for it", async () => {
    const id = await draft("Hasty Bowl");
    const first = await say(world.line, id, inDays(3), inDays(5));
    const was = await one(id);
    const second = await say(world.line, id, inDays(4));
    expect(await offered(second)).toBe(true);
    await expect(revert(world.ring, { entryId: second })).rejects.toMatchObject({ code: "not_found" });
    await expect(revert(world.line, { entryId: first })).rejects.toThrow(/Take that back first\.$/);
    await db.execute(sql`delete from graphile_worker._private_jobs where key like 'catalog.due:%'`);
    await revert(world.line, { entryId: second });
    const { publishAt, unpublishAt } = was;
    expect(await one(id)).toMatchObject({ publishAt, unpublishAt });
    const [jobs] = await db.execute<{ count: number }>(
      sql`select count(*)::int as count from graphile_worker.jobs where key like 'catalog.due:%'`,
    );
    expect(jobs?.count).toBe(2);
    await revert(world.line, { entryId: first });
    expect(await one(id)).toMatchObject({ publishAt: null, unpublishAt: null });
  });

  it("stays once its moment has come, and no way back is offered", async () => {
    const id = await draft("Late Bowl");
    await say(world.line, id, inDays(1));
    await bring(id, "publishAt", 100);
    // Said in time, moved while a moment was left, and regretted a moment later.
    const entryId = await say(world.line, id, inDays(2));
    await new Promise((next) => setTimeout(next, 150));
    expect(await offered(entryId)).toBe(false);
    await expect(revert(world.line, { entryId })).rejects.toMatchObject({
      code: "revert_refused",
      data: { reason: "Its moment has come meanwhile. Please choose new times." },
    });
    const { publishAt } = await one(id);
    expect(publishAt?.getTime()).toBeGreaterThan(Date.now() + DAY);
  });

  it("is gone already where the product went into the shop by hand meanwhile", async () => {
    const id = await draft("Own Hand Bowl");
    const entryId = await say(world.line, id, inDays(1));
    await bulkEdit(world.line, { ids: [id], price: "", addTags: [], removeTags: [], status: "active" });
    await expect(revert(world.line, { entryId })).rejects.toThrow(/^It is as it was before already/);
  });
});
