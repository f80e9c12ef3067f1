import { expect, test } from "vitest";
import { figuresOf } from "./content-figures";
import type { Store } from "./settings";
import type { DeliveryZone } from "./shipping";

const WORDS = "Moiré | <script>x</script> [go](//evil.example) *now*";
const PLAIN = "Moiré \\| \\<script\\>x\\</script\\> \\[go\\](//evil.example) \\*now\\*";
const store = { name: WORDS, email: "a@b.example", countryName: "Germany", currency: "EUR", locale: "en" };

test("what an admin called the shop and a rate are words of a page, neither links nor elements nor cells", () => {
  const zones = [
    {
      places: [{ country: "DE", region: null }],
      rates: [{ name: WORDS, kind: "flat", amount: 490, freeOver: null, daysMin: 1, daysMax: 2 }],
    },
  ] as unknown as readonly DeliveryZone[];
  const figures = figuresOf({ ...store, delivery: null, returnWindowDays: 30 } as unknown as Store, zones);
  expect(figures.storeName).toBe(PLAIN);
  expect(figures.deliveryTable?.split("\n").at(-1)).toBe(`| ${PLAIN} | €4.90 | 1 to 2 working days |`);
});
