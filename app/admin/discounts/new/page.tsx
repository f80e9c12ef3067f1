import type { Metadata } from "next";
import { DiscountForm } from "@/components/admin/discount-form";
import { PageHead } from "@/components/admin/page-head";
import { NotHere } from "@/components/layout/not-here";
import { listDiscountChoices } from "@/lib/queries/admin/discounts";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../../staff";

export const instant = false;
export const metadata: Metadata = { title: "New discount" };

export default async function NewDiscount() {
  const [staff, { currency, timeZone }] = await Promise.all([enter(), getStore()]);
  if (!staff) return <NoEntry from="/admin/discounts/new" />;
  if (staff.kind !== "admin") return <NotHere title="No line crosses here." />;
  return (
    <>
      <PageHead title="New discount" steps={[{ label: "Discounts", href: "/admin/discounts" }]} />
      <DiscountForm choices={await listDiscountChoices(staff)} currency={currency} timeZone={timeZone} />
    </>
  );
}
