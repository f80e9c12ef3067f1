/** Changes where an order goes, until somebody packs it. The old address stays on record, marked as replaced. */
import { and, eq, isNull, notInArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { now } from "@/db/schema/columns";
import { fulfilments } from "@/db/schema/fulfilments";
import { orderAddresses } from "@/db/schema/orders";
import { withTx } from "@/db/tx";
import type { Shopper } from "@/lib/domain/actors";
import type { Address } from "@/lib/domain/addresses";
import { ShopError } from "@/lib/domain/errors";
import { write } from "@/lib/services/audit";
import { once, type RequestKey } from "@/lib/services/once";
import { boughtBy, lockOrder, type Order, visibleTo } from "./access";
import { refuseIfMoved, type Seen } from "./seen";
import { record } from "./transition";

interface Change {
  readonly orderId: string;
  readonly shipping: Address;
  readonly key?: RequestKey;
  /** Which state of the order the form was filled in on; left out by shoppers. */
  readonly seen?: Seen;
}

type Row = typeof orderAddresses.$inferSelect;

/**
 * Sends an order somewhere else: for whoever bought it, its signed link, or an admin. Country and region stay, because
 * delivery and taxes were charged for them. The same address again changes nothing.
 * @throws ShopError not_found, illegal_transition once a part is being packed, invalid_input naming country or region
 */
export async function changeAddress(actor: Shopper, { orderId, shipping, key, seen }: Change): Promise<void> {
  await withTx(async (tx) => {
    const allowed = actor.kind === "admin" ? visibleTo(actor) : boughtBy(actor);
    // Before the key is looked at: guests share their keys' scope, and a stranger's key must not open anything.
    const order = await lockOrder(tx, actor, orderId, allowed);
    await once(tx, actor, `change_address:${orderId}`, key, async () => {
      await refuseIfPacked(tx, order);
      await refuseIfMoved(tx, actor, orderId, seen);
      const [current] = await tx
        .select()
        .from(orderAddresses)
        .where(
          and(
            eq(orderAddresses.orderId, orderId),
            eq(orderAddresses.kind, "shipping"),
            isNull(orderAddresses.replacedAt),
          ),
        )
        .for("update");
      if (!current) throw new ShopError("not_found", { what: "address" });
      refuseElsewhere(current, shipping);
      const row = rowOf(shipping);
      if (isSame(current, row)) return null;
      await tx
        .update(orderAddresses)
        .set({ replacedAt: now as unknown as Date })
        .where(eq(orderAddresses.id, current.id));
      const id = newId();
      await tx.insert(orderAddresses).values({ id, orderId, kind: "shipping", ...row });
      // Which rows, not what stands in them: events are kept when a person is erased.
      const data = { from: current.id, to: id };
      await record(tx, actor, { orderId, kind: "address_changed", data });
      if (actor.kind === "admin") {
        const subject = { subject: "orders", subjectId: orderId };
        await write(tx, actor, {
          action: "order.address",
          ...subject,
          before: { addressId: current.id },
          after: { addressId: id },
        });
      }
      return null;
    });
  });
}

async function refuseIfPacked(tx: Tx, { id, status }: Order): Promise<void> {
  const refused = (from: string) =>
    new ShopError("illegal_transition", { machine: "order", from, to: "sent elsewhere" });
  if (status !== "pending" && status !== "confirmed") throw refused(status);
  const packed = await tx
    .select({ status: fulfilments.status })
    .from(fulfilments)
    .where(and(eq(fulfilments.orderId, id), notInArray(fulfilments.status, ["open", "cancelled"])))
    .limit(1);
  if (packed[0]) throw refused(packed[0].status);
}

function refuseElsewhere(current: Row, { country, region }: Address): void {
  if (country !== current.country)
    throw new ShopError("invalid_input", {
      fields: {
        "shipping.country":
          "The country stays: delivery and taxes were charged for it. Cancel and order again.",
      },
    });
  if (same(region) !== same(current.region))
    throw new ShopError("invalid_input", {
      fields: {
        "shipping.region":
          "The region stays: delivery and taxes were charged for it. Cancel and order again.",
      },
    });
}

const same = (text: string | null | undefined) => text?.trim().toLowerCase() || null;

function rowOf({ name, company, line1, line2, city, region, postalCode, country, phone }: Address) {
  return {
    name,
    company: company ?? null,
    line1,
    line2: line2 ?? null,
    city,
    region: region ?? null,
    postalCode: postalCode ?? null,
    country,
    phone: phone ?? null,
  };
}

const isSame = (current: Row, row: ReturnType<typeof rowOf>): boolean =>
  Object.entries(row).every(([name, value]) => current[name as keyof typeof row] === value);
