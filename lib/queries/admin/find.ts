/** What the palette finds: sections, orders, products and, for admins, customers. Owners find their own. */
import { sql } from "@/db/client";
import type { Staff } from "@/lib/domain/actors";
import { pagesFor } from "@/lib/domain/sections";
import { listCustomers } from "./customers";
import { findFormerOrders } from "./former-orders";
import { productHolds } from "./goods-search";
import { readOrders } from "./orders";
import { ownedBy } from "./scope";

export interface Found {
  readonly kind: "Page" | "Order" | "Product" | "Customer";
  readonly label: string;
  /** A quiet word beside it. */
  readonly detail: string;
  readonly href: string;
}

/** Of each kind so many: who does not find it types more. */
const EACH = 6;

/** Everything that holds the words, sections first; the sections alone where nothing was typed. */
export async function find(staff: Staff, text: string): Promise<Found[]> {
  const pages = pagesFor(staff.kind)
    .filter(({ label }) => label.toLowerCase().includes(text.toLowerCase()))
    .map(({ label, href }): Found => ({ kind: "Page", label, detail: "", href }));
  if (text.length < 2) return pages;
  const [orders, former, products, customers] = await Promise.all([
    findOrders(staff, text),
    staff.kind === "admin" ? findFormerOrders(staff, text, EACH) : [],
    findProducts(staff, text),
    staff.kind === "admin" ? findCustomers(staff, text) : [],
  ]);
  return [...pages, ...orders, ...former.map(formerOrder), ...products, ...customers];
}

const formerOrder = ({ id, number, customer }: { id: string; number: string; customer: string }): Found => ({
  kind: "Order",
  label: number,
  detail: `${customer}${customer && ", "}former shop`,
  href: `/admin/orders/former/${id}`,
});

async function findOrders(staff: Staff, text: string): Promise<Found[]> {
  const choice = { search: text, view: "all", sort: "placed" } as const;
  const rows = await readOrders(staff, choice, { page: 1, pageSize: EACH });
  return rows.map(({ number, customer }) => ({
    kind: "Order",
    label: number,
    detail: customer,
    href: `/admin/orders/${number}`,
  }));
}

async function findProducts(staff: Staff, text: string): Promise<Found[]> {
  const rows = await sql<{ id: string; name: string; subtitle: string }[]>`
    select p.id, p.name, p.subtitle from products p
    where ${ownedBy(staff, "p")} and ${productHolds(text)}
    order by strpos(lower(p.name), ${text.toLowerCase()}), p.name, p.id limit ${EACH}`;
  return rows.map(({ id, name, subtitle }) => ({
    kind: "Product",
    label: name,
    detail: subtitle,
    href: `/admin/products/${id}`,
  }));
}

/** Accounts and guests alike, as their list finds them. */
async function findCustomers(staff: Staff, text: string): Promise<Found[]> {
  const { rows } = await listCustomers(staff, {
    search: text,
    view: "all",
    sort: "last",
    dir: "",
    page: 1,
    pageSize: EACH,
  });
  return rows.map(({ key, name, email, isGuest }) => ({
    kind: "Customer",
    label: name,
    detail: [email !== name && email, isGuest && "guest"].filter(Boolean).join(", "),
    href: `/admin/customers/${key}`,
  }));
}
