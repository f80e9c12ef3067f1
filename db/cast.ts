/** The cast: a small named world for tests of services, with its people as actors. */
import { randomBytes } from "node:crypto";
import type { Admin, Customer, Guest, Owner, System } from "@/lib/domain/actors";
import { mint } from "@/lib/domain/mint";
import { hash } from "@/lib/services/passwords";
import { db } from "./client";
import { newId } from "./id";
import { owners, users } from "./schema/accounts";
import { categories, products, variants } from "./schema/catalog";
import { inventory, stockMovements } from "./schema/inventory";
import { settings } from "./schema/settings";
import { shippingRates, shippingZonePlaces, shippingZones } from "./schema/shipping";
import { taxClasses, taxRates } from "./schema/tax";
import { withTx } from "./tx";

/** The password of everybody in the cast. */
export const CAST_PASSWORD = "moire-demo-shop-2026";

let hashed: Promise<string> | undefined;

/**
 * Inserts the cast once and answers its ids and actors. Line sells `print` (small, large) and `mug`; ring sells
 * `tote`. Prices are in cents and include 19 % tax in Germany and 23 % in Ireland; shipping costs 490 (standard) or
 * 990 (express) within the zone DE, IE, FR.
 */
export async function cast() {
  hashed ??= hash(CAST_PASSWORD);
  const passwordHash = await hashed;
  const id = {
    ada: newId(),
    ben: newId(),
    line: newId(),
    ring: newId(),
    admin: newId(),
    lineShop: newId(),
    ringShop: newId(),
    category: newId(),
    taxClass: newId(),
    zone: newId(),
    standard: newId(),
    express: newId(),
  };

  await withTx(async (tx) => {
    await tx.insert(settings).values({
      storeName: "Moiré",
      storeEmail: "shop@example.com",
      currency: "EUR",
      country: "IE",
      cashOnDeliveryLimit: 50_000,
    });
    const person = (
      name: "ada" | "ben" | "line" | "ring" | "admin",
      role: "customer" | "owner" | "admin",
    ) => ({
      id: id[name],
      email: `${name}@example.com`,
      username: name,
      passwordHash,
      firstName: name,
      role,
    });
    await tx
      .insert(users)
      .values([
        person("ada", "customer"),
        person("ben", "customer"),
        person("line", "owner"),
        person("ring", "owner"),
        person("admin", "admin"),
      ]);
    await tx.insert(owners).values([
      { id: id.lineShop, userId: id.line, name: "Line", slug: "line" },
      { id: id.ringShop, userId: id.ring, name: "Ring", slug: "ring" },
    ]);
    await tx
      .insert(taxClasses)
      .values({ id: id.taxClass, code: "standard", name: "Standard", isDefault: true });
    await tx.insert(taxRates).values([
      { id: newId(), taxClassId: id.taxClass, country: "DE", name: "VAT 19 %", rate: 190_000 },
      { id: newId(), taxClassId: id.taxClass, country: "IE", name: "VAT 23 %", rate: 230_000 },
    ]);
    await tx.insert(shippingZones).values({ id: id.zone, name: "Europe" });
    await tx
      .insert(shippingZonePlaces)
      .values(["DE", "IE", "FR"].map((country) => ({ id: newId(), zoneId: id.zone, country })));
    await tx.insert(shippingRates).values([
      { id: id.standard, zoneId: id.zone, name: "Standard", amount: 490, freeOver: 10_000, position: 0 },
      { id: id.express, zoneId: id.zone, name: "Express", amount: 990, daysMin: 1, daysMax: 1, position: 1 },
    ]);
    await tx
      .insert(categories)
      .values({ id: id.category, name: "Objects", slug: "objects", path: "objects" });
  });

  const shelf = { ownerId: id.lineShop, categoryId: id.category, taxClassId: id.taxClass };
  const print = await product({
    ...shelf,
    name: "Print One",
    variants: [
      { sku: "PRINT-S", title: "Small", price: 2_900, stock: 10 },
      { sku: "PRINT-L", title: "Large", price: 4_900, stock: 5 },
    ],
  });
  const mug = await product({
    ...shelf,
    name: "Mug One",
    variants: [{ sku: "MUG", price: 1_800, stock: 3 }],
  });
  const tote = await product({
    ...shelf,
    ownerId: id.ringShop,
    name: "Tote One",
    variants: [{ sku: "TOTE", price: 2_400, stock: 10 }],
  });

  return {
    id,
    print,
    mug,
    tote,
    ada: mint<Customer>({ kind: "customer", userId: id.ada, orderId: null }),
    ben: mint<Customer>({ kind: "customer", userId: id.ben, orderId: null }),
    line: mint<Owner>({ kind: "owner", userId: id.line, ownerId: id.lineShop, orderId: null }),
    ring: mint<Owner>({ kind: "owner", userId: id.ring, ownerId: id.ringShop, orderId: null }),
    admin: mint<Admin>({ kind: "admin", userId: id.admin, orderId: null }),
    system: mint<System>({ kind: "system", via: "test" }),
  };
}

