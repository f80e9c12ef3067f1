/** Taking back changes of products, of their schedules and of their variants' prices, by the form's own service. */
import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { products, variants } from "@/db/schema/catalog";
import { settings } from "@/db/schema/settings";
import { withTx } from "@/db/tx";
import type { Staff } from "@/lib/domain/actors";
import type { VariantInput } from "@/lib/domain/catalog-input";
import { isRetired } from "@/lib/domain/catalog-options";
import { toDecimal } from "@/lib/domain/money";
import { editProduct } from "@/lib/services/catalog";
import { putScheduleBack, scheduleOf } from "@/lib/services/catalog-schedule";
import type { Fields, Reversible } from "./reversible";

type Variant = typeof variants.$inferSelect;

const productOf = async (tx: Tx, id: string) =>
  (await tx.select().from(products).where(eq(products.id, id)))[0];

/** The product as its form would send it, with `fields` in place of its own and `change` in place of a variant's. */
async function save(
  staff: Staff,
  productId: string,
  { version, fields = {}, change }: { version?: number; fields?: Fields; change?: Variant },
) {
  const input = await withTx(async (tx): Promise<Parameters<typeof editProduct>[1] | undefined> => {
    const product = await productOf(tx, productId);
    const [store] = await tx.select({ currency: settings.currency }).from(settings);
    const rows = await tx.select().from(variants).where(eq(variants.productId, productId));
    const money = (amount: number | null) =>
      amount === null ? "" : toDecimal(amount, store?.currency ?? "EUR");
    return (
      product && {
        ...product,
        ...fields,
        details: undefined,
        storedDetails: String(fields.details ?? product.details),
        productId,
        version: version ?? product.version,
        variants: rows
          .filter(({ optionKey }) => !isRetired(optionKey))
          .map((row) => (change?.id === row.id ? change : row))
          .map(
            ({ id, version: seen, price, compareAtPrice, isActive, sku, barcode, weight, cost, ...row }) => ({
              id,
              version: seen,
              price: money(price),
              compareAtPrice: money(compareAtPrice),
              isActive,
              sku,
              barcode: barcode ?? "",
              weight,
              cost: money(cost),
              unitAmount: String(row.unitAmount ?? ""),
              unit: (row.unit ?? "") as VariantInput["unit"],
            }),
          ),
      }
    );
  });
  return input ? (await editProduct(staff, input)).tags : [];
}

export const productReverts: Reversible<Staff> = {
  async read(tx, id) {
    const row = await productOf(tx, id);
    return row && { version: row.version, fields: row };
  },
  apply: (staff, { id, version, fields }) => save(staff, id, { version, fields }),
};

export const scheduleReverts: Reversible<Staff> = {
  async read(tx, id) {
    const row = await productOf(tx, id);
    return row && { version: row.version, fields: { schedule: scheduleOf(row) } };
  },
  async apply(staff, { id: productId, version, fields }) {
    const { into, out } = (fields.schedule ?? {}) as Partial<ReturnType<typeof scheduleOf>>;
    const moments = { publishAt: into ? new Date(into) : null, unpublishAt: out ? new Date(out) : null };
    await putScheduleBack(staff, { productId, version, ...moments });
    return [];
  },
};

export const variantReverts: Reversible<Staff> = {
  async read(tx, id) {
    const [row] = await tx.select().from(variants).where(eq(variants.id, id));
    return row && !isRetired(row.optionKey) ? { version: row.version, fields: row } : undefined;
  },
  apply(staff, { version, fields }) {
    const change = { ...(fields as unknown as Variant), version };
    return save(staff, change.productId, { change });
  },
};
