import type { Metadata, Route } from "next";
import { NewProductForm } from "@/components/admin/new-product-form";
import { PageHead } from "@/components/admin/page-head";
import { LinkButton } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
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
      {categories.length > 0 ? (
        <NewProductForm
          categories={categories}
          owners={staff.kind === "admin" ? owners : []}
          currency={store.currency}
        />
      ) : (
        <NoCategory isAdmin={staff.kind === "admin"} />
      )}
    </>
  );
}

function NoCategory({ isAdmin }: { isAdmin: boolean }) {
  return (
    <Notice title="There is no category yet" className="max-w-form">
      <p>
        Every product stands in one, so that shoppers find it.{" "}
        {isAdmin ? "Make the first one, then come back." : "Please ask an admin to make the first one."}
      </p>
      {isAdmin && (
        <p className="mt-3">
          <LinkButton href={"/admin/categories" as Route} small>
            To the categories
          </LinkButton>
        </p>
      )}
    </Notice>
  );
}
