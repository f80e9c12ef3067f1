import type { Metadata } from "next";
import { MissingPage } from "@/components/layout/missing-page";
import { ShopFrame } from "@/components/layout/shop-frame";
import { shopFrame } from "./(shop)/nav";

export const metadata: Metadata = { title: "Not here" };

/** At addresses of no route, and outside of the shop's frame. */
export default async function NotFound() {
  const frame = await shopFrame();
  return (
    <ShopFrame {...frame}>
      <MissingPage links={frame.links} />
    </ShopFrame>
  );
}
