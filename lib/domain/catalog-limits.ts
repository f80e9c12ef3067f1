/** Catalogue: how long words may be, for forms and imports alike: what an import brought in, the editor takes unchanged. */

/** In characters; `tags` and `variants` are how many, of these as many as Shopify takes. */
export const LIMITS = {
  name: 300,
  slug: 120,
  sku: 200,
  barcode: 100,
  alt: 500,
  metaTitle: 300,
  metaDescription: 1_000,
  tag: 100,
  tags: 100,
  variants: 2_048,
} as const;
