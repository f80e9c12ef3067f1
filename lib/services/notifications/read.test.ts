import { asc, eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { db } from "@/db/client";
import { notifications } from "@/db/schema/notifications";
import { withTx } from "@/db/tx";
import { markRead } from "./read";
import { notify } from "./tell";

let people: Cast;
beforeAll(async () => {
  people = await cast();
});

const listOf = (userId: string) =>
  db.select().from(notifications).where(eq(notifications.userId, userId)).orderBy(asc(notifications.id));

test("a thing is told once; one's own are marked as read, one by one or all, and nobody else's", async () => {
  for (const user of [people.ada, people.ben])
    for (const dedupe of ["a", "b", "c", "a"])
      await withTx((tx) =>
        notify(tx, {
          userId: user.userId,
          type: "order",
          title: dedupe,
          message: "",
          link: "/orders",
          dedupe,
        }),
      );
  const [first] = await listOf(people.id.ada);
  expect(await listOf(people.id.ada)).toHaveLength(3);
  const ids = first ? [first.id] : [];
  expect(await markRead(people.ben, ids)).toBe(0);
  expect(await markRead(people.ada, ids)).toBe(1);
  expect(await markRead(people.ada, ids)).toBe(0);
  expect(await markRead(people.ada)).toBe(2);
  expect((await listOf(people.id.ben)).every(({ readAt }) => readAt === null)).toBe(true);
});

test("a link leads into the shop or nowhere", async () => {
  const outside = withTx((tx) =>
    notify(tx, {
      userId: people.id.ada,
      type: "order",
      title: "",
      message: "",
      link: "https://elsewhere",
      dedupe: "x",
    }),
  );
  await expect(outside).rejects.toThrow();
});
