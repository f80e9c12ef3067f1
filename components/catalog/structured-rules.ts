/**
 * What structured data must and should say: schema.org's types with the properties that Google requires and
 * recommends (developers.google.com/search/docs/appearance/structured-data: product-snippet, merchant-listing,
 * product-variants, breadcrumb, organization, article, carousel), as read in 2026-11. For tests of real pages.
 */

interface Rule {
  readonly required: readonly string[];
  readonly recommended: readonly string[];
}

export const rules: Readonly<Record<string, Rule>> = {
  Product: {
    required: ["name", "image", "offers"],
    recommended: ["sku"],
  },
  ProductGroup: {
    required: ["name", "hasVariant", "productGroupID"],
    recommended: ["variesBy", "description", "url", "brand"],
  },
  Offer: {
    required: ["price", "priceCurrency", "availability"],
    recommended: ["url", "itemCondition", "shippingDetails", "hasMerchantReturnPolicy", "seller"],
  },
  UnitPriceSpecification: { required: ["price", "priceCurrency"], recommended: ["priceType"] },
  OfferShippingDetails: {
    required: ["shippingRate", "shippingDestination"],
    recommended: ["deliveryTime"],
  },
  ShippingDeliveryTime: { required: [], recommended: ["handlingTime", "transitTime"] },
  QuantitativeValue: { required: ["minValue", "maxValue", "unitCode"], recommended: [] },
  MonetaryAmount: { required: ["value", "currency"], recommended: [] },
  DefinedRegion: { required: ["addressCountry"], recommended: [] },
  MerchantReturnPolicy: {
    required: ["applicableCountry", "returnPolicyCategory"],
    recommended: ["merchantReturnDays", "returnFees", "returnMethod", "returnPolicyCountry"],
  },
  AggregateRating: { required: ["ratingValue", "reviewCount"], recommended: [] },
  Review: { required: ["author", "reviewRating"], recommended: ["datePublished"] },
  Rating: { required: ["ratingValue"], recommended: ["bestRating"] },
  Brand: { required: ["name"], recommended: [] },
  Person: { required: ["name"], recommended: [] },
  PropertyValue: { required: ["name", "value"], recommended: [] },
  BreadcrumbList: { required: ["itemListElement"], recommended: [] },
  ListItem: { required: ["position", "name"], recommended: [] },
  ItemList: { required: ["itemListElement"], recommended: ["name", "numberOfItems"] },
  OnlineStore: {
    required: ["name", "url", "logo"],
    recommended: ["email", "contactPoint", "hasMerchantReturnPolicy"],
  },
  Organization: { required: ["name"], recommended: [] },
  ContactPoint: { required: ["contactType"], recommended: ["email"] },
  WebSite: { required: ["name", "url"], recommended: ["potentialAction"] },
  SearchAction: { required: ["target", "query-input"], recommended: [] },
  EntryPoint: { required: ["urlTemplate"], recommended: [] },
  BlogPosting: {
    required: [],
    recommended: ["headline", "image", "datePublished", "author"],
  },
};

/** Values that must have a form, wherever they stand. */
const forms: Readonly<Record<string, RegExp>> = {
  price: /^\d+(?:\.\d{1,3})?$/,
  priceType: /^https:\/\/schema\.org\/StrikethroughPrice$/,
  priceCurrency: /^[A-Z]{3}$/,
  currency: /^[A-Z]{3}$/,
  addressCountry: /^[A-Z]{2}$/,
  applicableCountry: /^[A-Z]{2}$/,
  url: /^https?:\/\/[^/]+\//,
  item: /^https?:\/\/[^/]+\//,
  logo: /^https?:\/\/[^/]+\//,
  image: /^https?:\/\/[^/]+\/\S+$/,
  availability: /^https:\/\/schema\.org\/(?:InStock|OutOfStock|LimitedAvailability|BackOrder|PreOrder)$/,
  itemCondition: /^https:\/\/schema\.org\/NewCondition$/,
  datePublished: /^\d{4}-\d\d-\d\d/,
  gtin: /^(?:\d{8}|\d{12,14})$/,
};

/** Every fault of a block of structured data: unknown types, missing or malformed properties, names that lead nowhere. */
export function faultsOf(data: unknown): string[] {
  const faults: string[] = [];
  const named = new Set<string>();
  walk(data, "", (node, at) => {
    if (typeof node["@id"] === "string" && node["@type"]) named.add(node["@id"]);
    if (at === "" && node["@context"] !== "https://schema.org") faults.push("no @context");
  });
  walk(data, "", (node, at) => {
    const type = node["@type"];
    if (type === undefined) {
      const id = node["@id"];
      if (typeof id === "string" && !named.has(id)) faults.push(`${at}: ${id} is named and not there`);
      else if (id === undefined && !node["@graph"]) faults.push(`${at}: no @type`);
      return;
    }
    const rule = rules[String(type)];
    if (!rule) faults.push(`${at}: ${type} is no type that we know`);
    for (const name of [...(rule?.required ?? []), ...(rule?.recommended ?? [])])
      if (isEmpty(node[name]) && !mayLack(String(type), name, node))
        faults.push(`${at}: ${type} without ${name}`);
    for (const [name, form] of Object.entries(forms))
      for (const value of [node[name]].flat())
        if (typeof value === "string" && !form.test(value)) faults.push(`${at}: ${name} is ${value}`);
  });
  return faults;
}

/** Variants lean on their group's pages and ratings; a list's items have `url` or `item`; closed shops take nothing back. */
function mayLack(type: string, name: string, node: Record<string, unknown>): boolean {
  if (type === "MerchantReturnPolicy") return String(node.returnPolicyCategory).endsWith("NotPermitted");
  return type === "ProductGroup" && name === "variesBy" && Array.isArray(node.variesBy);
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);

function walk(value: unknown, at: string, visit: (node: Record<string, unknown>, at: string) => void): void {
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) walk(item, `${at}[${i}]`, visit);
  } else if (typeof value === "object" && value !== null) {
    visit(value as Record<string, unknown>, at);
    for (const [name, item] of Object.entries(value)) walk(item, at ? `${at}.${name}` : name, visit);
  }
}
