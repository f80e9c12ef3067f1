/** What the palette finds: sections, orders, products and, for admins, customers. Owners find their own. */
import { sql } from "@/db/client";
import type { Staff } from "@/lib/domain/actors";
import { sectionsFor } from "@/lib/domain/sections";
import { findFormerOrders } from "./former-orders";
import { readOrders } from "./orders";
import { contains, ownedBy } from "./scope";

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
  const sections = sectionsFor(staff.kind).flatMap(({ lines }) => lines);
  const pages = sections
    .filter(({ label }) => label.toLowerCase().includes(text.toLowerCase()))
    .map(({ label, href }): Found => ({ kind: "Page", label, detail: "", href }));
  if (text.length < 2) return pages;
  const [orders, former, products, customers] = await Promise.all([
    findOrders(staff, text),
    staff.kind === "admin" ? findFormerOrders(staff, text, EACH) : [],
    findProducts(staff, text),
    staff.kind === "admin"
      ? findCustomers(
          text,
          sections.some(({ href }) => href === CUSTOMERS),
        )
      : [],
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
    where ${ownedBy(staff, "p")} and (${contains(sql`p.name`, text)} or exists (
      select from variants v where v.product_id = p.id and ${contains(sql`v.sku`, text)}))
    order by strpos(lower(p.name), ${text.toLowerCase()}), p.name, p.id limit ${EACH}`;
  return rows.map(({ id, name, subtitle }) => ({
    kind: "Product",
    label: name,
    detail: subtitle,
    href: `/admin/products/${id}`,
  }));
}

/** Their page where there is one; their orders else. */
async function findCustomers(text: string, hasPage: boolean): Promise<Found[]> {
  const rows = await sql<{ email: string; name: string }[]>`
    select u.email, trim(u.first_name || ' ' || u.last_name) as name from users u
    where u.role = 'customer' and u.erased_at is null
      and (${contains(sql`u.email`, text)} or ${contains(sql`u.first_name || ' ' || u.last_name`, text)})
    order by u.last_sign_in_at desc nulls last, u.id limit ${EACH}`;
  return rows.map(({ email, name }) => ({
    kind: "Customer",
    label: name || email,
    detail: name ? email : "",
    href: `${hasPage ? CUSTOMERS : "/admin/orders"}?q=${encodeURIComponent(email)}`,
  }));
}

const CUSTOMERS = "/admin/customers";
