/** Pages as Markdown, for readers that are no browsers: what the page says, without its frame. */
import {
  categoryPath,
  markdownPath,
  mediaPath,
  openingVariant,
  productPath,
  shotsFor,
} from "@/lib/domain/catalog";
import { plain } from "@/lib/domain/content";
import type { CategoryPage } from "@/lib/queries/catalog/category";
import type { MappedCategory } from "@/lib/queries/catalog/listing";
import type { ProductView } from "@/lib/queries/catalog/product";
import type { Store } from "@/lib/queries/settings";

export const MARKDOWN = "text/markdown; charset=utf-8";

const REVIEWS_TOLD = 5;
const stock = { in: "in stock", low: "few left", out: "sold out" } as const;

const paragraphs = (texts: readonly string[]): string =>
  texts.map((text) => text.split("\n").map(plain).filter(Boolean).join("\n")).join("\n\n");

const join = (parts: readonly (string | false | null | undefined)[]): string =>
  `${parts.filter(Boolean).join("\n\n")}\n`;

/** A product with its variants, prices and what is said of it. */
export function productMarkdown(product: ProductView, store: Store, site: string): string {
  const { slug, name, subtitle, description, details, variants, owner, rating, ratingCount } = product;
  const [shot] = shotsFor(product.shots, openingVariant(variants));
  return join([
    `# ${plain(name)}`,
    plain(subtitle),
    `${site}${productPath(slug)}`,
    shot && `![${plain(shot.alt)}](${site}${mediaPath(shot.key)})`,
    paragraphs(description),
    variantTable(product, store, site),
    details.length > 0 && `## Material and care\n\n${paragraphs(details)}`,
    `## Delivery and returns\n\n${promise(store)}`,
    ratingCount > 0 &&
      `## Reviews\n\n${rating.toFixed(1)} of 5 from ${ratingCount} ${ratingCount === 1 ? "review" : "reviews"}.\n\n${reviewList(product)}`,
    `## Made by ${plain(owner.name)}\n\n${plain(owner.about)}`,
    variants.length > 0 &&
      product.trail.length > 0 &&
      `In: ${product.trail.map((step) => `[${plain(step.name)}](${site}${markdownPath(categoryPath(step.path))})`).join(" / ")}`,
  ]);
}

function variantTable({ slug, variants }: ProductView, { pricesIncludeTax }: Store, site: string): string {
  const rows = variants.map((variant) => {
    const was = variant.was ? ` (was ${variant.was})` : "";
    const link = `${site}${productPath(slug, variants.length > 1 ? variant.sku : undefined)}`;
    return `| ${plain(variant.title) || "One size"} | ${plain(variant.price)}${was} | ${stock[variant.band]} | [${plain(variant.sku)}](${link}) |`;
  });
  return [
    "## Variants",
    "",
    `| Variant | Price, ${pricesIncludeTax ? "tax included" : "before tax"} | Stock | Number |`,
    "| --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}

const reviewList = ({ reviews }: ProductView): string =>
  reviews
    .slice(0, REVIEWS_TOLD)
    .map(
      ({ rating, title, comment, author, on, isVerified }) =>
        `- ${rating} of 5${title ? `, ${plain(title)}` : ""}: ${plain(comment)} (${plain(author)}, ${on}${isVerified ? ", bought here" : ""})`,
    )
    .join("\n");

function promise({ delivery, countryName, returnWindowDays }: Store): string {
  const sent = delivery
    ? `To ${countryName} for ${delivery.price}${delivery.freeOver ? `, free over ${delivery.freeOver}` : ""}, in ${delivery.daysMin} to ${delivery.daysMax} working days.`
    : "";
  const back = returnWindowDays > 0 ? `Returns within ${returnWindowDays} days of delivery.` : "";
  return [sent, back].filter(Boolean).join(" ");
}

/** One page of a category with its products. */
export function categoryMarkdown(category: CategoryPage, site: string): string {
  const { name, path, description, children, cards, page, pages, total } = category;
  const to = (place: number) => `${site}${markdownPath(categoryPath(path, place))}`;
  return join([
    `# ${plain(name)}`,
    plain(description),
    `${site}${categoryPath(path, page)}`,
    children.length > 0 &&
      `## Within it\n\n${children.map((child) => `- [${plain(child.name)}](${site}${markdownPath(categoryPath(child.path))}): ${child.count}`).join("\n")}`,
    cards.length > 0 &&
      `## ${total} ${total === 1 ? "piece" : "pieces"}${pages > 1 ? `, page ${page} of ${pages}` : ""}\n\n${cards
        .map(
          (card) =>
            `- [${plain(card.name)}](${site}${markdownPath(productPath(card.slug))}): ${plain(card.price)}, ${stock[card.band]}. ${plain(card.subtitle)}`,
        )
        .join("\n")}`,
    page < pages && `[Next page](${to(page + 1)})`,
  ]);
}

export interface TextPage {
  readonly title: string;
  readonly summary: string;
  readonly path: string;
}

/** llms.txt (llmstxt.org): what the shop is, and where its pages are as text. */
export function llmsText(
  store: Store,
  categories: readonly MappedCategory[],
  pages: readonly TextPage[],
  site: string,
): string {
  const link = (title: string, path: string, note: string) =>
    `- [${plain(title)}](${site}${path})${note ? `: ${plain(note)}` : ""}`;
  const about = store.homeText ?? store.tagline;
  return join([
    `# ${plain(store.name)}`,
    about && `> ${plain(about)}`,
    `Prices are in ${store.currency}, ${store.pricesIncludeTax ? "tax included" : "before tax"}.`,
    "Every product, category and page below is there as Markdown too: add `.md` to its address. Prices and stock are those of the page. Buying needs no account and works without scripts.",
    promise(store),
    `## Categories\n\n${categories
      .filter(({ count }) => count > 0)
      .map(({ name, path, description, count }) =>
        link(
          name,
          markdownPath(categoryPath(path)),
          `${count} ${count === 1 ? "piece" : "pieces"}. ${description}`,
        ),
      )
      .join("\n")}`,
    `## Pages\n\n${pages.map(({ title, path, summary }) => link(title, markdownPath(path), summary)).join("\n")}`,
    `## Optional\n\n${[
      link("Sitemap", "/sitemap.xml", "every page with its date"),
      link(
        "Merchant feed",
        "/feeds/google.xml",
        "every variant with price, stock and delivery, in Google's form",
      ),
    ].join("\n")}`,
  ]);
}
