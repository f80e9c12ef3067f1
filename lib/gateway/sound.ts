/** What arrived under the right signature and is no event all the same: no repeat of it can be read either. */
import type { GatewayEvent } from "./gateway";

/** Signed by whoever has the secret, but not to be read: answer 400, a repeat cannot help. */
export class UnreadableEvent extends Error {
  override name = "UnreadableEvent";
}

const SUM = /^(?:amount\w*|fee)$/;
/** In JSON: NUL and halves of signs, which PostgreSQL keeps in no field. */
const UNKEEPABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/;

/**
 * Whether ids, states, sums and moments are such, and all can be stored. Asked of events whose taking in failed,
 * not of all: what the shop can ignore is ignored whatever it looks like.
 */
export function isSound(event: GatewayEvent): boolean {
  return (
    isNamed(event) &&
    holds("", event.createdAt) &&
    holds("", event.subject) &&
    !UNKEEPABLE.test(JSON.stringify(event))
  );
}

/** Whether it has a name and a kind: without them it cannot be kept. */
export const isNamed = (event: { id: unknown; type: unknown }): boolean => isId(event.id) && isId(event.type);

const isId = (value: unknown): boolean =>
  typeof value === "string" && value.length > 0 && value.length <= 255;

function holds(key: string, value: unknown): boolean {
  if (SUM.test(key)) return Number.isSafeInteger(value);
  if (key === "id" || key === "status") return isId(value);
  if (value instanceof Date) return !Number.isNaN(value.getTime());
  if (Array.isArray(value)) return value.every((entry) => holds("", entry));
  if (typeof value === "object" && value !== null)
    return Object.entries(value).every(([name, entry]) => name === "response" || holds(name, entry));
  return true;
}
