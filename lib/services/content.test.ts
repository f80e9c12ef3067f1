import { readFileSync } from "node:fs";
import { eq } from "drizzle-orm";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { db } from "@/db/client";
import { audit } from "@/db/schema/audit";
import { contentPages } from "@/db/schema/content";
import { cacheExpiries } from "@/db/schema/settings";
import { withTx } from "@/db/tx";
import { parsePage } from "@/lib/domain/content";
import { mayUndo } from "@/lib/queries/admin/undo";
import { revert } from "./audit-revert";
import { readPage, resetPage, savePage } from "./content";

let world: Cast;
beforeAll(async () => {
  world = await cast();
});
beforeEach(async () => {
  await db.delete(contentPages);
  await db.delete(cacheExpiries);
});

const SLUG = "terms";
const shipped = parsePage(readFileSync("content/terms.md", "utf8"), SLUG);
const text = {
  title: " Our terms ",
  summary: "In short.",
  body: "## One\n\nBack within {{ returnDays }} days.",
};
const shown = () => withTx((tx) => readPage(tx, SLUG));
const save = (version: number, more: Partial<typeof text> = {}) =>
  savePage(world.admin, { slug: SLUG, version, ...text, ...more });
const lastEntry = async () => {
  const rows = await db.select().from(audit).where(eq(audit.subject, "content_pages"));
  const [last] = rows.sort((a, b) => b.id.localeCompare(a.id));
  if (!last) throw new Error("no entry");
  return last;
};

it("a saved text stands in the place of the file, which comes back; pages are told, and the log has both", async () => {
  expect(await shown()).toMatchObject({
    title: shipped.head.title,
    body: shipped.body,
    isOwn: false,
    version: 0,
  });
  await save(0);
  expect(await shown()).toEqual({ ...text, title: "Our terms", isOwn: true, version: 1 });
  expect((await db.select().from(cacheExpiries)).map(({ tag }) => tag)).toEqual(["content"]);
  expect(await lastEntry()).toMatchObject({
    action: "page.edit",
    subjectId: SLUG,
    actorId: world.id.admin,
    before: { title: shipped.head.title, body: shipped.body, isOwn: false },
    after: { title: "Our terms", body: text.body, isOwn: true },
  });
  await resetPage(world.admin, { slug: SLUG, version: 1 });
  expect(await shown()).toMatchObject({
    title: shipped.head.title,
    body: shipped.body,
    isOwn: false,
    version: 2,
  });

  // The page that was left by the save offers it, and no other page.
  const mine = async (id: string) =>
    mayUndo(world.admin, (await lastEntry()).id, { subjects: ["content_pages"], id });
  expect([await mine(SLUG), await mine("privacy")]).toEqual([true, false]);

  // Both ways are taken back by the log: to the own text, then to the file.
  await revert(world.admin, { entryId: (await lastEntry()).id });
  expect(await shown()).toMatchObject({ title: "Our terms", body: text.body, isOwn: true });
  await revert(world.admin, { entryId: (await lastEntry()).id });
  expect(await shown()).toMatchObject({ body: shipped.body, isOwn: false });
});

it("who saves over a change of somebody else is told, also the first two to write a page", async () => {
  const both = await Promise.allSettled([save(0), save(0, { body: "Other words." })]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  await save(1, { body: "Newer." });
  for (const late of [
    () => save(1),
    () => save(0),
    () => resetPage(world.admin, { slug: SLUG, version: 1 }),
  ]) {
    await expect(late()).rejects.toMatchObject({
      code: "conflict",
      data: { told: { version: 2 } },
      message: expect.stringContaining("admin changed the body to “Newer.” just now"),
    });
  }
  // A version that no row has ever had.
  await db.delete(contentPages);
  await expect(save(3)).rejects.toMatchObject({ code: "conflict" });
  expect(await db.$count(contentPages)).toBe(0);
});

it("takes pages that ship alone, and texts whose figures there are", async () => {
  for (const slug of ["imprint", "journal/care", "../README", "constructor"])
    await expect(savePage(world.admin, { slug, version: 0, ...text })).rejects.toMatchObject({
      code: "not_found",
    });
  await expect(save(0, { title: " ", body: "{{ returnDayz }}" })).rejects.toMatchObject({
    code: "invalid_input",
    data: {
      fields: {
        title: "Please enter a title.",
        body: expect.stringContaining("{{returnDayz}} is no figure"),
      },
    },
  });
});
