/** Payouts: the machine of a payment from the shop to an owner. */
import { z } from "zod";
import { type PayoutRefusal, ShopError } from "./errors";
import { machine } from "./machine";

export const payoutMachine = machine("payout", ["pending", "paid", "failed"], {
  pay: { from: ["pending"], to: "paid", by: ["admin", "system"] },
  fail: { from: ["pending"], to: "failed", by: ["admin", "system"] },
});
export type PayoutStatus = (typeof payoutMachine)["states"][number];

/** Why a run paid nothing to an owner. */
export type RunRefusal = PayoutRefusal | "failed";

/** The same as a sentence. */
export const refusalText = (reason: RunRefusal): string =>
  reason === "failed"
    ? "Something broke on our side, and nothing was paid. Please pay this owner again; the server’s log tells more."
    : new ShopError("payout_refused", { reason }).message;

/** Stands for "no rate of one's own" where a number is needed. */
export const RATE_OF_SHOP = -1;

/** The rate that the form of a commission was opened with, as it sends it back. */
export const rateBefore = z.coerce.number().int().min(RATE_OF_SHOP).max(1_000_000);

/** Parts per million of "12.5" percent; null for an empty text, undefined where it is no rate from 0 to 100. */
export function readRate(text: string): number | null | undefined {
  const plain = text.replace("%", "").replace(",", ".").trim();
  if (plain === "") return null;
  if (!/^\d{1,3}(\.\d{1,4})?$/.test(plain)) return undefined;
  const rate = Math.round(Number(plain) * 10_000);
  return rate <= 1_000_000 ? rate : undefined;
}

/** "12.5" of parts per million. */
export const rateText = (rate: number): string => String(rate / 10_000);
