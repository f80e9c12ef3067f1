import { beforeAll, expect, it } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { sql } from "@/db/client";
import { newId } from "@/db/id";
import type { AuditSort, Direction, ReviewListSort } from "@/lib/domain/back-office";
import { listAudit } from "./audit";
import { listReviewQueue } from "./reviews";

let world: Cast;

beforeAll(async () => {
  world = await cast();
  const [tote, mug] = await sql<{ id: string }[]>`select id from products order by name desc limit 2`;
  const said = [
    { author: "bea", rating: 5, product_id: tote?.id, day: 1 },
    { author: "Ann", rating: 2, product_id: mug?.id, day: 2 },
    { author: "Cy", rating: 2, product_id: tote?.id, day: 3 },
  ];
  for (const { author, day, ...row } of said)
    await sql`insert into reviews ${sql({ id: newId(), author_name: author, ...row, created_at: `2026-01-0${day}T12:00:00Z` })}`;
  const done = [
    { action: "b.edit", actor_kind: "admin", actor_id: world.admin.userId, day: 1 },
    { action: "a.edit", actor_kind: "system", actor_id: null, day: 2 },
    { action: "b.edit", actor_kind: "owner", actor_id: world.line.userId, day: 3 },
  ];
  for (const { day, ...row } of done)
    await sql`insert into audit ${sql({ id: newId(), ...row, subject: "sorted", subject_id: String(day), created_at: `2026-01-0${day}T12:00:00Z` })}`;
});

it("sorts reviews by each head in both directions, alike ones newest first, page by page", async () => {
  const sorted = async (sort: ReviewListSort, dir: Direction | "" = "", pageSize = 9) => {
    const found = [];
    for (let page = 1; page <= Math.ceil(3 / pageSize); page += 1)
      found.push(
        ...(await listReviewQueue(world.admin, { search: "", view: "all", sort, dir, page, pageSize })).rows,
      );
    return found.map(({ author }) => author).join(" ");
  };
  expect(await sorted("when")).toBe("Cy Ann bea");
  expect(await sorted("when", "asc")).toBe("bea Ann Cy");
  expect(await sorted("stars")).toBe("Cy Ann bea");
  expect(await sorted("stars", "desc", 1)).toBe("bea Cy Ann");
  expect(await sorted("product", "", 1)).toBe("Ann Cy bea");
  expect(await sorted("product", "desc")).toBe("Cy bea Ann");
  expect(await sorted("author")).toBe("Ann bea Cy");
  expect(await sorted("author", "desc")).toBe("Cy bea Ann");
});

it("sorts the audit log by each head in both directions, the shop itself last, page by page", async () => {
  const all = { who: "", subject: "sorted", subjectId: "", action: "", from: "", to: "" };
  const sorted = async (sort: AuditSort, dir: Direction | "" = "", pageSize = 9) => {
    let found = "";
    for (let page = 1, more = true; more && page < 9; page += 1) {
      const { rows, hasMore } = await listAudit(world.admin, { ...all, sort, dir, page, pageSize }, "UTC");
      found += rows.map(({ subjectId }) => subjectId).join("");
      more = hasMore;
    }
    return found;
  };
  expect(await sorted("when")).toBe("321");
  expect(await sorted("when", "asc", 2)).toBe("123");
  expect(await sorted("what", "", 1)).toBe("231");
  expect(await sorted("what", "desc")).toBe("312");
  const [who, back] = [await sorted("who"), await sorted("who", "desc", 1)];
  expect([who, back].sort()).toEqual(["132", "312"]);
});
