/** Imports: what kind of file it is, told by its first line. */
import { ImportProblem } from "./columns";
import { isCustomers } from "./customers";
import { isOrders, orderColumns } from "./order-rows";
import { CUSTOMERS, FORMER_ORDERS } from "./views";
import { isWooCommerce } from "./woocommerce";

/** What the record of an import calls such a file. */
export function formatOf(header: readonly string[]): string {
  if (isOrders(header)) return FORMER_ORDERS;
  if (isCustomers(header)) return CUSTOMERS;
  return isWooCommerce(header) ? "woocommerce" : "columns";
}

/** @throws ImportProblem for files of people in the hands of whoever is no admin, and where columns are missing */
export function refuseKind(header: readonly string[], { isAdmin }: { isAdmin: boolean }): void {
  const format = formatOf(header);
  if (!isAdmin && format === CUSTOMERS)
    throw new ImportProblem("This is a file of customers: an admin of the shop brings it in.");
  if (!isAdmin && format === FORMER_ORDERS)
    throw new ImportProblem("This is a file of orders: an admin of the shop brings it in.");
  if (format === FORMER_ORDERS) orderColumns(header);
}
