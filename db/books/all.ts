/** All checks of the books, in the order in which they are told. */
import { catalogue } from "./catalogue";
import type { Check } from "./check";
import { discounts } from "./discounts";
import { ledger } from "./ledger";
import { money } from "./money";
import { orders } from "./orders";
import { queues } from "./queues";
import { statuses } from "./statuses";
import { stock } from "./stock";

export const books: readonly Check[] = [
  ...stock,
  ...money,
  ...discounts,
  ...statuses,
  ...queues,
  ...orders,
  ...ledger,
  ...catalogue,
].sort((a, b) => Number(a.invariant.slice(1)) - Number(b.invariant.slice(1)));
