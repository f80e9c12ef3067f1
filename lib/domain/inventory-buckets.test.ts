import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { availableIn, type Bucket, putInto, type Share, spreadOver, takeFrom } from "./inventory-buckets";

const plain = fc.record({ onHand: fc.nat(30), reserved: fc.nat(30) });
/** Rows as the database takes them; the first may owe up to its limit. */
const rows = fc
  .tuple(fc.array(plain, { minLength: 1, maxLength: 8 }), fc.boolean(), fc.option(fc.nat(9)), fc.nat(9))
  .map(([list, backorder, limit, owed]): Bucket[] =>
    list.map(({ onHand, reserved }, bucket) => {
      const isDebtor = backorder && bucket === 0;
      const below = isDebtor ? Math.min(owed, limit ?? owed) : 0;
      return {
        bucket,
        onHand: below > 0 ? reserved - below : Math.max(onHand, reserved),
        reserved,
        backorder,
        backorderLimit: isDebtor ? limit : 0,
      };
    }),
  );
const applied = (list: readonly Bucket[], shares: readonly Share[], sign: 1 | -1) =>
  list.map((row) => ({
    ...row,
    onHand: row.onHand + sign * (shares.find(({ bucket }) => bucket === row.bucket)?.quantity ?? 0),
  }));
const isAllowed = ({ onHand, reserved, backorder, backorderLimit }: Bucket) =>
  backorder ? backorderLimit === null || onHand - reserved >= -backorderLimit : onHand >= reserved;

describe("a variant that is spread over rows", () => {
  it("gives exactly what is asked, and refuses only what is not there in all", () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 300 }), (list, quantity) => {
        const shares = takeFrom(list, quantity);
        const there = list.reduce((sum, row) => sum + Math.max(0, row.onHand - row.reserved), 0);
        const [first] = list;
        const owed = first ? Math.min(0, first.onHand - first.reserved) : 0;
        const room = first?.backorder ? (first.backorderLimit ?? Number.POSITIVE_INFINITY) + owed : 0;
        expect(shares !== null).toBe(quantity <= there + room);
        if (!shares) return;
        expect(shares.reduce((sum, share) => sum + share.quantity, 0)).toBe(quantity);
        expect(shares.every((share) => share.quantity > 0)).toBe(true);
        expect(applied(list, shares, -1).every(isAllowed)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it("takes in exactly what comes, the emptiest rows first", () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 200 }), (list, quantity) => {
        const shares = putInto(list, quantity) ?? [];
        expect(shares.reduce((sum, share) => sum + share.quantity, 0)).toBe(quantity);
        expect(shares.every((share) => share.quantity > 0)).toBe(true);
        const filled = applied(list, shares, 1).map((row) => row.onHand - row.reserved);
        const touched = filled.filter((_, i) => shares.some(({ bucket }) => bucket === list[i]?.bucket));
        // Nobody who got some stands more than one above anybody.
        expect(Math.max(...touched) - Math.min(...filled)).toBeLessThanOrEqual(1);
      }),
      { numRuns: 2_000 },
    );
  });

  it("is evened out over as many rows as are wanted, without making or losing an item", () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 10 }), (list, count) => {
        const shares = spreadOver(list, count);
        expect(shares.reduce((sum, share) => sum + share.quantity, 0)).toBe(0);
        const all = Array.from({ length: Math.max(count, list.length) }, (_, bucket) => {
          const nothing = { bucket, onHand: 0, reserved: 0, backorder: false, backorderLimit: null };
          return list[bucket] ?? nothing;
        });
        const levels = applied(all, shares, 1).map((row) => row.onHand - row.reserved);
        expect(levels.slice(count).every((level) => level === 0)).toBe(true);
        const live = levels.slice(0, count);
        if (availableIn(list) >= 0) expect(Math.max(...live) - Math.min(...live)).toBeLessThanOrEqual(1);
        else expect(live).toEqual([availableIn(list), ...live.slice(1).map(() => 0)]);
      }),
      { numRuns: 2_000 },
    );
  });
});
