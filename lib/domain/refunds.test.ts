import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  inSteps,
  leftInAll,
  leftOf,
  planAmount,
  planRefund,
  planRest,
  type RefundableLine,
  type RefundableOrder,
  type RefundPlan,
  taxIn,
} from "./refunds";

const line = (more: Partial<RefundableLine> = {}): RefundableLine => ({
  id: "a",
  name: "Print",
  total: 1_000,
  tax: 160,
  quantity: 3,
  refunded: 0,
  refundedTax: 0,
  refundedQuantity: 0,
  ...more,
});
const order = (more: Partial<RefundableOrder> = {}): RefundableOrder => ({
  currency: "EUR",
  lines: [line(), line({ id: "b", name: "Mug", total: 500, tax: 0, quantity: 1 })],
  shipping: { total: 490, tax: 78, refunded: 0, refundedTax: 0 },
  ...more,
});
const codeOf = (fn: () => unknown): unknown => {
  try {
    return fn();
  } catch (error) {
    return error;
  }
};

/** The order after a refund (`sign` 1) or after it failed (−1). */
function booked(of: RefundableOrder, plan: RefundPlan, sign: 1 | -1 = 1): RefundableOrder {
  return {
    ...of,
    lines: of.lines.map((one) => {
      const part = plan.lines.find((planned) => planned.orderLineId === one.id);
      if (!part) return one;
      return {
        ...one,
        refunded: one.refunded + sign * part.amount,
        refundedTax: one.refundedTax + sign * part.tax,
        refundedQuantity: one.refundedQuantity + sign * part.quantity,
      };
    }),
    shipping: {
      ...of.shipping,
      refunded: of.shipping.refunded + sign * plan.shipping,
      refundedTax: of.shipping.refundedTax + sign * plan.shippingTax,
    },
  };
}

describe("what a wish pays", () => {
  it("k of n pieces: the cumulative share, rounded, less what went back", () => {
    const pieces = (refundedQuantity: number, refunded: number) =>
      planRefund(order({ lines: [line({ refundedQuantity, refunded })] }), {
        lines: [{ orderLineId: "a", quantity: 1 }],
        shipping: 0,
      }).amount;
    expect([pieces(0, 0), pieces(1, 333), pieces(2, 667)]).toEqual([333, 334, 333]);
    expect(pieces(0, 400)).toBe(0);
  });

  it("an amount alone: over the goods that are left, then the shipping", () => {
    expect(planRefund(order(), { lines: [], shipping: 0, amount: 301 })).toMatchObject({
      amount: 301,
      shipping: 0,
      lines: [
        { orderLineId: "a", quantity: 0, amount: 201, tax: 32 },
        { orderLineId: "b", quantity: 0, amount: 100, tax: 0 },
      ],
    });
    expect(planAmount(order(), 1_600)).toMatchObject({ amount: 1_600, shipping: 100, shippingTax: 16 });
  });

  it("an amount for named pieces: their price does not count, their line does", () => {
    const wish = { lines: [{ orderLineId: "a", quantity: 2 }], shipping: 90, amount: 100 };
    expect(planRefund(order(), wish)).toMatchObject({
      amount: 190,
      shipping: 90,
      lines: [{ orderLineId: "a", quantity: 2, amount: 100, tax: 16 }],
    });
    expect(codeOf(() => planRefund(order(), { ...wish, amount: 1_001 }))).toMatchObject({
      data: { fields: { amount: "At most €10.00 is left." } },
    });
  });

  it("a line that is named twice counts together", () => {
    const twice = [1, 2].map((quantity) => ({ orderLineId: "a", quantity }));
    expect(planRefund(order(), { lines: twice, shipping: "all" })).toMatchObject({
      amount: 1_490,
      tax: 238,
      lines: [{ quantity: 3, amount: 1_000 }],
    });
    const thrice = [...twice, { orderLineId: "a", quantity: 1 }];
    expect(codeOf(() => planRefund(order(), { lines: thrice, shipping: 0 }))).toMatchObject({
      data: { fields: { lines: "Only 3 of Print left to refund." } },
    });
  });

  it("refuses fractions, minus and an amount alone with shipping of its own", () => {
    for (const quantity of [-1, 0.5])
      expect(
        codeOf(() => planRefund(order(), { lines: [{ orderLineId: "a", quantity }], shipping: 0 })),
      ).toMatchObject({ code: "invalid_input" });
    for (const shipping of [-1, 0.5, 491])
      expect(codeOf(() => planRefund(order(), { lines: [], shipping }))).toMatchObject({
        data: { fields: { shipping: expect.any(String) } },
      });
    expect(codeOf(() => planRefund(order(), { lines: [], shipping: 10, amount: 10 }))).toMatchObject({
      data: { fields: { amount: expect.any(String) } },
    });
  });
});

describe("taxes", () => {
  it("of what cost nothing are nothing", () => {
    expect(taxIn({ total: 0, tax: 0, refunded: 0, refundedTax: 0 }, 0)).toBe(0);
  });

  it("never exceed the amount, nor leave more tax than money behind", () => {
    expect(taxIn({ total: 10, tax: 5, refunded: 8, refundedTax: 3 }, 1)).toBe(1);
    expect(taxIn({ total: 10, tax: 5, refunded: 5, refundedTax: 5 }, 3)).toBe(0);
  });
});

