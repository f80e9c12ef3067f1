/** Windows to the second: the database's clock is moved over each edge, while the app's own is wrong. */
import { setTimeout as pause } from "node:timers/promises";
import { sql as query } from "drizzle-orm";
import { guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { discounts } from "@/db/schema/discounts";
import { deliveredOrder } from "@/db/testing/delivered";
import { stateOf } from "@/db/testing/orders";
import { isShopError } from "@/lib/domain/errors";
import { RETURN_TRAVEL_DAYS } from "@/lib/domain/returns";
import { completeWhenDue } from "@/lib/services/orders/complete";
import { expire } from "@/lib/services/payments/cancel";
import { open } from "@/lib/services/payments/open";
import { approve, expireReturn } from "@/lib/services/returns/decide";
import { requestReturn } from "@/lib/services/returns/request";
import { type Ground, quiet } from "./ground";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

type Check = (holds: boolean, otherwise: string) => void;

/** The edges of every window, one second before and on it. Ends in real time. */
export async function windows(ground: Ground, check: Check): Promise<void> {
  // Ahead of real time, so that no job for a window's end runs by itself: the queue has no clock but the real one.
  const [real] = await db.execute<{ now: number }>(query`SELECT extract(epoch FROM now())::float8 AS now`);
  const begun = Math.ceil(real?.now ?? 0) * SECOND + DAY;
  try {
    await paymentWindow(ground, check, begun);
    await discountWindow(ground, check, begun + DAY);
    await returnWindow(ground, check, begun + 2 * DAY);
  } finally {
    await setShopClock(null);
  }
  await quiet(ground);
}

async function paymentWindow({ world }: Ground, check: Check, begun: number): Promise<void> {
  await setShopClock(begun);
  const shopper = guest();
  const { orderId } = await order(shopper, [{ variantId: await shelf(world), quantity: 1 }]);
  await setShopClock(begun + 15 * MINUTE - SECOND);
  check((await expire(world.system, orderId)) === "waiting", "expired a second early");
  check(Boolean(await open(shopper, orderId)), "could not be paid in its last second");
  await setShopClock(begun + 15 * MINUTE);
  const late = await open(shopper, orderId).catch((error: unknown) => error);
  check(isShopError(late, "payment_closed"), "could be paid when its window had ended");
  check((await expire(world.system, orderId)) === "expired", "did not expire in time");
}

async function discountWindow({ world }: Ground, check: Check, begun: number): Promise<void> {
  const [from, to] = [begun + 60 * MINUTE, begun + 120 * MINUTE];
  const code = `C${newId().slice(-10).toUpperCase()}`;
  const when = { startsAt: new Date(from), endsAt: new Date(to) };
  await db
    .insert(discounts)
    .values({ id: newId(), title: "Clock", code, kind: "fixed", value: 100, ...when });
  const isGiven = async (at: number) => {
    await setShopClock(at);
    const wish = [{ variantId: await shelf(world), quantity: 1 }];
    const told = { code, method: "cash_on_delivery" as const };
    const [plain, off] = [
      await order(guest(), wish, { ...told, code: "" }),
      await order(guest(), wish, told).catch((error: unknown) => {
        if (!isShopError(error)) throw error;
        return null;
      }),
    ];
    return off !== null && off.total === plain.total - 100;
  };
  const given = [from - SECOND, from, to - SECOND, to];
  const found: boolean[] = [];
  for (const at of given) found.push(await isGiven(at));
  check(found.join() === "false,true,true,false", `the discount is given ${found.join()}`);
}

async function returnWindow({ gateway, world }: Ground, check: Check, begun: number): Promise<void> {
  await setShopClock(begun);
  const arrived = async () => {
    const shopper = guest();
    const wish = [{ variantId: await shelf(world), quantity: 1 }];
    const how = { method: "cash_on_delivery" as const };
    const { orderId, lines } = await deliveredOrder(gateway, world.admin, shopper, wish, how);
    const ask = () =>
      requestReturn(shopper, {
        orderId,
        lines: [{ orderLineId: lines[0]?.id ?? "", quantity: 1, reason: "damaged" }],
      });
    return { orderId, ask };
  };
  const [kept, late, back] = [await arrived(), await arrived(), await arrived()];
  const end = begun + 30 * DAY;
  await setShopClock(end - SECOND);
  const [asked] = await back.ask();
  const returnId = asked?.returnId ?? "";
  await approve(world.line, { returnId });
  check(!(await completeWhenDue(world.system, kept.orderId)), "completed a second early");
  await setShopClock(end);
  check(await completeWhenDue(world.system, kept.orderId), "did not complete in time");
  check(!(await completeWhenDue(world.system, back.orderId)), "completed while goods are coming back");
  await setShopClock(end + SECOND);
  const refused = await late.ask().catch((error: unknown) => error);
  check(isShopError(refused, "return_refused"), "could be sent back when the window had ended");
  const given = end - SECOND + RETURN_TRAVEL_DAYS * DAY;
  await setShopClock(given - SECOND);
  check(!(await expireReturn(world.system, returnId)), "the return lapsed a second early");
  await setShopClock(given);
  check(await expireReturn(world.system, returnId), "the return did not lapse in time");
  check(await completeWhenDue(world.system, back.orderId), "did not complete after its return lapsed");
  check((await stateOf(back.orderId))?.status === "completed", "is not completed");
}

/** Every session's shop_now() from here on, those of the pool begun anew; null is real time again. */
async function setShopClock(moment: number | null): Promise<void> {
  const [row] = await db.execute<{ name: string }>(query`SELECT quote_ident(current_database()) AS name`);
  const what = moment === null ? "RESET shop.clock" : `SET shop.clock = '${new Date(moment).toISOString()}'`;
  await db.execute(query.raw(`ALTER DATABASE ${row?.name} ${what}`));
  await db
    .execute(query`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND backend_type = 'client backend' ORDER BY pid = pg_backend_pid()`)
    // It ends itself last.
    .catch(() => {});
  // The pool hears of each death by and by.
  for (let isFresh = false; !isFresh; ) {
    await pause(50);
    const asked = Array.from({ length: 40 }, () => db.execute(query`SELECT 1`));
    isFresh = (await Promise.allSettled(asked)).every(({ status }) => status === "fulfilled");
  }
}
