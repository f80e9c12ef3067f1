import type { ReactNode } from "react";
import { ShopFrame } from "@/components/layout/shop-frame";
import { shopFrame } from "./nav";

export default async function ShopLayout({ children }: { children: ReactNode }) {
  return <ShopFrame {...(await shopFrame())}>{children}</ShopFrame>;
}
