/** Ninety days of demo orders, made by the services themselves at a clock set back, so that the books are true. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";
import { eq, sql } from "drizzle-orm";
import type { Customer, Guest, Owner, Shopper } from "@/lib/domain/actors";
import type { Address } from "@/lib/domain/addresses";
import { isShopError } from "@/lib/domain/errors";
import { mint } from "@/lib/domain/mint";
import { startSandbox } from "@/lib/gateway/sandbox/server";
import * as inventory from "@/lib/services/inventory/adjust";
import { refreshSold } from "@/lib/services/inventory/velocity";
import { complete, deliver } from "@/lib/services/orders/deliver";
import { issueInvoices } from "@/lib/services/orders/invoices";
import { ship, startProcessing } from "@/lib/services/orders/ship";
import { cancelOrder, expire } from "@/lib/services/payments/cancel";
import { collectCash } from "@/lib/services/payments/capture";
import { open } from "@/lib/services/payments/open";
import { sendRefund } from "@/lib/services/payments/refund-settle";
import { sync } from "@/lib/services/payments/sync";
import { systemActor } from "@/lib/system";
import { order as placeOrder } from "../cast-orders";
import { sql as client, db } from "../client";
import { users } from "../schema/accounts";
import { fulfilments } from "../schema/fulfilments";
import { orders } from "../schema/orders";
import { refunds } from "../schema/payments";
import { customers } from "./catalogue/people";
import { setClock } from "./clock";
import { writeLateReviews } from "./late-reviews";
import { keepDemoMail } from "./mail";
import { generator, type PlannedOrder, planOrders } from "./order-plan";
import { PAID_HOURS, payOwners } from "./payouts";
import { sendBack } from "./returns";
import { takeNewestEvents } from "./webhooks";

const COUNT = 190;
const HOUR = 3_600_000;
const GOOD_CARD = "4242424242424242";
const DECLINED_CARD = "4000000000000002";
const CARRIERS = ["DHL", "DPD", "GLS", "UPS"];
const RESTOCK_BELOW = 6;
const RETURNED_EVERY = 5;

const system = systemActor("seed");

/**
 * Makes the orders of the past 90 days with payments, parcels, refunds and ledger entries, unless there are orders.
 * Runs in a process of its own with one connection, because the clock belongs to a connection.
 */
