/** All handlers and all regular jobs of the shop: one import and one line for each domain that has some. */
import { accountHandlers } from "./accounts";
import { cacheHandlers } from "./cache";
import { cartHandlers, cartRegulars } from "./cart";
import { catalogHandlers, catalogRegulars } from "./catalog";
import type { Handlers, Regular } from "./handler";
import { housekeepingHandlers, housekeepingRegulars } from "./housekeeping";
import { importHandlers } from "./imports";
import { inventoryHandlers, inventoryRegulars } from "./inventory";
import { mailHandlers, mailRegulars } from "./mail";
import { orderHandlers, orderRegulars } from "./orders";
import { paymentHandlers, paymentRegulars } from "./payments";
import { payoutHandlers, payoutRegulars } from "./payouts";
import { pictureHandlers } from "./pictures";
import { reportHandlers, reportRegulars } from "./reports";
import { returnHandlers, returnRegulars } from "./returns";
import { reviewHandlers, reviewRegulars } from "./reviews";
import { searchHandlers, searchRegulars } from "./search";

/** Every handler by job name. */
export const handlers: Handlers = {
  "queue.ping": async () => {},
  ...accountHandlers,
  ...cacheHandlers,
  ...cartHandlers,
  ...catalogHandlers,
  ...housekeepingHandlers,
  ...mailHandlers,
  ...importHandlers,
  ...inventoryHandlers,
  ...orderHandlers,
  ...paymentHandlers,
  ...payoutHandlers,
  ...pictureHandlers,
  ...reportHandlers,
  ...returnHandlers,
  ...searchHandlers,
  ...reviewHandlers,
};

/** Every regular job. */
export const regulars: Regular[] = [
  ...cartRegulars,
  ...catalogRegulars,
  ...housekeepingRegulars,
  ...inventoryRegulars,
  ...mailRegulars,
  ...orderRegulars,
  ...paymentRegulars,
  ...payoutRegulars,
  ...searchRegulars,
  ...reportRegulars,
  ...returnRegulars,
  ...reviewRegulars,
];
