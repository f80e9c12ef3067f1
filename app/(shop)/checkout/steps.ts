import { addressLines } from "@/lib/domain/addresses";
import { formatMoney } from "@/lib/domain/money";
import { regionChoices } from "@/lib/domain/regions";
import { arrivalText } from "@/lib/domain/shipping";
import type { CheckoutView } from "@/lib/queries/checkout";

/** What the form of the first step starts from. */
export function addressStep({ cart, ...told }: CheckoutView) {
  const { email, shipping, billing, billingSame, note, remind } = told;
  const codes = cart.countries.map(({ code }) => code);
  const { country } = cart.place;
  return {
    email,
    shipping,
    billing,
    billingSame,
    note,
    remind,
    codes,
    country,
    regions: regionChoices(codes),
  };
}

/** The first step as it was told, a line each. */
export function addressTold({ email, shipping, billing, billingSame, note }: CheckoutView) {
  return [
    { label: "Contact", value: email },
    { label: "Goes to", value: shipping ? addressLines(shipping).join(", ") : "" },
    ...(billing && !billingSame ? [{ label: "Bill to", value: addressLines(billing).join(", ") }] : []),
    ...(note ? [{ label: "Note", value: note }] : []),
  ];
}

/** The deliveries to choose from, and the chosen one. */
export function deliveryStep({ cart: { quote } }: CheckoutView) {
  const today = new Date();
  const rates = quote.rates.map((rate) => ({
    id: rate.id,
    name: rate.name,
    arrival: arrivalText(today, rate.daysMin, rate.daysMax),
    price: rate.price === 0 ? "Free" : formatMoney(rate.price, quote.currency),
  }));
  return { rates, chosen: quote.chosenRate?.id ?? rates[0]?.id ?? null };
}
