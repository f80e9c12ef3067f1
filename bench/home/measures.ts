/** What bench/home measures: every read of the home, the lists of orders and customers, an order's page, the file. */
import type { Admin, Owner, Staff } from "@/lib/domain/actors";
import { mint } from "@/lib/domain/mint";
import { readOrderList } from "@/lib/domain/order-list";
import { type Period, readPeriod } from "@/lib/domain/periods";

export type Measure = readonly [what: string, run: () => Promise<unknown>];

/** The reads, by what they are; they need `DATABASE_URL`, which is read when the queries are loaded. */
export async function measuresOf(sql: typeof import("@/db/client").sql): Promise<Measure[]> {
  const [row] = await sql<{ id: string; userId: string }[]>`
    select id, user_id as "userId" from owners order by id limit 1`;
  const { id: ownerId, userId } = row ?? { id: "", userId: "" };
  const admin = mint<Admin>({ kind: "admin", userId, orderId: null });
  const owner = mint<Owner>({ kind: "owner", userId, ownerId, orderId: null });
  const who: [string, Staff][] = [
    ["admin", admin],
    ["owner", owner],
  ];
  return [
    ...(await homeOf(who)),
    ...(await ordersOf(sql, who)),
    ...(await customersOf(who)),
    ...(await booksOf(owner, admin, ownerId)),
  ];
}

async function homeOf(who: readonly [string, Staff][]): Promise<Measure[]> {
  const { getFigures, listTopProducts, getConversion } = await import("@/lib/queries/admin/figures");
  const { getToday } = await import("@/lib/queries/admin/calendar");
  const { getDesk } = await import("@/lib/queries/admin/home");
  const { listFirst } = await import("@/lib/queries/admin/orders");
  const { today } = await getToday();
  const waiting = { search: "", view: "to-ship", sort: "placed", dir: "asc", page: 1, pageSize: 6 } as const;
  const page = async (staff: Staff, period: Period) => {
    await getToday();
    await Promise.all([
      getDesk(staff),
      getFigures(staff, period),
      listTopProducts(staff, period),
      staff.kind === "admin" ? getConversion(period) : null,
      staff.kind === "admin" ? getConversion(period.before) : null,
      listFirst(staff, waiting),
    ]);
  };
  return who.flatMap(([name, staff]) => [
    ...["today", "7", "30", "90"].flatMap((days): Measure[] => {
      const period = readPeriod({ period: days }, today);
      return [
        [`home, ${name}, ${days}: figures`, () => getFigures(staff, period)],
        [`home, ${name}, ${days}: top products`, () => listTopProducts(staff, period)],
        ...(staff.kind === "admin"
          ? [[`home, ${name}, ${days}: conversion`, () => getConversion(period)] as const]
          : []),
        [`home, ${name}, ${days}: all of the page at once`, () => page(staff, period)],
      ];
    }),
    [`home, ${name}: what waits to be done`, () => getDesk(staff)],
    [`home, ${name}: longest waiting orders`, () => listFirst(staff, waiting)],
  ]);
}

