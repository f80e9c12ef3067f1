/** A guest's way through the shop by its pages and forms, for tests of what still works while something is down. */
import { expect } from "vitest";
import CartPage from "@/app/(shop)/cart/page";
import DeliveryPage from "@/app/(shop)/checkout/delivery/page";
import AddressPage from "@/app/(shop)/checkout/page";
import PaymentPage from "@/app/(shop)/checkout/payment/page";
import OrderPage from "@/app/(shop)/orders/[number]/page";
import { addToCart } from "@/lib/actions/cart";
import { placeOrder, saveAddress, saveDelivery } from "@/lib/actions/checkout";
import { comeAs, type Page, pageOf, sendForm, wordsOf } from "./front-door";

export interface Bought {
  readonly number: string;
  /** Of the order's address: its key, and what the shop says once. */
  readonly query: Record<string, string>;
}

const drawn = (page: unknown, query = {}, params = {}) => pageOf(page as Page, query, params);

/** A new guest puts one piece into the cart and sees it there. */
export async function fillCart(variantId: string, name: string): Promise<void> {
  await comeAs(null);
  const form = new FormData();
  form.set("variantId", variantId);
  form.set("quantity", "1");
  expect(await addToCart({ status: "idle" }, form)).toMatchObject({ status: "ok" });
  expect(wordsOf(await drawn(CartPage))).toContain(name);
}

/** Tells where it goes and how, up to the page that asks for the payment; answers that page. */
export async function goToPayment(email: string): Promise<string> {
  const told = {
    email,
    "shipping.name": "Nora Quist",
    "shipping.line1": "Torstraße 112",
    "shipping.city": "Berlin",
    "shipping.postalCode": "10119",
    "shipping.country": "DE",
  };
  expect(await sendForm(await drawn(AddressPage), 'name="email"', saveAddress, told)).toEqual({
    to: "/checkout/delivery",
  });
  expect(await sendForm(await drawn(DeliveryPage), "Continue to payment", saveDelivery)).toEqual({
    to: "/checkout/payment",
  });
  return drawn(PaymentPage);
}

/** Orders by the form of the payment page; what the form says where it leads nowhere. */
export const buy = (page: string, method: "card" | "cash_on_delivery") =>
  sendForm(page, 'name="method"', placeOrder, { method });

/** The order that a form has led to. */
export function boughtAt(answer: object): Bought {
  if (!("to" in answer)) throw new Error(JSON.stringify(answer));
  const { pathname, searchParams } = new URL(String(answer.to), "http://shop");
  return { number: pathname.split("/").at(-1) ?? "", query: Object.fromEntries(searchParams) };
}

/** What the order's own page says now. */
export const orderPage = ({ number, query }: Bought) => drawn(OrderPage, query, { number });

/** From an empty cart to an order that is paid at the door. */
export async function buyForCash(variantId: string, name: string, email: string): Promise<Bought> {
  await fillCart(variantId, name);
  return boughtAt(await buy(await goToPayment(email), "cash_on_delivery"));
}
