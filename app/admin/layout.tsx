import type { Metadata } from "next";
import type { ReactNode } from "react";
import { AdminFrame } from "@/components/admin/admin-frame";
import { ShopFrame } from "@/components/layout/shop-frame";
import { getDesk } from "@/lib/queries/admin/home";
import { getShopper } from "@/lib/session";
import { shopFrame } from "../(shop)/nav";

export const instant = false;
export const metadata: Metadata = {
  title: { default: "Back office", template: "%s · Back office" },
  robots: { index: false },
};

export default async function AdminLayout({ children }: { children: ReactNode }) {
  const shopper = await getShopper();
  // To them it is a page of the shop, which says that there is nothing here or leads to the sign-in.
  if (shopper.kind === "guest" || shopper.kind === "customer")
    return <ShopFrame {...(await shopFrame())}>{children}</ShopFrame>;
  const desk = await getDesk(shopper);
  return (
    <AdminFrame
      name={desk.name}
      role={desk.shop ?? "Admin"}
      sections={[
        { label: "Home", href: "/admin" },
        { label: "Orders", href: "/admin/orders", count: desk.toShip, counts: "to ship" },
        { label: "Returns", href: "/admin/returns", count: desk.returns, counts: "to see to" },
        { label: "Products", href: "/admin/products" },
        { label: "Stock", href: "/admin/stock", count: desk.lowStock, counts: "running low" },
        { label: "Reviews", href: "/admin/reviews", count: desk.reviews, counts: "to read" },
        ...(shopper.kind === "admin"
          ? [
              { label: "Search", href: "/admin/search" },
              { label: "Mail", href: "/admin/mail" },
            ]
          : []),
      ]}
    >
      {children}
    </AdminFrame>
  );
}
