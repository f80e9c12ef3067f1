/** Imports: an order of the former shop, written into its own tables and nowhere else. */
import { and, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { variants } from "@/db/schema/catalog";
import { formerOrderLines, formerOrders } from "@/db/schema/former-orders";
import { ImportProblem } from "@/lib/domain/imports/columns";
import {
  type KeptLine,
  type KeptOrder,
  ORDER_FILLABLE,
  type OrderFacts,
  type OrderFillable,
} from "@/lib/domain/imports/order-difference";
import { ORDER_SUMS, type OrderDraft } from "@/lib/domain/imports/orders";
import type { Outcome } from "./record";

const SOURCE = "shopify";

type Stored = typeof formerOrders.$inferSelect;

export interface WrittenOrder {
  readonly outcome: Outcome;
  readonly message: string | null;
  /** Null where nothing changed. */
  readonly kept: KeptOrder | null;
}

/**
 * Writes an order, or brings one that is here up to date: sums, states and lines follow the file; what is of a person is
 * filled in where nothing stands and never overwritten. One whose customer was erased is left alone.
 * @throws ImportProblem where it cannot be told which order it is
 */
export async function writeOrder(tx: Tx, draft: OrderDraft, importId: string | null): Promise<WrittenOrder> {
  const there = await findOrder(tx, draft);
  if (there?.erasedAt)
    return { outcome: "skipped", message: "its customer was erased: it stays without a name", kept: null };
  const lines = await withVariants(tx, draft);
  if (there) return bringUpToDate(tx, there, draft, lines);
  const orderId = newId();
  const facts = factsOf(draft, lines, null);
  const { email, address, note, externalId, number, currency } = draft;
  const [made] = await tx
    .insert(formerOrders)
    .values({
      id: orderId,
      importId,
      source: SOURCE,
      externalId,
      number,
      currency,
      email,
      address,
      note,
      tags: [...draft.tags],
      ...asColumns(facts),
      placedAt: draft.placedAt,
    })
    .onConflictDoNothing()
    .returning({ version: formerOrders.version });
  if (!made)
    return { outcome: "skipped", message: "another import brings it in at the same moment", kept: null };
  await writeLines(tx, orderId, lines);
  const filled = (Object.keys(ORDER_FILLABLE) as OrderFillable[]).filter(
    (field) => field !== "externalId" && isFilled(draft[field]),
  );
  const kept: KeptOrder = {
    orderId,
    version: made.version,
    isNew: true,
    currency,
    was: {},
    is: facts,
    filled,
    lines: { was: [], is: lines },
  };
  return { outcome: "created", message: null, kept };
}

const isFilled = (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : Boolean(value));

/** By its id; where only one side has one, by number and moment. @throws ImportProblem */
async function findOrder(tx: Tx, { externalId, number, placedAt }: OrderDraft): Promise<Stored | undefined> {
  if (externalId) {
    const [same] = await tx
      .select()
      .from(formerOrders)
      .where(and(eq(formerOrders.source, SOURCE), eq(formerOrders.externalId, externalId)))
      .for("update");
    if (same) return same;
  }
  const named = await tx
    .select()
    .from(formerOrders)
    .where(and(eq(formerOrders.source, SOURCE), eq(formerOrders.number, number)))
    .for("update");
  const open = named.filter((order) => !externalId || order.externalId === null);
  const same = open.find((order) => order.placedAt.getTime() === placedAt.getTime());
  if (same || externalId || open.length === 0) return same;
  throw new ImportProblem(
    "Another order of this number is here, placed at another moment: only a file with the column Id tells them apart.",
  );
}

/** Lines with what is sold here under their SKU. */
async function withVariants(tx: Tx, { lines }: OrderDraft): Promise<KeptLine[]> {
  const skus = [...new Set(lines.flatMap(({ sku }) => sku?.toLowerCase() ?? []))];
  const found = skus.length
    ? await tx
        .select({ id: variants.id, sku: sql<string>`lower(${variants.sku})` })
        .from(variants)
        .where(inArray(sql`lower(${variants.sku})`, skus))
    : [];
  const bySku = new Map(found.map(({ id, sku }) => [sku, id]));
  return lines.map((line) => ({ ...line, variantId: bySku.get(line.sku?.toLowerCase() ?? "") ?? null }));
}

/** What the file says, or what stood there where it has no such column. */
function factsOf(draft: OrderDraft, lines: readonly KeptLine[], was: OrderFacts | null): OrderFacts {
  const goods = lines.reduce((sum, { price, quantity, discount }) => sum + price * quantity - discount, 0);
  const { sums, cancelledAt } = draft;
  return {
    placedAt: was?.placedAt ?? draft.placedAt.toISOString(),
    subtotal: sums.subtotal ?? was?.subtotal ?? Math.max(0, goods),
    shipping: sums.shipping ?? was?.shipping ?? 0,
    tax: sums.tax ?? was?.tax ?? 0,
    discount: sums.discount ?? was?.discount ?? 0,
    total: sums.total,
    refunded: sums.refunded ?? was?.refunded ?? 0,
    financialStatus: draft.financialStatus ?? was?.financialStatus ?? "",
    fulfilmentStatus: draft.fulfilmentStatus ?? was?.fulfilmentStatus ?? "",
    discountCode: draft.discountCode === undefined ? (was?.discountCode ?? null) : draft.discountCode,
    shippingMethod: draft.shippingMethod === undefined ? (was?.shippingMethod ?? null) : draft.shippingMethod,
    cancelledAt:
      cancelledAt === undefined ? (was?.cancelledAt ?? null) : (cancelledAt?.toISOString() ?? null),
  };
}

/** Facts as the table has them. */
export function asColumns({ cancelledAt, placedAt: _, ...facts }: Partial<OrderFacts>) {
  const at = cancelledAt === undefined ? {} : { cancelledAt: cancelledAt ? new Date(cancelledAt) : null };
  // Drizzle asks for the whole row where one is made; `was` of an undo is a part of it.
  return { ...facts, ...at } as Omit<OrderFacts, "cancelledAt" | "placedAt"> & { cancelledAt: Date | null };
}

const storedFacts = (order: Stored): OrderFacts => ({
  placedAt: order.placedAt.toISOString(),
  ...(Object.fromEntries(ORDER_SUMS.map((field) => [field, order[field]])) as Pick<
    OrderFacts,
    (typeof ORDER_SUMS)[number]
  >),
  financialStatus: order.financialStatus,
  fulfilmentStatus: order.fulfilmentStatus,
  discountCode: order.discountCode,
  shippingMethod: order.shippingMethod,
  cancelledAt: order.cancelledAt?.toISOString() ?? null,
});

async function bringUpToDate(
  tx: Tx,
  there: Stored,
  draft: OrderDraft,
  lines: readonly KeptLine[],
): Promise<WrittenOrder> {
  if (there.currency !== draft.currency)
    throw new ImportProblem(`It is here in ${there.currency}, and an order keeps its currency.`);
  const stood = storedFacts(there);
  const says = factsOf(draft, lines, stood);
  const differing = (Object.keys(says) as (keyof OrderFacts)[]).filter(
    (field) => says[field] !== stood[field],
  );
  const pick = (facts: OrderFacts): Partial<OrderFacts> =>
    Object.fromEntries(differing.map((field) => [field, facts[field]]));
  const filled = (Object.keys(ORDER_FILLABLE) as OrderFillable[]).filter(
    (field) => isFilled(draft[field]) && !isFilled(there[field]),
  );
  const wasLines = await linesOf(tx, there.id);
  const isLines = keepFound(wasLines, lines);
  const hasLines = JSON.stringify(wasLines) !== JSON.stringify(isLines);
  if (differing.length === 0 && filled.length === 0 && !hasLines)
    return { outcome: "unchanged", message: null, kept: null };
  const version = there.version + 1;
  await tx
    .update(formerOrders)
    .set({
      ...asColumns(pick(says)),
      ...Object.fromEntries(filled.map((field) => [field, draft[field]])),
      version,
    })
    .where(eq(formerOrders.id, there.id));
  if (hasLines) await replaceLines(tx, there.id, isLines);
  const kept: KeptOrder = {
    orderId: there.id,
    version,
    isNew: false,
    currency: there.currency,
    was: pick(stood),
    is: pick(says),
    filled,
    ...(hasLines && { lines: { was: wasLines, is: isLines } }),
  };
  return { outcome: "updated", message: null, kept };
}

/** A product that was deleted or renamed since is no reason to lose what a line was. */
const keepFound = (was: readonly KeptLine[], is: readonly KeptLine[]): KeptLine[] =>
  is.map((line, i) => ({
    ...line,
    variantId: line.variantId ?? (was[i]?.sku === line.sku ? (was[i]?.variantId ?? null) : null),
  }));

async function linesOf(tx: Tx, orderId: string): Promise<KeptLine[]> {
  const { title, sku, quantity, price, discount, variantId } = formerOrderLines;
  return tx
    .select({ title, sku, quantity, price, discount, variantId })
    .from(formerOrderLines)
    .where(eq(formerOrderLines.orderId, orderId))
    .orderBy(formerOrderLines.position);
}

/** Puts these in the place of an order's lines. */
export async function replaceLines(tx: Tx, orderId: string, lines: readonly KeptLine[]): Promise<void> {
  await tx.delete(formerOrderLines).where(eq(formerOrderLines.orderId, orderId));
  await writeLines(tx, orderId, lines);
}

async function writeLines(tx: Tx, orderId: string, lines: readonly KeptLine[]): Promise<void> {
  if (lines.length === 0) return;
  await tx
    .insert(formerOrderLines)
    .values(lines.map((line, i) => ({ id: newId(), orderId, position: i + 1, ...line })));
}
