import type { Metadata } from "next";
import { NewProductForm } from "@/components/admin/new-product-form";
import { PageHead } from "@/components/admin/page-head";
import { listCategoryChoices, listOwnerChoices } from "@/lib/queries/admin/products";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../../staff";

export const instant = false;
export const metadata: Metadata = { title: "New product" };

export default async function NewProduct() {
  const staff = await enter();
  if (!staff) return <NoEntry from="/admin/products/new" />;
  const [categories, owners, store] = await Promise.all([
    listCategoryChoices(staff),
    listOwnerChoices(staff),
    getStore(),
  ]);
  return (
    <>
      <PageHead
        title="New product"
        steps={[{ label: "Products", href: "/admin/products" }]}
        line="It begins as a draft: pictures, variants and texts come next, and nobody sees it before you say so."
      />
      <NewProductForm
        categories={categories}
        owners={staff.kind === "admin" ? owners : []}
        currency={store.currency}
      />
    </>
  );
}
