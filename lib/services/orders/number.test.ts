import { beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { isOrderKey, openLink, orderKey } from "./link";
import { lookUp } from "./look-up";
import { newOrderNumber } from "./number";

let world: Cast;
beforeAll(async () => {
  world = await cast();
});

const ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

it("draws every letter of every place alike, and never in sequence", () => {
  const numbers = Array.from({ length: 30_000 }, () => newOrderNumber("MR").slice(3));
  // Two alike among so many: one run in fifty. Three times in one run: one in a million. (Orders are kept apart by a
  // unique key, and a clash is drawn again.)
  expect(new Set(numbers).size).toBeGreaterThan(numbers.length - 3);
  expect(numbers.every((number) => /^[2-9A-HJKMNP-TV-Z]{7}$/.test(number))).toBe(true);
  for (let place = 0; place < 7; place += 1) {
    const seen = new Map<string, number>();
    for (const number of numbers) seen.set(number.charAt(place), (seen.get(number.charAt(place)) ?? 0) + 1);
    expect([...seen.keys()].sort().join("")).toBe(ALPHABET);
    // 1,000 of each are expected with a deviation of 31: seven of them are never seen.
    for (const count of seen.values()) expect(Math.abs(count - 1_000)).toBeLessThan(220);
  }
  // A number says nothing of the next: as many rise as fall.
  const rising = numbers.filter((number, i) => i > 0 && number > (numbers[i - 1] ?? "")).length;
  expect(Math.abs(rising / numbers.length - 0.5)).toBeLessThan(0.02);
});

it("opens an order by its own key only, or by number and e-mail, and refuses all else alike", async () => {
  const [first, second] = await Promise.all(
    [0, 1].map(async () => {
      const variantId = await shelf(world);
      return order(guest(), [{ variantId, quantity: 1 }], {
        method: "cash_on_delivery",
        email: "Guest@example.com",
      });
    }),
  );
  if (!first || !second) throw new Error("two orders were placed");
  expect(first.key).toHaveLength(22);
  expect(await openLink(first.number, first.key)).toBe(first.orderId);
  for (const key of [second.key, "", first.key.slice(1), `${first.key}A`, first.key.toLowerCase()])
    expect(await openLink(first.number, key)).toBeNull();
  expect(await openLink("MR-2222222", first.key)).toBeNull();
  expect(isOrderKey(second.orderId, orderKey(first.orderId))).toBe(false);
  const ask = (number: string, email: string) => lookUp(guest(), { number, email });
  expect(await ask(first.number.toLowerCase(), "guest@EXAMPLE.com")).toEqual({
    number: first.number,
    key: first.key,
  });
  const refusals = await Promise.all(
    [ask(first.number, "other@example.com"), ask("MR-2222222", "guest@example.com")].map((tried) =>
      tried.catch((error: Error) => error.message),
    ),
  );
  expect(new Set(refusals)).toEqual(new Set(["We could not find that order."]));
});
