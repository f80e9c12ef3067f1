/** The audit log in words: names of fields, values, and a change as a sentence. */

/** Fields whose own name is no word. */
const names: Readonly<Record<string, string>> = {
  isActive: "switched on",
  isDefault: "default",
  isFeatured: "featured",
  categoryIds: "categories",
  productIds: "products",
  categoryId: "category",
  membershipTierId: "membership",
  taxClassId: "tax class",
  zoneId: "zone",
  startsAt: "start",
  endsAt: "end",
  storeName: "name of the shop",
  tagline: "line beside the name",
  homeStatement: "statement of the home page",
  homeText: "text of the home page",
  storeEmail: "e-mail of the shop",
  pricesIncludeTax: "prices with tax",
  compareAtPrice: "former price",
  stripeAccountId: "Stripe account",
  slug: "address",
  details: "material and care",
  unitAmount: "content",
  unit: "unit of the content",
  isOwn: "text of the shop’s own",
};

/** "min subtotal" for `minSubtotal`. */
export const fieldName = (field: string): string =>
  names[field] ??
  field.replaceAll("_", " ").replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** The words for fields, as services/conflicts takes them. */
export const wordsFor = (
  fields: readonly string[],
): Record<string, { label: string; text: typeof valueText }> =>
  Object.fromEntries(fields.map((field) => [field, { label: `the ${fieldName(field)}`, text: valueText }]));

/** A value of the log in a few words; "nothing" for none. `inner` writes the values within an object, by their names. */
export function valueText(
  value: unknown,
  inner: (name: string, value: unknown) => string = (_, each) => valueText(each),
): string {
  if (value === null || value === undefined || value === "") return "nothing";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  if (Array.isArray(value))
    return value.length === 0 ? "none" : value.map((each) => valueText(each, inner)).join(", ");
  return Object.entries(value as object)
    .filter(([, held]) => held !== null && held !== "")
    .map(([name, held]) => `${fieldName(name)} ${inner(name, held)}`)
    .join(" ");
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const isPlain = (value: unknown) =>
  typeof value !== "object" && String(value).length <= 60 && !UUID.test(String(value));

/** "Mira Lund changed title to “Spring”, 2 minutes ago." */
export function sentenceOf({
  who,
  after,
  seconds,
}: {
  who: string | null;
  before: Readonly<Record<string, unknown>> | null;
  after: Readonly<Record<string, unknown>> | null;
  /** How long ago. */
  seconds: number;
}): string {
  const parts = Object.entries(after ?? {})
    .slice(0, 4)
    .map(([name, value]) =>
      isPlain(value) ? `${fieldName(name)} to “${valueText(value)}”` : fieldName(name),
    );
  return `${who ?? "The shop itself"} changed ${parts.join(", ") || "it"} ${agoText(seconds)}.`;
}

function agoText(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  if (minutes < 1) return "a moment ago";
  if (minutes < 60) return minutes === 1 ? "a minute ago" : `${minutes} minutes ago`;
  const hours = Math.round(minutes / 60);
  if (hours < 48) return hours === 1 ? "an hour ago" : `${hours} hours ago`;
  return `${Math.round(hours / 24)} days ago`;
}

/** Whether an action made a row, or brought one back: as a whole, so that its fields are no news. */
export const isMade = (action: string): boolean => /\.(create|add|restore)$/.test(action);

/** Whether an action deleted a row. */
export const isGone = (action: string): boolean => /\.(delete|remove)$/.test(action);

/** "discount edit" for `discount.edit`: the first letter is large where a sentence begins. */
export function actionText(action: string): string {
  const [what = "", verb = ""] = action.split(".");
  const text = `${what.replaceAll("_", " ")} ${verb.replaceAll("_", " ")}`.trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "shipping zone" for `shipping_zones`. */
export const subjectName = (subject: string): string =>
  ({
    tax_classes: "tax class",
    categories: "category",
    inventory: "stock",
    settings: "settings",
    content_pages: "page",
  })[subject] ?? subject.replaceAll("_", " ").replace(/s$/, "");
