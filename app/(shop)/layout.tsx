import type { ReactNode } from "react";
import { ShopFrame } from "@/components/layout/shop-frame";
import { shopNav } from "./nav";

export default async function ShopLayout({ children }: { children: ReactNode }) {
  return <ShopFrame links={await shopNav()}>{children}</ShopFrame>;
}
