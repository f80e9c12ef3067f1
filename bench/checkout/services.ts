/** Whole checkouts through the services, and placing against its own SQL sent raw; prints one JSON line a result. */
import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { connect as connectRaw } from "@/db/client";
import { type Measured, measure } from "../measure";
import { explain, hear, type Names, record, replay } from "./recording";

interface Told {
  readonly seconds: number;
  readonly callers: readonly number[];
  readonly rounds: number;
  readonly doorPort: number;
  /** Whole checkouts too, not placing alone. */
  readonly whole: boolean;
}

/** Products to choose from at random, each with more than enough. */
const SHELVES = 1_000;
const STOCK = 10_000_000;
/** At most so many carts are made ready for one measurement of placing. */
const CARTS_A_SECOND = 900;

const told = JSON.parse(process.argv[2] ?? "{}") as Told;
const { cast, guest, product } = await import("@/db/cast");
const { BERLIN, getReady } = await import("@/db/cast-orders");
const { sql } = await import("@/db/client");
const { constructEvent } = await import("@/lib/gateway/stripe");
const cart = await import("@/lib/services/cart");
const { saveAddress, saveDelivery } = await import("@/lib/services/checkout/steps");
const { place } = await import("@/lib/services/checkout/place");
const { open } = await import("@/lib/services/payments/open");
const { receive } = await import("@/lib/services/payments/receive");
const { systemActor } = await import("@/lib/system");

const browser = spawn(process.execPath, ["--import", "tsx", "bench/checkout/browser.ts"], {
  stdio: ["ignore", "inherit", "inherit", "ipc"],
});
/** Who waits, by the intent that is being paid. */
const paid = new Map<string, () => void>();
const door = createServer(async (request, response) => {
  let body = "";
  for await (const part of request) body += part;
  const event = constructEvent(body, String(request.headers["stripe-signature"]));
  if (!event) return response.writeHead(400).end();
  try {
    await receive(systemActor("webhook"), event);
    if (event.type === "payment_intent.succeeded" && event.intentId) {
      paid.get(event.intentId)?.();
      paid.delete(event.intentId);
    }
    response.writeHead(200).end();
  } catch (error) {
    console.error(error);
    response.writeHead(500).end();
  }
});
await new Promise<void>((done) => door.listen(told.doorPort, "127.0.0.1", done));

const world = await cast();
const variants: string[] = [];
for (let made = 0; made < SHELVES; made += 50) {
  const batch = Array.from({ length: 50 }, (_, i) => `Shelf ${made + i}`);
  const shelves = await Promise.all(
    batch.map((name) =>
      product({
        ownerId: world.id.lineShop,
        categoryId: world.id.category,
        taxClassId: world.id.taxClass,
        name,
        variants: [{ sku: name, price: 2_000, stock: STOCK }],
      }),
    ),
  );
  variants.push(...shelves.flatMap(({ variantIds }) => variantIds));
}
const hot = variants[0] ?? "";
const choose = { random: () => variants[Math.floor(Math.random() * variants.length)] ?? hot, hot: () => hot };
await sql`ANALYZE`;

if (told.whole) {
  for (const kind of ["random", "hot"] as const) {
    for (const callers of told.callers) {
      await once("warm-up", kind, callers, 1);
      await once("services", kind, callers, told.seconds);
    }
  }
}
await placing();
await slowest();
browser.kill();
process.exit(0);

/** What the forms send, in their order. What their pages read is not part of it, as it is not over HTTP. */
async function once(what: string, kind: "random" | "hot", callers: number, seconds: number): Promise<void> {
  const email = "bench@example.com";
  const learned = await getReady(guest(), [{ variantId: choose[kind](), quantity: 1 }], { address: BERLIN });
  const { expectedTotal, shippingRateId } = learned;
  const measured = await measure(callers, seconds, async () => {
    const shopper = guest();
    await cart.add(shopper, { variantId: choose[kind](), quantity: 1 });
    await saveAddress(shopper, { email, shipping: BERLIN, billing: null });
    await saveDelivery(shopper, { shippingRateId });
    const { orderId } = await place(shopper, { method: "card", expectedTotal });
    const { clientSecret } = await open(shopper, orderId);
    const settled = new Promise<void>((done) => paid.set(clientSecret.split("_secret_")[0] ?? "", done));
    browser.send(clientSecret);
    await settled;
    return true;
  });
  if (what !== "warm-up") say({ what, kind, ...measured });
}

