/** The machines hold together: every state can be reached, ends are ends, and verbs obey their actors. */
import { describe, expect, test } from "vitest";
import { isShopError } from "./errors";
import { can, machine, pairsOf, transitionFor } from "./machine";
import { machines, transitionRows } from "./machines";

const door = machine("door", ["open", "closed", "locked"], {
  close: { from: ["open"], to: "closed", by: ["guest", "admin"] },
  lock: { from: ["closed"], to: "locked", by: ["admin"] },
  open: { from: ["closed", "locked"], to: "open", by: ["admin"] },
});

describe("a machine", () => {
  test("starts in its first state", () => {
    expect(door.initial).toBe("open");
  });

  test("lets a kind of actor use a verb from the states of the verb only", () => {
    expect(can(door, "close", "open", "guest")).toBe(true);
    expect(can(door, "close", "locked", "guest")).toBe(false);
    expect(can(door, "lock", "closed", "guest")).toBe(false);
  });

  test("gives a service the transition, or refuses the actor", () => {
    expect(transitionFor(door, "open", "admin")).toEqual({
      from: ["closed", "locked"],
      to: "open",
      by: ["admin"],
    });
    let refused: unknown;
    try {
      transitionFor(door, "open", "guest");
    } catch (error) {
      refused = error;
    }
    expect(isShopError(refused, "forbidden")).toBe(true);
  });

  test("lists each pair once", () => {
    expect(pairsOf(door)).toEqual([
      { machine: "door", from: "closed", to: "locked" },
      { machine: "door", from: "closed", to: "open" },
      { machine: "door", from: "locked", to: "open" },
      { machine: "door", from: "open", to: "closed" },
    ]);
  });
});

/** Where nothing leads out: decisions.md "Machines". */
const ENDS: Readonly<Record<string, readonly string[]>> = {
  order: ["completed"],
  fulfilment: ["delivered"],
  shipment: ["delivered", "lost", "returned"],
  payment: ["paid"],
  refund: ["failed"],
  dispute: ["won", "lost"],
  return: ["refunded", "rejected", "withdrawn", "expired"],
  payout: ["paid", "failed"],
  reservation: ["committed", "released"],
};

describe("the shop's machines", () => {
  test("are these, each once", () => {
    expect(machines.map(({ name }) => name).sort()).toEqual(Object.keys(ENDS).sort());
  });

  test.each(machines.map((one) => [one.name, one] as const))(
    "%s",
    (name, { states, initial, transitions }) => {
      const verbs = Object.values(transitions);
      for (const { from, to, by } of verbs) {
        expect(states).toEqual(expect.arrayContaining([...from, to]));
        expect(from).not.toContain(to);
        expect(by.length).toBeGreaterThan(0);
      }
      const reached = new Set([initial]);
      for (const _ of states) {
        for (const { from, to } of verbs) if (from.some((state) => reached.has(state))) reached.add(to);
      }
      expect([...reached].sort()).toEqual([...states].sort());
      const ends = states.filter((state) => !verbs.some(({ from }) => from.includes(state)));
      expect(ends).toEqual(ENDS[name]);
    },
  );

  test("give the database each row once", () => {
    const rows = transitionRows.map((row) => `${row.machine} ${row.from} ${row.to}`);
    expect(new Set(rows).size).toBe(rows.length);
  });
});
