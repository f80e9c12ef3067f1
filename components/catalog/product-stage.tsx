"use client";

import type { Route } from "next";
import { type ReactNode, useState } from "react";
import { cx } from "@/components/ui/cx";
import { Late, late } from "@/components/ui/late";
import { Link } from "@/components/ui/link";
import { Price } from "@/components/ui/price";
import { Rating } from "@/components/ui/rating";
import {
  openingVariant,
  type ProductOption,
  productPath,
  type Shot,
  shotsFor,
  type Variant,
} from "@/lib/domain/catalog";
import { stockLabel } from "@/lib/domain/inventory";
import type { Delivery } from "@/lib/queries/settings";
import { Gallery } from "./gallery";
import { useLive } from "./live";
import { OptionPicker } from "./option-picker";
import { PurchaseForm } from "./purchase-form";
import { ShareButton } from "./share-button";

const alertForm = late(
  () => import("./alert-form").then((one) => one.AlertForm),
  typeof window === "undefined"
    ? (require("./alert-form") as typeof import("./alert-form")).AlertForm
    : undefined,
);

type Product = {
  id: string;
  slug: string;
  name: string;
  subtitle: string;
  owner: string;
  rating: number;
  ratingCount: number;
  options: readonly ProductOption[];
  variants: readonly Variant[];
  shots: readonly Shot[];
};

/** Pictures left, purchase right. Choosing an option changes picture, price, stock and address in place. */
export function ProductStage({
  product,
  sku,
  promise,
  children,
}: {
  product: Product;
  /** The variant of the address; without one the first that can be bought. */
  sku?: string;
  promise: {
    delivery: Delivery | null;
    country: string;
    returnDays: number;
    mostPerLine: number;
    currency: string;
    taxIncluded: boolean;
  };
  /** Folds between the promises and the alert. */
  children: ReactNode;
}) {
  const [chosenSku, setChosenSku] = useState(sku);
  const { live, refresh } = useLive(product.id);
  const chosen = product.variants.find((one) => one.sku === chosenSku) ?? openingVariant(product.variants);
  const fresh = chosen && live?.variants[chosen.id];
  const band = fresh?.band ?? chosen?.band ?? "out";
  const shots = shotsFor(product.shots, chosen);

  const waits = fresh?.waits ?? [];
  const alert = { variantId: chosen?.id ?? "", email: live?.email ?? null, onChanged: refresh };

  function choose(next: string) {
    setChosenSku(next);
    window.history.replaceState(null, "", productPath(product.slug, next));
  }

  return (
    <section className="mx-auto grid max-w-page lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]">
      {/* Other pictures are another gallery: it starts at its first. */}
      <Gallery
        key={shots.map((shot) => shot.key).join()}
        productId={product.id}
        name={product.name}
        shots={shots}
      />
      <div className="grid content-start gap-6 px-edge pt-6 pb-16 lg:sticky lg:top-bar lg:self-start lg:pt-2 lg:pl-12 xl:pl-16">
        <div className="grid gap-3">
          <h1 className={cx("wrap-anywhere", product.name.length > 60 ? "text-xl" : "text-2xl")}>
            {product.name}
          </h1>
          <p className="text-quiet">{product.subtitle}</p>
          {product.ratingCount > 0 && (
            <a href="#reviews" className="link inline-flex min-h-6 w-fit">
              <Rating value={product.rating} count={product.ratingCount} />
            </a>
          )}
        </div>
        {chosen ? (
          <>
            <p className="grid gap-1">
              <Price className="text-[1.5rem] leading-tight" now={chosen.price} was={chosen.was} />
              <span className="text-s text-quiet">
                {chosen.unitPrice && `${chosen.unitPrice}. `}
                {promise.taxIncluded ? "Tax included." : "Tax is added at checkout."}
                {chosen.was && ` ${chosen.was} was the lowest price of the 30 days before it fell.`}
              </span>
            </p>
            <OptionPicker
              slug={product.slug}
              options={product.options}
              variants={product.variants}
              chosen={chosen}
              onChoose={choose}
            />
            <PurchaseForm
              name={product.name}
              shot={shots[0]}
              variant={chosen}
              currency={promise.currency}
              soldOut={band === "out"}
              isThere={fresh !== undefined && fresh.band !== "out"}
              most={Math.min(promise.mostPerLine, fresh?.left ?? promise.mostPerLine)}
              isSaved={fresh?.isSaved ?? false}
              hasOthers={product.variants.length > 1}
              onChanged={refresh}
            />
            {(band === "out" || waits.includes("back_in_stock")) && (
              <Late
                piece={alertForm}
                props={{ ...alert, kind: "back_in_stock", isWaiting: waits.includes("back_in_stock") }}
              />
            )}
            <div className="border-b">
              <Row>
                <span
                  aria-live="polite"
                  className={cx(
                    "font-semibold",
                    { in: "text-good", low: "text-signal", out: "text-quiet" }[band],
                  )}
                >
                  {stockLabel(band, fresh?.left ?? undefined)}
                </span>
                {band !== "out" && promise.delivery && (
                  <span className="num text-right text-quiet">
                    {live?.arrives
                      ? `Arrives ${live.arrives}`
                      : `Arrives in ${promise.delivery.daysMin} to ${promise.delivery.daysMax} working days`}
                  </span>
                )}
              </Row>
              {promise.delivery && (
                <Row>
                  <span>Delivery to {promise.country}</span>
                  <span className="num text-right">
                    {promise.delivery.price}
                    {promise.delivery.freeOver && `, free over ${promise.delivery.freeOver}`}
                  </span>
                </Row>
              )}
              <Row>
                <span>Returns</span>
                <Link href={"/shipping-and-returns" as Route} className="link text-right">
                  {promise.returnDays} days, from your order page
                </Link>
              </Row>
              {children}
              <Late
                piece={alertForm}
                props={{
                  ...alert,
                  kind: "price_drop",
                  isWaiting: waits.includes("price_drop"),
                  isFolded: true,
                }}
              />
              <Row className="hidden scripted:flex">
                <ShareButton name={product.name} />
              </Row>
            </div>
          </>
        ) : (
          <p className="text-quiet">This piece is not for sale right now.</p>
        )}
      </div>
    </section>
  );
}

function Row({ children, className = "flex" }: { children: ReactNode; className?: string }) {
  return (
    <div className={cx("min-h-control items-center justify-between gap-4 border-t py-3", className)}>
      {children}
    </div>
  );
}
