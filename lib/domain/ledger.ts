/** The ledger's accounts in words. */
import type { ledgerEntries } from "@/db/schema/ledger";

export type LedgerAccount = (typeof ledgerEntries.$inferSelect)["account"];

/** What an account is called, and what stands on it. */
export const accountWords: Readonly<Record<LedgerAccount, { name: string; holds: string }>> = {
  clearing: { name: "Clearing", holds: "money at the payment service" },
  bank: { name: "Bank", holds: "money at the bank" },
  cod_receivable: { name: "Cash with couriers", holds: "collected, not handed over" },
  in_transit: { name: "Payouts on the way", holds: "left a balance, not arrived" },
  disputes_held: { name: "Held in disputes", holds: "until the bank has decided" },
  sales: { name: "Sales", holds: "goods, without tax, before discount" },
  discounts: { name: "Discounts", holds: "taken off sales" },
  refunds: { name: "Refunds", holds: "goods given back, without tax" },
  shipping_income: { name: "Shipping", holds: "without tax" },
  tax_payable: { name: "Tax", holds: "owed to tax offices" },
  refunds_due: { name: "Refunds on the way", holds: "owed to shoppers" },
  owner_share: { name: "Owners’ share", holds: "of completed lines" },
  owner_payable: { name: "Owed to owners", holds: "their balances" },
  commission: { name: "Commission", holds: "what the shop keeps" },
  gateway_fees: { name: "Fees", holds: "of the payment service" },
  chargebacks: { name: "Chargebacks", holds: "lost disputes" },
};
