/** What an event on an order's timeline holds beside its kind, read with care: old events hold less. */
import type { OrderedItem } from "@/lib/mail/messages";

export type EventData = Readonly<Record<string, unknown>> | null;

/** Words that the event names so; undefined where there are none. */
export function text(data: EventData, name: string): string | undefined {
  const value = data?.[name];
  return typeof value === "string" && value ? value : undefined;
}

/** A number that the event names so. */
export function figure(data: EventData, name: string): number | undefined {
  const value = data?.[name];
  return typeof value === "number" ? value : undefined;
}

/** Items that an event names as `lines: [{orderLineId, quantity}]`. */
export function itemsIn(data: EventData): readonly OrderedItem[] | undefined {
  if (!Array.isArray(data?.lines)) return undefined;
  return data.lines.filter(
    (line): line is OrderedItem =>
      typeof line === "object" &&
      line !== null &&
      typeof line.orderLineId === "string" &&
      typeof line.quantity === "number",
  );
}
