import { expect, it } from "vitest";
import { groupOrders, orderColumns, orderMapping } from "./order-rows";
import { type OrderDraft, readOrder } from "./orders";

const HEAD = ["Name", "Created at", "Currency", "Subtotal", "Total", "Lineitem quantity", "Lineitem name"];
const FIRST = ["#1001", "2026-05-01 10:00:00 +0200", "EUR", "10.00", "12.00", "1", "Bowl"];

async function* table(...records: string[][]) {
  let line = 0;
  for (const record of records) yield { record, line: ++line };
}

/** The orders of a table: read, or the reason why not. */
async function readAll(...records: string[][]): Promise<(OrderDraft | string)[]> {
  const read: (OrderDraft | string)[] = [];
  for await (const { columns, group } of groupOrders(table(...records))) {
    try {
      read.push(readOrder(columns, group, "EUR"));
    } catch (error) {
      read.push(error instanceof Error ? error.message : String(error));
    }
  }
  return read;
}

/** The order of one row in which some columns say something else, or are there besides. */
async function one(said: Record<string, string>): Promise<OrderDraft> {
  const more = Object.keys(said).filter((name) => !HEAD.includes(name));
  const row = HEAD.map((name, at) => said[name] ?? FIRST[at] ?? "");
  const [order] = await readAll([...HEAD, ...more], [...row, ...more.map((name) => said[name] ?? "")]);
  if (!order || typeof order === "string") throw new Error(order ?? "no order");
  return order;
}

it("reads amounts as any spreadsheet writes them, in the order's own currency", async () => {
  for (const [text, currency, amount] of [
    ["1,234.50", "USD", 123_450],
    ["1234.5", "EUR", 123_450],
    ["1.234,50", "EUR", 123_450],
    ["$1,234.50", "USD", 123_450],
    ["1200", "JPY", 1_200],
    ["1200.00", "JPY", 1_200],
    ["1.234", "KWD", 1_234],
    ["0", "EUR", 0],
  ] as const)
    expect((await one({ Total: text, Currency: currency })).sums.total, text).toBe(amount);
  for (const text of ["12x", "-5.00", "1.005", "free"])
    await expect(one({ Subtotal: text }), text).rejects.toThrow(/^Subtotal is no amount of EUR\.$/);
});

it("reads moments with their offset, and says so where a spreadsheet has rewritten them", async () => {
  for (const [text, at] of [
    ["2026-05-01 10:00:00 +0200", "2026-05-01T08:00:00.000Z"],
    ["2026-05-01 01:30:00 -0700", "2026-05-01T08:30:00.000Z"],
    ["2026-05-01T10:00:00+02:00", "2026-05-01T08:00:00.000Z"],
    ["2026-05-01 10:00:00 UTC", "2026-05-01T10:00:00.000Z"],
  ] as const) {
    const { placedAt, notes } = await one({ "Created at": text });
    expect([placedAt.toISOString(), notes], text).toEqual([at, []]);
  }
  expect(await one({ "Created at": "2026-05-01 10:00" })).toMatchObject({
    placedAt: new Date("2026-05-01T10:00:00Z"),
    notes: [{ line: 2, text: "Created at names no time zone: taken for UTC" }],
  });
  for (const text of [
    "01.05.2026 10:00",
    "2026-06-31 10:00:00 +0200",
    "45384.34",
    "2026-05-01 25:00:00 +0200",
  ])
    await expect(one({ "Created at": text }), text).rejects.toThrow(/^Created at is no moment such as/);
});

it("takes columns that are missing for nothing said, and names those that it cannot do without", async () => {
  expect(await one({})).toMatchObject({
    externalId: null,
    financialStatus: undefined,
    cancelledAt: undefined,
    email: null,
    address: null,
    note: null,
    sums: { subtotal: 1_000, total: 1_200 },
  });
  expect(
    (await one({ "Shipping Name": "Ada", "Shipping Zip": "'01097", "Shipping Country": "de" })).address,
  ).toEqual({ name: "Ada", postalCode: "01097", country: "DE" });
  expect(await one({ Currency: "" })).toMatchObject({
    currency: "EUR",
    notes: [{ line: 2, text: "no currency: taken for EUR" }],
  });
  expect(() => orderColumns(["Name", "Lineitem name"])).toThrow(/no column "Created at", no "Total"/);
  expect(orderMapping([...HEAD, "Payment Reference", "Billing Phone"]).unread).toEqual([
    "Payment Reference",
    "Billing Phone",
  ]);
});

it("gathers the rows of an order, and tells two shops' #1001 apart by their id", async () => {
  const head = [...HEAD, "Id"];
  const more = ["#1001", "", "", "", "", "2", "Cup", ""];
  const read = await readAll(
    head,
    [...FIRST, "5001"],
    more,
    [...FIRST, "6001"],
    // A second export, put below the first with its own first line.
    head,
    ["#1002", ...FIRST.slice(1), "5.00E+12"],
    ["", ...FIRST.slice(1), "5003"],
  );
  expect(read).toMatchObject([
    { externalId: "5001", lines: [{ title: "Bowl" }, { title: "Cup", quantity: 2 }] },
    { externalId: "6001", lines: [{ title: "Bowl" }] },
    { number: "#1002", externalId: null, notes: [{ line: 6, text: "Id left out: it is no number in full" }] },
    "There is no order number in the column Name.",
  ]);
});