/** Placing alone, in turns with its own statements sent raw: the same carts, the same pool size, the same minute. */
async function placing(): Promise<void> {
  for (const callers of told.callers) {
    for (let round = 0; round < told.rounds; round += 1) {
      for (const kind of ["random", "hot"] as const) {
        const recorded = await recording();
        const shared = new Set([...variants, ...Object.values(world.id), ...(await sharedIds())]);
        const carts = await readyCarts(kind, callers);
        // The planner has seen empty tables so far; the shop's own statistics follow within a minute.
        await sql`ANALYZE`;
        const half = Math.floor(carts.length / 2);
        const mine = carts.slice(0, half);
        const ours = await measure(callers, told.seconds, async () => {
          const next = mine.pop();
          if (!next) return false;
          await place(next.shopper, {
            method: "card",
            expectedTotal: next.expectedTotal,
            checkoutId: next.checkoutId,
          });
          return true;
        });
        const theirs = carts.slice(half);
        const client = rawClient();
        const send = replay(recorded.statements, recorded.names, shared);
        const raw = await measure(callers, told.seconds, async () => {
          const next = theirs.pop();
          if (!next) return false;
          await send(client, next.names);
          return true;
        });
        await client.end();
        say({ what: "place", kind, ...ours });
        say({ what: "raw", kind, ...raw });
      }
    }
  }
}

/** A pool like the shop's; JSON is sent as the text that the recording holds. */
function rawClient() {
  const client = connectRaw(process.env.DATABASE_URL ?? "", { socket: process.env.DATABASE_SOCKET });
  const { serializers } = client.options as unknown as {
    serializers: Record<number, (value: unknown) => unknown>;
  };
  for (const type of [114, 3802]) serializers[type] = (value) => value;
  return client;
}

/** Explains each statement of a placed order and prints the slowest with its plan. */
async function slowest(): Promise<void> {
  const recorded = await recording();
  const to = await readyCart(choose.random());
  const client = rawClient();
  const shared = new Set([...variants, ...Object.values(world.id), ...(await sharedIds())]);
  const plans = await explain(recorded, client, to.names, shared);
  await client.end();
  const [worst] = plans.sort((a, b) => b.ms - a.ms);
  console.error(
    `\n  The slowest of ${plans.length} statements took ${worst?.ms} ms:\n${worst?.text}\n${worst?.plan}`,
  );
}

interface ReadyCart {
  readonly shopper: ReturnType<typeof guest>;
  readonly checkoutId: string;
  readonly expectedTotal: number;
  readonly names: Names;
}

async function readyCarts(kind: "random" | "hot", callers: number): Promise<ReadyCart[]> {
  const wanted = Math.ceil(2 * told.seconds * Math.min(CARTS_A_SECOND, 150 * callers));
  const made: ReadyCart[] = [];
  const one = async () => {
    while (made.length < wanted) made.push(await readyCart(choose[kind]()));
  };
  await Promise.all(Array.from({ length: 10 }, one));
  return made;
}

async function readyCart(variantId: string): Promise<ReadyCart> {
  const shopper = guest();
  const { cartId, checkoutId, expectedTotal } = await getReady(shopper, [{ variantId, quantity: 1 }], {
    address: BERLIN,
  });
  const [item] = await sql<{ id: string }[]>`SELECT id FROM cart_items WHERE cart_id = ${cartId}`;
  return {
    shopper,
    checkoutId,
    expectedTotal,
    names: [cartId, checkoutId, item?.id ?? "", shopper.tokenHash ?? "", variantId],
  };
}

async function recording() {
  const cart = await readyCart(choose.random());
  sql.options.debug = hear;
  const statements = await record(() =>
    place(cart.shopper, { method: "card", expectedTotal: cart.expectedTotal, checkoutId: cart.checkoutId }),
  );
  sql.options.debug = false;
  return { statements, names: cart.names };
}

/** Ids that every order shares: rates, owners, products, tax classes. */
async function sharedIds(): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    SELECT id::text FROM owners UNION ALL SELECT id::text FROM products UNION ALL SELECT id::text FROM shipping_rates
    UNION ALL SELECT id::text FROM tax_classes UNION ALL SELECT id::text FROM users`;
  return rows.map(({ id }) => id);
}

function say(line: { what: string; kind: string } & Measured): void {
  console.log(JSON.stringify(line));
}
