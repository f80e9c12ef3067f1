/** Structured data of catalogue pages, as schema.org names it. */
import { mediaPath, productPath, shotsFor } from "@/lib/domain/catalog";
import { toDecimal } from "@/lib/domain/money";
import type { ProductView } from "@/lib/queries/catalog/product";

/** Where a page stands. `site` is the shop's address without a slash at its end. */
export function breadcrumbData(steps: readonly { name: string; href: string }[], site: string) {
  return {
    "@context": "https://schema.org",
    "@type": "BreadcrumbList",
    itemListElement: steps.map(({ name, href }, i) => ({
      "@type": "ListItem",
      position: i + 1,
      name,
      item: `${site}${href}`,
    })),
  };
}

/** A product with an offer per variant, its rating and its latest reviews. */
export function productData(product: ProductView, currency: string, site: string) {
  const { rating, ratingCount, variants, reviews } = product;
  const offers = variants.map((variant) => ({
    "@type": "Offer",
    sku: variant.sku,
    ...(variant.barcode && { gtin: variant.barcode }),
    name: variant.title || product.name,
    url: `${site}${productPath(product.slug, variants.length > 1 ? variant.sku : undefined)}`,
    price: toDecimal(variant.amount, currency),
    priceCurrency: currency,
    availability: `https://schema.org/${variant.band === "out" ? "OutOfStock" : variant.band === "low" ? "LimitedAvailability" : "InStock"}`,
    itemCondition: "https://schema.org/NewCondition",
    seller: { "@type": "Organization", name: product.owner.name },
  }));
  return {
    "@context": "https://schema.org",
    "@type": "Product",
    name: product.name,
    description: product.metaDescription ?? product.description[0] ?? product.subtitle,
    url: `${site}${productPath(product.slug)}`,
    image: shotsFor(product.shots, undefined).map((shot) => `${site}${mediaPath(shot.key)}`),
    brand: { "@type": "Brand", name: product.owner.name },
    offers,
    ...(ratingCount > 0 && {
      aggregateRating: {
        "@type": "AggregateRating",
        ratingValue: rating.toFixed(2),
        reviewCount: ratingCount,
      },
      review: reviews.slice(0, 5).map((review) => ({
        "@type": "Review",
        author: { "@type": "Person", name: review.author },
        datePublished: review.on,
        reviewRating: { "@type": "Rating", ratingValue: review.rating },
        ...(review.title && { name: review.title }),
        ...(review.comment && { reviewBody: review.comment }),
      })),
    }),
  };
}