export async function seedOrders({ log }: { log: (line: string) => void }): Promise<void> {
  const [first] = await db.select({ id: orders.id }).from(orders).limit(1);
  if (first) return;
  const child = spawn(process.execPath, ["--import", "tsx", fileURLToPath(import.meta.url)], {
    env: { ...process.env, DATABASE_POOL: "1", WORKER: "off" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  createInterface({ input: child.stdout }).on("line", log);
  const code = await new Promise<number | null>((done) => child.once("exit", done));
  if (code !== 0) throw new Error("the demo orders could not be made");
}

interface World {
  readonly variants: readonly { id: string; ownerId: string }[];
  readonly owners: ReadonlyMap<string, Owner>;
  readonly customers: readonly Customer[];
  readonly start: number;
  readonly gatewayUrl: string;
}

async function makeOrders(log: (line: string) => void): Promise<void> {
  // No webhooks: nobody listens yet, and each payment is settled by asking.
  const sandbox = await startSandbox({
    dataDir: process.env.DATA_DIR ?? "./.data",
    secretKey: process.env.STRIPE_SECRET_KEY,
    publishableKey: process.env.STRIPE_PUBLISHABLE_KEY,
    webhookUrl: null,
  });
  process.env.SANDBOX_URL = sandbox.url;
  try {
    const world = await readWorld(sandbox.url);
    const plans = planOrders(COUNT, customers.length);
    const paidBefore = plans.findIndex(({ hoursAgo }) => hoursAgo < PAID_HOURS);
    for (const [i, plan] of plans.entries()) {
      if (i === paidBefore) await payOwners(world.start, world.owners.keys());
      await live(world, plan, i);
      if (i % 20 === 19) log(`${i + 1} of ${plans.length} orders`);
    }
    await writeLateReviews(world.start);
    await setClock(null);
    await refreshSold(system);
    await takeNewestEvents();
    await keepDemoMail();
  } finally {
    await setClock(null);
    await sandbox.close();
  }
}

async function readWorld(gatewayUrl: string): Promise<World> {
  const variants = await rows<{ id: string; ownerId: string }>(sql`
    SELECT v.id, p.owner_id AS "ownerId" FROM variants v JOIN products p ON p.id = v.product_id AND p.status = 'active'
    JOIN inventory i ON i.variant_id = v.id WHERE v.is_active AND i.available > 5 ORDER BY md5(v.sku)`);
  const sellers = await rows<{ ownerId: string; userId: string }>(
    sql`SELECT id AS "ownerId", user_id AS "userId" FROM owners`,
  );
  const owners = new Map(
    sellers.map((row) => [row.ownerId, mint<Owner>({ kind: "owner", ...row, orderId: null })]),
  );
  const people: Customer[] = [];
  for (const { email } of customers) {
    const [user] = await db.select({ id: users.id }).from(users).where(eq(users.email, email));
    if (!user) throw new Error(`${email} is not seeded yet`);
    people.push(mint<Customer>({ kind: "customer", userId: user.id, orderId: null }));
  }
  return { variants, owners, customers: people, start: Date.now(), gatewayUrl };
}

/** One order's life. Every step happens at its own hour. */
async function live(world: World, plan: PlannedOrder, i: number): Promise<void> {
  const placedAt = world.start - plan.hoursAgo * HOUR;
  const at = (hours: number) => setClock(new Date(Math.min(placedAt + hours * HOUR, world.start)));
  await at(0);
  const orderId = await placeOne(world, plan, i);
  if (!orderId || plan.fate === "pending") return;
  const { shopper } = whoBuys(world, plan, i);
  if (plan.method === "card" && plan.fate === "expired") {
    await at(0.5);
    await expire(system, orderId);
    return;
  }
  if (plan.method === "card") {
    await at(0.03);
    if (plan.isDeclinedFirst) await pay(world, shopper, orderId, DECLINED_CARD);
    await pay(world, shopper, orderId, GOOD_CARD);
  }
  await issueInvoices(system, orderId);
  if (plan.fate === "cancelled" || plan.fate === "expired") {
    await at(1.2);
    await callOff(shopper, orderId);
    await issueInvoices(system, orderId);
    return;
  }
  if (plan.fate !== "confirmed") await fulfil(world, plan, i, orderId, at);
}

async function placeOne(world: World, plan: PlannedOrder, i: number): Promise<string | null> {
  const { shopper, email, address } = whoBuys(world, plan, i);
  const wishes = pick(world, plan);
  await stockUp(world, wishes);
  try {
    const told = { method: plan.method, email, address, ...(plan.code ? { code: plan.code } : {}) };
    return (await placeOrder(shopper, wishes, told)).orderId;
  } catch (error) {
    // Too dear for cash on delivery, a code used twice: such a shopper goes without.
    const isRefused = isShopError(error, "discount_refused") || isShopError(error, "unavailable");
    if (isRefused) return null;
    throw error;
  }
}

async function fulfil(
  world: World,
  plan: PlannedOrder,
  i: number,
  orderId: string,
  at: (hours: number) => Promise<void>,
): Promise<void> {
  const parcels = [];
  for (const part of await db.select().from(fulfilments).where(eq(fulfilments.orderId, orderId))) {
    const owner = world.owners.get(part.ownerId);
    if (!owner) throw new Error("a part of an order has no owner");
    await at(plan.packHours);
    if (plan.fate === "processing") await startProcessing(owner, orderId, part.id);
    else parcels.push({ owner, ...(await ship(owner, orderId, parcelOf(i))) });
  }
  if (plan.fate === "processing" || plan.fate === "shipped") return;
  for (const { owner, shipmentId } of parcels) {
    await at(plan.packHours + plan.travelHours);
    await deliver(owner, { orderId, shipmentId });
  }
  if (plan.method === "cash_on_delivery") await collectCash(system, orderId);
  if (plan.fate === "delivered") {
    const { shopper } = whoBuys(world, plan, i);
    if (plan.method === "card" && i % RETURNED_EVERY === 0)
      await sendBack({ system, shopper, owners: world.owners }, orderId, i / RETURNED_EVERY);
    await issueInvoices(system, orderId);
    return;
  }
  await at(plan.packHours + plan.travelHours + 30 * 24);
  await complete(system, orderId);
}

async function callOff(shopper: Shopper, orderId: string): Promise<void> {
  await cancelOrder(shopper, orderId, { note: "Ordered the wrong size" });
  for (const { id } of await db
    .select({ id: refunds.id })
    .from(refunds)
    .where(eq(refunds.orderId, orderId))) {
    await sendRefund(system, id);
  }
}

function whoBuys(
  world: World,
  plan: PlannedOrder,
  i: number,
): { shopper: Guest | Customer; email: string; address: Address } {
  const person = customers[plan.customer ?? i % customers.length];
  const home = person?.addresses[0];
  if (!person || !home) throw new Error("a demo customer has no address");
  const address: Address = {
    name: home.name,
    company: undefined,
    line1: home.line1,
    line2: home.line2 ?? undefined,
    city: home.city,
    region: home.region ?? undefined,
    postalCode: home.postalCode,
    country: home.country,
    phone: home.phone ?? undefined,
  };
  const customer = plan.customer === null ? undefined : world.customers[plan.customer];
  if (customer) return { shopper: customer, email: person.email, address };
  const tokenHash = createHash("sha256").update(`demo guest ${i}`).digest("hex");
  const guest = mint<Guest>({ kind: "guest", tokenHash, orderId: null });
  return { shopper: guest, email: `guest${i}@example.com`, address };
}

function pick({ variants }: World, { picks }: PlannedOrder): { variantId: string; quantity: number }[] {
  const wishes = new Map<string, number>();
  for (const [i, { rank, quantity }] of picks.entries()) {
    // Some goods go together: every other second pick is the first one's neighbour.
    const first = Math.floor((picks[0]?.rank ?? 0) * variants.length);
    const isNeighbour = i === 1 && Math.floor(rank * 1_000) % 2 === 0;
    const variant = variants[isNeighbour ? first ^ 1 : Math.floor(rank * variants.length)];
    if (variant) wishes.set(variant.id, quantity);
  }
  return [...wishes].map(([variantId, quantity]) => ({ variantId, quantity }));
}

/** Owners keep what sells: goods that run low are restocked before they are sold out. */
async function stockUp(world: World, wishes: readonly { variantId: string }[]): Promise<void> {
  for (const { variantId } of wishes) {
    const [row] = await rows<{ available: number }>(
      sql`SELECT available FROM inventory WHERE variant_id = ${variantId}`,
    );
    const ownerId = world.variants.find((variant) => variant.id === variantId)?.ownerId;
    const owner = world.owners.get(ownerId ?? "");
    if (owner && row && row.available < RESTOCK_BELOW) {
      await inventory.restock(owner, { variantId, quantity: 24, reason: "Delivery from the workshop" });
    }
  }
}

/** Pays as the browser would, then asks the gateway instead of waiting for its webhook. */
async function pay({ gatewayUrl }: World, shopper: Shopper, orderId: string, card: string): Promise<void> {
  const { clientSecret, publishableKey } = await open(shopper, orderId);
  const form = new URLSearchParams({ client_secret: clientSecret, "payment_method_data[type]": "card" });
  for (const [name, value] of Object.entries({
    number: card,
    exp_month: "12",
    exp_year: "2039",
    cvc: "123",
  })) {
    form.set(`payment_method_data[card][${name}]`, value);
  }
  const intentId = clientSecret.split("_secret_")[0];
  const answer = await fetch(`${gatewayUrl}/v1/payment_intents/${intentId}/confirm`, {
    method: "POST",
    headers: { authorization: `Bearer ${publishableKey}` },
    body: form,
  });
  await answer.text();
  await sync(system, orderId);
}

function parcelOf(i: number): { carrier: string; trackingNumber: string } {
  const random = generator(i + 7);
  const trackingNumber = Array.from({ length: 12 }, () => Math.floor(random() * 10)).join("");
  return { carrier: CARRIERS[i % CARRIERS.length] ?? "DHL", trackingNumber };
}

async function rows<R>(query: ReturnType<typeof sql>): Promise<R[]> {
  return (await db.execute(query)) as unknown as R[];
}

const entry = process.argv[1];
if (entry && import.meta.url === pathToFileURL(entry).href) {
  makeOrders((line) => console.log(line))
    .then(() => client.end({ timeout: 5 }))
    .catch((error: unknown) => {
      console.error(error);
      process.exit(1);
    });
}
