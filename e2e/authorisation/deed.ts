/** What a line of the table of deeds is made of. */
import type { Identity, World } from "./world";

export interface Deed {
  readonly who: "anybody" | "user" | "staff" | "admin";
  /** Fields that would do it to somebody else's thing; a form without any where left out. */
  readonly to?: (world: World) => Readonly<Record<string, string>>;
  /** Who may do it to that thing, and therefore is not sent: it would happen. */
  readonly may?: readonly Identity[];
  /** An empty form does something to whoever sends it, so it is sent by those alone who may not. */
  readonly acts?: true;
  /** It says nothing about what it was sent for: known or not, it goes on to the next page (and does nothing there). */
  readonly isSilent?: true;
}

export const anybody: Deed = { who: "anybody" };
export const user: Deed = { who: "user" };
export const staff: Deed = { who: "staff" };
export const admin: Deed = { who: "admin" };
export const unsent = { acts: true } as const;

export const order = ({ order: orderId, number: orderNumber }: World) => ({ orderId, orderNumber });
export const imported = ({ imported: importId }: World) => ({ importId });
export const street = {
  name: "Ada Lovelace",
  line1: "Torstrasse 1",
  city: "Berlin",
  postalCode: "10119",
  country: "DE",
};
/** The same as the form of checkout names it. */
export const shipping = Object.fromEntries(
  Object.entries(street).map(([name, value]) => [`shipping.${name}`, value]),
);
