/** Thousands of random orders through the one function that prices them, and their refunds. Failures print their seed. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fractionDigits, parseMoney, toDecimal } from "./money";
import { type PriceInput, priceOrder, type Totals } from "./pricing";
import { planRefund, planRest, type RefundableLine, type RefundableOrder, type RefundPlan } from "./refunds";

const RATES = [0, 50_000, 88_750, 190_000, 255_000];
const currency = fc.constantFrom("JPY", "EUR", "KWD");
const worthIn = (code: string) => fc.integer({ min: 0, max: 3_000 * 10 ** fractionDigits(code) });

const orderIn = (code: string) =>
  fc
    .record({
      lines: fc.array(
        fc.record({
          unitPrice: worthIn(code),
          quantity: fc.integer({ min: 1, max: 12 }),
          taxRate: fc.constantFrom(...RATES),
        }),
        { minLength: 1, maxLength: 7 },
      ),
      discounts: fc.array(
        fc.record({
          kind: fc.constantFrom("percentage" as const, "fixed" as const, "free_shipping" as const),
          percent: fc.integer({ min: 1, max: 100 }),
          worth: fc.integer({ min: 1, max: 100_000 }),
          // Bit by bit, which lines it touches; nothing set: the whole order.
          targets: fc.integer({ min: 0, max: 127 }),
        }),
        { maxLength: 4 },
      ),
      shipping: fc.option(fc.record({ amount: worthIn(code), taxRate: fc.constantFrom(...RATES) })),
      pricesIncludeTax: fc.boolean(),
    })
    .map(
      ({ lines, discounts, ...rest }): PriceInput => ({
        ...rest,
        lines: lines.map((line, i) => ({ ...line, id: `line-${i}` })),
        discounts: discounts.map(({ kind, percent, worth, targets }, i) => ({
          id: `discount-${i}`,
          kind,
          value: kind === "percentage" ? percent : kind === "fixed" ? worth : 0,
          lineIds:
            targets === 0 ? null : lines.flatMap((_, at) => (targets & (1 << at) ? [`line-${at}`] : [])),
        })),
      }),
    );
const input = currency.chain(orderIn);
const sum = (amounts: readonly number[]) => amounts.reduce((a, b) => a + b, 0);

describe("any order", () => {
  it("sums from its lines to its total, and nothing is below zero or more than there was", () => {
    fc.assert(
      fc.property(input, (order) => {
        const { lines, discounts, ...sums } = priceOrder(order);
        const added = order.pricesIncludeTax ? 0 : sums.tax;
        expect(sums.total).toBe(sums.subtotal - sums.discount + sums.shipping + added);
        expect(sum(lines.map((line) => line.subtotal))).toBe(sums.subtotal);
        expect(sum(lines.map((line) => line.discount))).toBe(sums.discount);
        expect(sum(lines.map((line) => line.tax)) + sums.shippingTax).toBe(sums.tax);
        const ofShipping = sums.shipping + (order.pricesIncludeTax ? 0 : sums.shippingTax);
        expect(sum(lines.map((line) => line.total)) + ofShipping).toBe(sums.total);
        // What each discount took is what all took; free shipping takes from the shipping alone, and once.
        const off = discounts.filter((_, i) => order.discounts[i]?.kind !== "free_shipping");
        const lifted = discounts.filter((_, i) => order.discounts[i]?.kind === "free_shipping");
        expect(sum(off.map(({ amount }) => amount))).toBe(sums.discount);
        expect(sum(lifted.map(({ amount }) => amount)) + sums.shipping).toBe(order.shipping?.amount ?? 0);
        for (const [i, line] of lines.entries()) {
          expect(line.id).toBe(order.lines[i]?.id);
          expect(line.discount).toBeGreaterThanOrEqual(0);
          expect(line.discount).toBeLessThanOrEqual(line.subtotal);
          expect(line.tax).toBeGreaterThanOrEqual(0);
          expect(line.tax).toBeLessThanOrEqual(line.total);
          if (order.lines[i]?.taxRate === 0) expect(line.tax).toBe(0);
        }
        for (const amount of Object.values(sums)) expect(amount).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 3_000 },
    );
  });

  it("costs the same however its lines are sorted", () => {
    fc.assert(
      fc.property(input, fc.infiniteStream(fc.nat()), (order, keys) => {
        const shuffled = order.lines
          .map((line) => ({ line, key: keys.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ line }) => line);
        const { lines, ...sums } = priceOrder(order);
        const { lines: others, ...same } = priceOrder({ ...order, lines: shuffled });
        expect(same).toEqual(sums);
        expect([...others].sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual(lines);
      }),
      { numRuns: 1_000 },
    );
  });

  it("contains exactly the tax that its net would be charged, to the rounding of its rates", () => {
    fc.assert(
      fc.property(input, (order) => {
        const { lines, shipping, shippingTax, tax, total } = priceOrder({ ...order, pricesIncludeTax: true });
        const net = total - tax;
        expect(net).toBe(sum(lines.map((line) => line.total - line.tax)) + shipping - shippingTax);
        const groups = new Set(order.lines.map(({ taxRate }) => taxRate)).size + 1;
        const exact = (amount: number, rate: number) => (amount * rate) / (1_000_000 + rate);
        const charged =
          sum(lines.map((line, i) => exact(line.total, order.lines[i]?.taxRate ?? 0))) +
          exact(shipping, order.shipping?.taxRate ?? 0);
        expect(Math.abs(charged - tax)).toBeLessThanOrEqual(groups / 2 + 1e-3);
      }),
      { numRuns: 1_000 },
    );
  });

  it("is written and read without losing a unit", () => {
    fc.assert(
      fc.property(currency, fc.integer({ min: 0, max: 10 ** 12 }), (code, amount) => {
        expect(parseMoney(toDecimal(amount, code), code)).toBe(amount);
      }),
      { numRuns: 500 },
    );
  });
});

describe("its refunds", () => {
  /** The order as refunds see it: what was paid, shipping with its tax. */
  const paid = (order: PriceInput, totals: Totals, code: string): RefundableOrder => ({
    currency: code,
    lines: totals.lines.map(({ id, total, tax }, i) => ({
      id,
      name: id,
      total,
      tax,
      quantity: order.lines[i]?.quantity ?? 0,
      refunded: 0,
      refundedTax: 0,
      refundedQuantity: 0,
    })),
    shipping: {
      total: totals.shipping + (order.pricesIncludeTax ? 0 : totals.shippingTax),
      tax: totals.shippingTax,
      refunded: 0,
      refundedTax: 0,
    },
  });
  const after = (order: RefundableOrder, plan: RefundPlan): RefundableOrder => ({
    ...order,
    lines: order.lines.map((line): RefundableLine => {
      const back = plan.lines.find((one) => one.orderLineId === line.id);
      if (!back) return line;
      return {
        ...line,
        refunded: line.refunded + back.amount,
        refundedTax: line.refundedTax + back.tax,
        refundedQuantity: line.refundedQuantity + back.quantity,
      };
    }),
    shipping: {
      ...order.shipping,
      refunded: order.shipping.refunded + plan.shipping,
      refundedTax: order.shipping.refundedTax + plan.shippingTax,
    },
  });

  it("give back piece by piece, in any order and mixed with sums, exactly what was paid and taxed", () => {
    fc.assert(
      fc.property(
        currency.chain((code) => fc.tuple(fc.constant(code), orderIn(code))),
        fc.array(fc.record({ line: fc.nat(), pieces: fc.nat(), bySum: fc.integer({ min: 0, max: 9 }) }), {
          maxLength: 20,
        }),
        ([code, order], steps) => {
          const totals = priceOrder(order);
          let left = paid(order, totals, code);
          let [amount, tax] = [0, 0];
          const give = (plan: RefundPlan) => {
            expect(plan.tax).toBeGreaterThanOrEqual(0);
            expect(plan.tax).toBeLessThanOrEqual(plan.amount);
            amount += plan.amount;
            tax += plan.tax;
            left = after(left, plan);
            expect(amount).toBeLessThanOrEqual(totals.total);
            expect(tax).toBeLessThanOrEqual(totals.tax);
          };
          for (const { line: at, pieces, bySum } of steps) {
            const line = left.lines[at % left.lines.length];
            if (!line) continue;
            const rest = totals.total - amount;
            if (bySum === 0 && rest > 0) {
              give(planRefund(left, { lines: [], shipping: 0, amount: 1 + (pieces % rest) }));
              continue;
            }
            const quantity = pieces % (line.quantity - line.refundedQuantity + 1);
            give(
              planRefund(left, {
                lines: [{ orderLineId: line.id, quantity }],
                shipping: bySum === 1 ? "all" : 0,
              }),
            );
          }
          give(planRest(left));
          expect({ amount, tax }).toEqual({ amount: totals.total, tax: totals.tax });
        },
      ),
      { numRuns: 1_500 },
    );
  });
});
