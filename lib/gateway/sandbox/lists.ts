/** Lists with cursors and filters, and the expansion of ids into objects, as Stripe answers them. */
import { type FormObject, list, object, text } from "./form";
import type { Kind } from "./model";
import { invalid } from "./wire";
import type { World } from "./world";

type Listed = { id: string; created: number };

/** One page of `rows` (oldest first in, newest first out). Every name in `filters` compares for equality. */
export function page<T extends Listed>(
  rows: readonly T[],
  query: FormObject,
  url: string,
  filters: readonly (keyof T & string)[] = [],
): { object: "list"; data: T[]; has_more: boolean; url: string } {
  const limit = Number(text(query, "limit") ?? 10);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    throw invalid("This value must be between 1 and 100.", { param: "limit" });
  }
  const within = createdFilter(query);
  const wanted = filters.map((name) => [name, text(query, name)] as const).filter(([, value]) => value);
  const matching = rows
    .filter((row) => within(row.created) && wanted.every(([name, value]) => String(row[name]) === value))
    .reverse();
  const after = text(query, "starting_after");
  const before = text(query, "ending_before");
  if (before) {
    const end = matching.findIndex((row) => row.id === before);
    const start = Math.max(0, end - limit);
    return { object: "list", data: matching.slice(start, Math.max(0, end)), has_more: start > 0, url };
  }
  const start = after ? matching.findIndex((row) => row.id === after) + 1 : 0;
  if (after && start === 0) throw invalid(`No such object: '${after}'`, { param: "starting_after" });
  return {
    object: "list",
    data: matching.slice(start, start + limit),
    has_more: matching.length > start + limit,
    url,
  };
}

function createdFilter(query: FormObject): (created: number) => boolean {
  const range = object(query, "created");
  const exact = text(query, "created");
  if (exact) return (created) => created === Number(exact);
  if (!range) return () => true;
  const bound = (name: string, otherwise: number) => Number(text(range, name) ?? otherwise);
  const gte = bound("gte", Number.NEGATIVE_INFINITY);
  const gt = bound("gt", Number.NEGATIVE_INFINITY);
  const lte = bound("lte", Number.POSITIVE_INFINITY);
  const lt = bound("lt", Number.POSITIVE_INFINITY);
  return (created) => created >= gte && created > gt && created <= lte && created < lt;
}

const KIND_OF_PREFIX: Record<string, Kind> = {
  pi: "intent",
  ch: "charge",
  re: "refund",
  cs: "session",
  txn: "balance",
  du: "dispute",
  tr: "transfer",
  po: "bank_payout",
  acct: "account",
  evt: "event",
};

/** `body` with every path of `expand[]` replaced by the object it names. At most four levels, as at Stripe. */
export function expanded(world: World, body: unknown, params: FormObject): unknown {
  let result = body;
  for (const path of list(params, "expand") ?? []) {
    if (typeof path === "string") result = expandAt(world, result, path.split(".").slice(0, 5));
  }
  return result;
}

function expandAt(world: World, value: unknown, path: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => expandAt(world, item, path));
  if (typeof value !== "object" || value === null) return value;
  const [head, ...rest] = path;
  if (head === undefined || !(head in value)) return value;
  const row = value as Record<string, unknown>;
  const inner = row[head];
  const found = typeof inner === "string" ? look(world, inner) : inner;
  return { ...row, [head]: expandAt(world, found, rest) };
}

function look(world: World, id: string): unknown {
  const kind = KIND_OF_PREFIX[id.slice(0, id.indexOf("_"))];
  if (id.startsWith("pm_")) return publicMethod(world, id) ?? id;
  return (kind && world.store.get(kind, id)) ?? id;
}

/** A payment method without its number. */
export function publicMethod(world: World, id: string): unknown {
  const method = world.store.get("method", id);
  if (!method) return undefined;
  const { number: _, ...shown } = method;
  return shown;
}
