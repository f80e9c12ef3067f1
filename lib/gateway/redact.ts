/** What of the provider's objects may be stored. */

/** Gone entirely: secrets, and where somebody lives or what they are called (the order holds that). */
const DROPPED = new Set([
  "client_secret",
  "url",
  "receipt_url",
  "receipt_number",
  "hosted_regulatory_receipt_url",
  "next_action",
  "billing_details",
  "shipping",
  "shipping_details",
  "shipping_address",
  "collected_information",
  "customer_details",
  "customer_email",
  "receipt_email",
  "email",
  "phone",
  "name",
  "address",
  "ip",
  "ip_address",
  "user_agent",
  "evidence",
  "destination_details",
  "lastResponse",
]);

/** How somebody paid: of a card brand and last digits; of anything else (a PayPal account, a bank debit) its kind. */
const METHODS = new Set(["payment_method", "payment_method_details", "payment_method_data", "source"]);

/**
 * A copy of a gateway object that may be stored: no client secret, no personal data, and of a card only brand and last4.
 */
export function redacted(gatewayObject: object): Record<string, unknown> {
  return clean(gatewayObject) as Record<string, unknown>;
}

function clean(value: unknown, key = ""): unknown {
  if (Array.isArray(value)) return value.map((item) => clean(item, key));
  if (typeof value !== "object" || value === null) return typeof value === "function" ? undefined : value;
  const source = value as Record<string, unknown>;
  // "card" is also the name of an options object, which carries neither field.
  if ((key === "card" || key === "card_present") && "last4" in source) {
    return { brand: source.brand ?? null, last4: source.last4 ?? null };
  }
  if (METHODS.has(key) && "type" in source) {
    const card = source.card ? { card: clean(source.card, "card") } : {};
    return { ...(source.id ? { id: source.id } : {}), type: source.type, ...card };
  }
  const kept: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(source)) {
    if (!DROPPED.has(name)) kept[name] = clean(inner, name);
  }
  return kept;
}