export type Cast = Awaited<ReturnType<typeof cast>>;

/** A fresh guest; with `orderId` as if that order's signed link had been opened. */
export function guest(orderId: string | null = null): Guest {
  return mint<Guest>({ kind: "guest", tokenHash: randomBytes(32).toString("hex"), orderId });
}

interface ProductInput {
  ownerId: string;
  categoryId: string;
  taxClassId?: string;
  name: string;
  /** Prices in minor units; `stock` counts whole items. */
  variants: readonly { sku: string; title?: string; price: number; stock?: number; weight?: number }[];
}

/** An active product with its variants and a stock that its movements add up to. */
export async function product({ variants: wanted, ...input }: ProductInput) {
  const productId = newId();
  const slug = input.name.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  const made = wanted.map(({ stock = 0, ...variant }, position) => ({
    variant: {
      id: newId(),
      productId,
      position,
      optionKey: wanted.length > 1 ? variant.sku : "",
      ...variant,
    },
    stock,
  }));
  await withTx(async (tx) => {
    await tx
      .insert(products)
      .values({ id: productId, slug, status: "active", publishedAt: new Date(), ...input });
    await tx.insert(variants).values(made.map(({ variant }) => variant));
    await tx
      .insert(inventory)
      .values(made.map(({ variant, stock }) => ({ variantId: variant.id, onHand: stock })));
    const received = made.filter(({ stock }) => stock > 0);
    if (received.length > 0)
      await tx.insert(stockMovements).values(
        received.map(({ variant, stock }) => ({
          id: newId(),
          variantId: variant.id,
          kind: "restock" as const,
          onHandDelta: stock,
          reservedDelta: 0,
          reason: "cast",
        })),
      );
  });
  return { id: productId, slug, variantIds: made.map(({ variant }) => variant.id) };
}

/** A fresh product of Line's with one variant. Answers the variant; `price` in cents, `stock` in whole items. */
export async function shelf({ id }: Cast, stock = 10, price = 2_000): Promise<string> {
  const name = `Thing ${newId()}`;
  const { variantIds } = await product({
    ownerId: id.lineShop,
    categoryId: id.category,
    taxClassId: id.taxClass,
    name,
    variants: [{ sku: name, price, stock }],
  });
  const [variantId] = variantIds;
  if (!variantId) throw new Error("a product was made without its variant");
  return variantId;
}

/** The id of a variant of the cast by its SKU. */
export async function variantId(sku: string): Promise<string> {
  const rows = await db.select({ id: variants.id, sku: variants.sku }).from(variants);
  const found = rows.find((row) => row.sku === sku);
  if (!found) throw new Error(`no variant ${sku} in the cast`);
  return found.id;
}
