import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type PriceInput, priceOrder, refundOfPieces, taxOf } from "./pricing";

const line = fc.record({
  unitPrice: fc.integer({ min: 0, max: 500_000 }),
  quantity: fc.integer({ min: 1, max: 30 }),
  taxRate: fc.constantFrom(0, 50_000, 70_000, 88_750, 190_000, 230_000, 255_000),
});
const lines = fc
  .array(line, { minLength: 1, maxLength: 8 })
  .map((list) => list.map((one, i) => ({ ...one, id: `line-${i}` })));
const discount = fc.oneof(
  fc.record({ kind: fc.constant("percentage" as const), value: fc.integer({ min: 1, max: 100 }) }),
  fc.record({ kind: fc.constant("fixed" as const), value: fc.integer({ min: 1, max: 1_000_000 }) }),
  fc.record({ kind: fc.constant("free_shipping" as const), value: fc.constant(0) }),
);
const input: fc.Arbitrary<PriceInput> = fc
  .record({
    lines,
    discounts: fc.array(discount, { maxLength: 3 }),
    only: fc.nat({ max: 7 }),
    shipping: fc.option(
      fc.record({ amount: fc.integer({ min: 0, max: 5_000 }), taxRate: fc.constantFrom(0, 190_000) }),
    ),
    pricesIncludeTax: fc.boolean(),
  })
  .map(({ only, discounts, ...rest }) => ({
    ...rest,
    // Every other discount touches only some lines.
    discounts: discounts.map((one, i) => ({
      ...one,
      id: `discount-${i}`,
      lineIds: i % 2 ? [`line-${only}`] : null,
    })),
  }));

const sumOf = (amounts: readonly number[]) => amounts.reduce((a, b) => a + b, 0);

describe("priceOrder", () => {
  it("sums: lines to the order, and the order to what the database demands", () => {
    fc.assert(
      fc.property(input, (order) => {
        const totals = priceOrder(order);
        const { subtotal, discount, shipping, shippingTax, tax, total } = totals;
        expect(sumOf(totals.lines.map((one) => one.subtotal))).toBe(subtotal);
        expect(sumOf(totals.lines.map((one) => one.discount))).toBe(discount);
        expect(sumOf(totals.lines.map((one) => one.tax)) + shippingTax).toBe(tax);
        expect(total).toBe(subtotal - discount + shipping + (order.pricesIncludeTax ? 0 : tax));
        const lineTotals = sumOf(totals.lines.map((one) => one.total));
        expect(lineTotals + shipping + (order.pricesIncludeTax ? 0 : shippingTax)).toBe(total);
        for (const one of totals.lines) {
          expect(one.discount).toBeGreaterThanOrEqual(0);
          expect(one.discount).toBeLessThanOrEqual(one.subtotal);
          expect(one.tax).toBeGreaterThanOrEqual(0);
          expect(one.total).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("rounds tax once per rate, so that it is at most half a unit off per rate", () => {
    fc.assert(
      fc.property(input, (order) => {
        const { lines: priced } = priceOrder(order);
        for (const rate of new Set(order.lines.map((one) => one.taxRate))) {
          const own = priced.filter((_, i) => order.lines[i]?.taxRate === rate);
          const base = sumOf(own.map((one) => one.subtotal - one.discount));
          expect(sumOf(own.map((one) => one.tax))).toBe(taxOf(base, rate, order.pricesIncludeTax));
        }
      }),
      { numRuns: 500 },
    );
  });

  it("lowers shipping, never the discount, when shipping is free", () => {
    const totals = priceOrder({
      lines: [{ id: "a", unitPrice: 1_000, quantity: 1, taxRate: 190_000 }],
      discounts: [{ id: "free", kind: "free_shipping", value: 0, lineIds: null }],
      shipping: { amount: 490, taxRate: 190_000 },
      pricesIncludeTax: true,
    });
    expect(totals).toMatchObject({ discount: 0, shipping: 0, shippingTax: 0, total: 1_000, tax: 160 });
    expect(totals.discounts).toEqual([{ id: "free", amount: 490 }]);
  });

  it("never takes more off than there is", () => {
    const totals = priceOrder({
      lines: [{ id: "a", unitPrice: 300, quantity: 1, taxRate: 0 }],
      discounts: [
        { id: "big", kind: "fixed", value: 1_000, lineIds: null },
        { id: "more", kind: "percentage", value: 50, lineIds: null },
      ],
      shipping: null,
      pricesIncludeTax: true,
    });
    expect(totals).toMatchObject({ discount: 300, total: 0 });
    expect(totals.discounts.map((one) => one.amount)).toEqual([300, 0]);
  });
});

describe("refundOfPieces", () => {
  it("gives back exactly what the line cost, piece by piece in any grouping", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000_000 }),
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 10 }),
        (total, groups) => {
          const quantity = sumOf(groups);
          let refundedQuantity = 0;
          let refundedAmount = 0;
          for (const pieces of groups) {
            refundedAmount += refundOfPieces({ total, quantity, refundedQuantity, refundedAmount, pieces });
            refundedQuantity += pieces;
          }
          expect(refundedAmount).toBe(total);
        },
      ),
    );
  });
});