async function ordersOf(
  sql: typeof import("@/db/client").sql,
  who: readonly [string, Staff][],
): Promise<Measure[]> {
  const { getNeighbours, listOrders, readOrders, getNewestOrder } = await import(
    "@/lib/queries/admin/orders"
  );
  const { getStaffOrder } = await import("@/lib/queries/admin/order");
  const { getOrderAround } = await import("@/lib/queries/admin/order-around");
  const { getRefundable, listRefunds } = await import("@/lib/queries/admin/refunds");
  const [some] = await sql<
    { id: string; number: string; email: string; name: string; sku: string; day: string; other: string }[]
  >`
    select o.id, o.number, o.email, a.name, l.sku, o.placed_at::date::text as day, l.owner_id as other
    from (select * from orders where placed_at < shop_now() - interval '60 days' order by placed_at desc limit 1) o
    join order_addresses a on a.order_id = o.id and a.kind = 'shipping' join order_lines l on l.order_id = o.id limit 1`;
  if (!some) return [];
  const lists: [string, Record<string, string>][] = [
    ["all", {}],
    ["page 300", { page: "300" }],
    ["page 1,000", { page: "1000" }],
    ...["to-ship", "unpaid", "shipped", "delivered", "cancelled"].map(
      (view): [string, Record<string, string>] => [`view ${view}`, { view }],
    ),
    ["delivered, page 300", { view: "delivered", page: "300" }],
    ["by sum", { sort: "total" }],
    ["status completed", { status: "completed" }],
    ...["paid", "unpaid", "on-delivery", "part-refunded", "refunded", "disputed"].map(
      (payment): [string, Record<string, string>] => [`payment ${payment}`, { payment }],
    ),
    ["one day", { from: some.day, to: some.day }],
    ["country DE", { country: "DE" }],
    ["country FR", { country: "FR" }],
    ["one seller", { owner: some.other }],
    ["number", { q: some.number }],
    ["half a number", { q: some.number.slice(-4) }],
    ["e-mail", { q: some.email }],
    ["half an e-mail", { q: some.email.slice(3, 11) }],
    ["name", { q: some.name }],
    ["SKU", { q: some.sku }],
    ["what all have (example)", { q: "example" }],
    ["two letters", { q: "sh" }],
    ["nothing has it", { q: "no such thing" }],
  ];
  return who.flatMap(([name, staff]) => [
    ...lists.map(
      ([what, query]): Measure => [
        `orders, ${name}: ${what}`,
        () => listOrders(staff, { ...readOrderList(query), pageSize: 30 }),
      ],
    ),
    [`orders, ${name}: newest`, () => getNewestOrder(staff)],
    [
      `order, ${name}: its page`,
      async () => {
        const order = await getStaffOrder(staff, some.number);
        await Promise.all([
          order && getNeighbours(staff, order.id, readOrderList({})),
          getOrderAround(staff, some.id),
          listRefunds(staff, some.id),
          getRefundable(staff, some.id),
        ]);
      },
    ],
    [
      `order, ${name}: its neighbours in a search`,
      () => getNeighbours(staff, some.id, readOrderList({ q: some.email })),
    ],
    [
      `file, ${name}: a piece of 500 after a year`,
      () =>
        readOrders(
          staff,
          { search: "", view: "all", sort: "placed", after: some.id },
          { page: 1, pageSize: 500 },
        ),
    ],
  ]);
}

async function customersOf(who: readonly [string, Staff][]): Promise<Measure[]> {
  const { listCustomers } = await import("@/lib/queries/admin/customers");
  const page = { search: "", view: "all", dir: "", page: 1, pageSize: 30 } as const;
  return who.flatMap(([name, staff]) => [
    ...(["last", "value", "orders", "name"] as const).map(
      (sort): Measure => [`customers, ${name}: by ${sort}`, () => listCustomers(staff, { ...page, sort })],
    ),
    [`customers, ${name}: page 500`, () => listCustomers(staff, { ...page, sort: "value", page: 500 })],
    [
      `customers, ${name}: search`,
      () => listCustomers(staff, { ...page, sort: "last", search: "shopper1234" }),
    ],
    [
      `customers, ${name}: search by name`,
      () => listCustomers(staff, { ...page, sort: "last", search: "Shopper 1234" }),
    ],
  ]);
}

async function booksOf(owner: Owner, admin: Admin, ownerId: string): Promise<Measure[]> {
  const { getTrialBalance } = await import("@/lib/queries/admin/ledger");
  const { getStatement } = await import("@/lib/queries/admin/books");
  const { getToday } = await import("@/lib/queries/admin/calendar");
  const { at } = await getToday();
  const from = new Date(at.getTime() - 30 * 86_400_000);
  return [
    ["an owner's statement, 30 days", () => getStatement(owner, { ownerId, from, until: at, pageSize: 100 })],
    ["trial balance", () => getTrialBalance(admin)],
  ];
}
