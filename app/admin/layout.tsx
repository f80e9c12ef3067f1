import type { Metadata } from "next";
import type { ReactNode } from "react";
import { AdminFrame } from "@/components/admin/admin-frame";
import { ShopFrame } from "@/components/layout/shop-frame";
import { sectionsFor } from "@/lib/domain/sections";
import { getDesk } from "@/lib/queries/admin/home";
import { getStore } from "@/lib/queries/settings";
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
  const [desk, store] = await Promise.all([getDesk(shopper), getStore()]);
  return (
    <AdminFrame
      shop={store.name}
      name={desk.name}
      role={desk.shop ?? "Admin"}
      groups={sectionsFor(shopper.kind).map(({ group, lines }) => ({
        group,
        sections: lines.map(({ label, href, key, count }) => ({
          label,
          href,
          shortcut: key,
          ...(count && { count: desk[count.of], counts: count.counts }),
        })),
      }))}
    >
      {children}
    </AdminFrame>
  );
}
