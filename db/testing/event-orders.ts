/** Plays the gateway's events of one order to the shop in a chosen order: lost first, then sent again one by one. */
import type { TestGateway } from "./gateway";

/** Every order of `items`, each once. Six items have 720. */
export function everyOrder<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((first, i) =>
    everyOrder([...items.slice(0, i), ...items.slice(i + 1)]).map((rest) => [first, ...rest]),
  );
}

/** `count` shuffles of `items` that `seed` decides, so that a failure can be played again. */
export function someOrders<T>(items: readonly T[], count: number, seed: number): T[][] {
  let state = seed % 2_147_483_647 || 1;
  const next = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state;
  };
  return Array.from({ length: count }, () =>
    items
      .map((item) => ({ item, at: next() }))
      .sort((a, b) => a.at - b.at)
      .map(({ item }) => item),
  );
}

export interface GatewayEventRow {
  readonly id: string;
  readonly type: string;
}

/**
 * Runs `act` while every webhook is lost, and answers the events that it caused, oldest first. `orderId` leaves out
 * what happens to other orders at the same time, such as slow payments of before.
 */
export async function eventsOf(
  gateway: TestGateway,
  act: () => Promise<unknown>,
  orderId = "",
): Promise<GatewayEventRow[]> {
  const before = new Set((await gateway.events()).map(({ id }) => id));
  await gateway.turn("lose", { count: 1_000 });
  try {
    await act();
  } finally {
    await gateway.turn("clear");
  }
  const isOurs = (event: GatewayEventRow) => !before.has(event.id) && JSON.stringify(event).includes(orderId);
  return (await gateway.events()).filter(isOurs).reverse();
}

/** Sends the events in this order, each `copies` times at the same moment. */
export async function sendInOrder(
  gateway: TestGateway,
  events: readonly GatewayEventRow[],
  copies = 2,
): Promise<void> {
  for (const { id } of events) await gateway.turn("resend", { event: id, copies });
}
