import { readPublic } from "@/db/replica";
import type { Card } from "@/lib/domain/catalog";
import { getStore } from "@/lib/queries/settings";
import { type CardRow, cardOf, toCard } from "./cards";

/** Cards of what is still for sale, in the order of `ids`. */
export async function readSeen(ids: readonly string[]): Promise<Card[]> {
  if (ids.length === 0) return [];
  const [store, rows] = await Promise.all([
    getStore(),
    readPublic(
      (sql) => sql<{ card: CardRow }[]>`
      select ${cardOf()} as card from products p where p.id = any(${ids as string[]}::uuid[]) and p.status = 'active'
      order by array_position(${ids as string[]}::uuid[], p.id)`,
    ),
  ]);
  return rows.map(({ card }) => toCard(card, store));
}