describe("sums that the gateway can pay", () => {
  it("are rounded up to its step, out of the line, then others, then shipping, and never beyond what is left", () => {
    const start = order({ shipping: { total: 500, tax: 80, refunded: 0, refundedTax: 0 } });
    const piece = planRefund(start, { lines: [{ orderLineId: "a", quantity: 1 }], shipping: 0 });
    expect(piece.amount).toBe(333);
    const up = inSteps(start, piece, 10);
    expect(up).toMatchObject({ amount: 340, shipping: 0, lines: [{ quantity: 1, amount: 340 }] });
    const later = planRefund(booked(start, up), { lines: [{ orderLineId: "a", quantity: 1 }], shipping: 0 });
    expect(later.amount).toBe(327);
    expect(inSteps(start, up, 10)).toEqual(up);
    const full = order({ lines: [line({ refunded: 995 }), line({ id: "b", total: 505, refunded: 502 })] });
    const last = planRefund(full, { lines: [{ orderLineId: "a", quantity: 3 }], shipping: 0 });
    expect(inSteps({ ...full, shipping: start.shipping }, last, 10)).toMatchObject({
      amount: 10,
      shipping: 2,
      lines: [
        { orderLineId: "a", amount: 5 },
        { orderLineId: "b", quantity: 0, amount: 3 },
      ],
    });
    expect(
      inSteps(
        order({ lines: [line({ total: 5, tax: 0 })], shipping: { ...start.shipping, refunded: 500 } }),
        { amount: 5, tax: 0, shipping: 0, shippingTax: 0, lines: [] },
        10,
      ).amount,
    ).toBe(5);
  });
});

describe("refunds in any number, some of which fail", () => {
  const orders = fc
    .array(
      fc.record({
        total: fc.integer({ min: 0, max: 5_000 }),
        share: fc.integer({ min: 0, max: 30 }),
        quantity: fc.integer({ min: 1, max: 7 }),
      }),
      { minLength: 1, maxLength: 4 },
    )
    .chain((lines) =>
      fc.record({ shipping: fc.integer({ min: 0, max: 900 }) }).map(({ shipping }) =>
        order({
          lines: lines.map(({ total, share, quantity }, i) =>
            line({ id: `${i}`, total, tax: Math.floor((total * share) / 100), quantity }),
          ),
          shipping: { total: shipping, tax: Math.floor(shipping / 6), refunded: 0, refundedTax: 0 },
        }),
      ),
    );
  const steps = fc.array(
    fc.record({
      kind: fc.constantFrom("pieces", "amount", "shipping", "fail"),
      line: fc.nat(),
      part: fc.integer({ min: 1, max: 100 }),
    }),
    { maxLength: 14 },
  );

  it("sum to exactly the order's money and taxes once everything went back", () => {
    fc.assert(
      fc.property(orders, steps, (start, todo) => {
        let now = start;
        let live: RefundPlan[] = [];
        for (const { kind, line: at, part } of todo) {
          if (kind === "fail") {
            const failed = live[at % Math.max(1, live.length)];
            if (failed) now = booked(now, failed, -1);
            live = live.filter((plan) => plan !== failed);
            continue;
          }
          const plan = wished(now, kind, at, part);
          if (!plan) continue;
          expectSound(now, plan);
          now = booked(now, plan);
          live.push(plan);
        }
        const rest = planRest(now);
        expectSound(now, rest);
        const done = booked(now, rest);
        expect(leftInAll(done)).toBe(0);
        for (const one of [...done.lines, done.shipping])
          expect([one.refunded, one.refundedTax]).toEqual([one.total, one.tax]);
        expect(done.lines.map((one) => one.refundedQuantity)).toEqual(done.lines.map((one) => one.quantity));
      }),
      { numRuns: 500 },
    );
  });

  function wished(now: RefundableOrder, kind: string, at: number, part: number): RefundPlan | undefined {
    if (kind === "amount") {
      const amount = Math.ceil((leftInAll(now) * part) / 100);
      return amount > 0 ? planRefund(now, { lines: [], shipping: 0, amount }) : undefined;
    }
    if (kind === "shipping") {
      const shipping = Math.floor((leftOf(now.shipping) * part) / 100);
      return planRefund(now, { lines: [], shipping });
    }
    const one = now.lines[at % now.lines.length];
    if (!one || one.quantity === one.refundedQuantity) return undefined;
    const quantity = 1 + (part % (one.quantity - one.refundedQuantity));
    return planRefund(now, { lines: [{ orderLineId: one.id, quantity }], shipping: 0 });
  }

  function expectSound(now: RefundableOrder, plan: RefundPlan) {
    const parts = [...plan.lines, { amount: plan.shipping, tax: plan.shippingTax }];
    for (const { amount, tax } of parts) {
      expect(tax).toBeGreaterThanOrEqual(0);
      expect(tax).toBeLessThanOrEqual(amount);
    }
    expect(parts.reduce((sum, part) => sum + part.amount, 0)).toBe(plan.amount);
    expect(parts.reduce((sum, part) => sum + part.tax, 0)).toBe(plan.tax);
    expect(plan.amount).toBeLessThanOrEqual(leftInAll(now));
  }
});
