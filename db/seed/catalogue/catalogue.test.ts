import { describe, expect, it } from "vitest";
import { categories, customers, owners, products, reviewers, reviewsFor } from "./catalogue";
import { eanCheckDigit } from "./products";
import { fragments } from "./review-fragments";
import { backdrops } from "./shape";
import { words } from "./words";

const unique = (list: readonly string[]) => expect(new Set(list).size).toBe(list.length);
const variants = products.flatMap((product) => product.variants);
const pictures = products.flatMap((product) => product.pictures);
const reviews = products.flatMap((product) => reviewsFor(product));

describe("the demo catalogue", () => {
  it("is large enough and varied", () => {
    expect(products.length).toBeGreaterThanOrEqual(128);
    expect(variants.length).toBeGreaterThanOrEqual(330);
    expect(categories.length).toBeGreaterThanOrEqual(9);
    expect(reviews.length).toBeGreaterThanOrEqual(900);
    expect(Math.max(...products.map((product) => product.variants.length))).toBe(24);
    expect(products.filter((product) => product.featured).length).toBeGreaterThanOrEqual(12);
    expect(products.some((product) => product.options.length === 0)).toBe(true);
    expect(products.some((product) => product.name.length > 50)).toBe(true);
  });

  it("names everything once", () => {
    unique(products.map((product) => product.slug));
    unique(products.map((product) => product.name));
    unique(products.map((product) => product.description));
    unique(variants.map((variant) => variant.sku));
    unique(variants.map((variant) => variant.barcode));
    unique(pictures.map((picture) => picture.key));
    unique(categories.map((category) => category.slug));
    unique([...owners, ...customers, ...reviewers].map((person) => person.username));
    unique([...owners, ...customers, ...reviewers].map((person) => person.email));
  });

  it("hangs every product on a category whose parents come first", () => {
    const seen = new Set<string>();
    for (const category of categories) {
      if (category.parent !== null) expect(seen).toContain(category.parent);
      seen.add(category.slug);
    }
    for (const product of products) expect(seen).toContain(product.category);
    const parents = new Set(categories.map((category) => category.parent));
    const leaves = categories.filter((category) => !parents.has(category.slug));
    for (const leaf of leaves) expect(products.some((product) => product.category === leaf.slug)).toBe(true);
  });

  it("has option matrices that are whole and variants that keep to them", () => {
    for (const product of products) {
      const cells = product.options.reduce((count, option) => count * option.values.length, 1);
      expect(product.variants.length, product.slug).toBe(cells);
      unique(product.variants.map((variant) => JSON.stringify(variant.options)));
      for (const variant of product.variants) {
        expect(Object.keys(variant.options)).toEqual(product.options.map((option) => option.name));
        for (const option of product.options)
          expect(option.values.map((value) => value.value)).toContain(variant.options[option.name]);
      }
    }
  });

  it("has prices, weights, stock and barcodes that can be true", () => {
    for (const variant of variants) {
      expect(Number.isInteger(variant.price) && variant.price >= 500).toBe(true);
      if (variant.compareAt !== null) expect(variant.compareAt).toBeGreaterThan(variant.price);
      expect(variant.weight).toBeGreaterThan(0);
      expect(variant.barcode).toMatch(/^\d{13}$/);
      expect(eanCheckDigit(variant.barcode.slice(0, 12))).toBe(Number(variant.barcode.at(-1)));
    }
    expect(eanCheckDigit("400638133393")).toBe(1);
    expect(variants.filter((variant) => variant.stock === 0).length).toBeGreaterThan(8);
    expect(variants.filter((variant) => variant.stock > 0 && variant.stock < 5).length).toBeGreaterThan(8);
  });

  it("has a picture for every variant, one primary, one eager, and words for all", () => {
    for (const product of products) {
      expect(product.pictures.filter((picture) => picture.primary)).toHaveLength(1);
      expect(product.pictures.filter((picture) => picture.eager)).toHaveLength(1);
      expect(product.pictures.length).toBeGreaterThanOrEqual(3);
      const skus = new Set(product.variants.map((variant) => variant.sku));
      for (const variant of product.variants) {
        const picture = product.pictures.find((one) => one.key === variant.picture);
        expect(picture?.skus).toContain(variant.sku);
      }
      for (const picture of product.pictures) {
        expect(backdrops).toContain(picture.backdrop);
        expect(picture.alt.length).toBeGreaterThan(30);
        expect(picture.alt).toMatch(/^[A-Z]/);
        for (const sku of picture.skus) expect(skus).toContain(sku);
      }
    }
  });

  it("speaks without exclamation marks, emoji or filler", () => {
    const texts = [
      ...products.flatMap((product) => [product.name, product.subtitle, product.description]),
      ...categories.map((category) => category.description),
      ...pictures.map((picture) => picture.alt),
      ...reviews.flatMap((review) => [review.title ?? "", review.comment ?? ""]),
    ];
    for (const text of texts) expect(text).not.toMatch(/!|undefined|NaN|\p{Extended_Pictographic}/u);
    for (const product of products) {
      const count = product.description.split("\n\n").length;
      expect(count).toBeGreaterThanOrEqual(2);
      expect(count).toBeLessThanOrEqual(4);
    }
    expect(Object.keys(words).length).toBe(50);
  });

  it("has reviews with a believable spread, by different people, that do not repeat each other", () => {
    const share = (rating: number) =>
      reviews.filter((review) => review.rating === rating).length / reviews.length;
    expect(share(4) + share(5)).toBeGreaterThan(0.75);
    for (const rating of [1, 2, 3]) expect(share(rating)).toBeGreaterThan(0.005);
    expect(share(1)).toBeLessThan(0.08);
    for (const product of products) {
      const own = reviewsFor(product);
      expect(own.length).toBeLessThanOrEqual(40);
      unique(own.map((review) => review.handle));
      for (const review of own) expect(review.daysAgo).toBeLessThan(product.createdDaysAgo);
    }
    const known = new Set([...customers, ...reviewers].map((person) => person.username));
    for (const review of reviews) expect(known).toContain(review.handle);
    const comments = reviews.map((review) => review.comment).filter((comment) => comment !== null);
    expect(comments.length).toBeLessThan(reviews.length);
    unique(comments);
    expect(comments.length).toBeGreaterThan(500);
    const written = Object.values(fragments).flatMap((moods) => Object.values(moods).flat());
    expect(written.length).toBeGreaterThanOrEqual(120);
    unique(written);
  });

  it("has two owners with goods of their own", () => {
    expect(owners.map((owner) => owner.email)).toEqual(["line@example.com", "ring@example.com"]);
    for (const owner of owners)
      expect(products.filter((product) => product.owner === owner.slug).length).toBeGreaterThan(40);
    expect(customers).toHaveLength(12);
    expect(
      new Set(customers.flatMap((one) => one.addresses.map((address) => address.country))).size,
    ).toBeGreaterThan(5);
  });
});
