import { MissingPage } from "@/components/layout/missing-page";
import { ShopFrame } from "@/components/layout/shop-frame";
import { getStore } from "@/lib/queries/settings";
import { shopFrame } from "./(shop)/nav";
import RootLayout, { generateMetadata as metadataOfShop } from "./layout";

export { viewport } from "./layout";

export async function generateMetadata() {
  const [{ title, ...rest }, { name }] = await Promise.all([metadataOfShop(), getStore()]);
  return { ...rest, title: ["Not here", name].filter(Boolean).join(" · ") };
}

/** At addresses of no route. Unlike a `not-found` beside the root layout it is not sent along with every page. */
export default async function GlobalNotFound() {
  const frame = await shopFrame();
  return (
    <RootLayout>
      <ShopFrame {...frame}>
        <MissingPage links={frame.links} />
      </ShopFrame>
    </RootLayout>
  );
}
