import type { Tone } from "@/components/ui/badge";
import type { DiscountState } from "@/lib/domain/discounts-form";
import { dateText } from "@/lib/domain/moments";
import { formatMoney } from "@/lib/domain/money";
import type { DiscountRow } from "@/lib/queries/admin/discounts";

export const discountTones: Record<DiscountState, Tone> = {
  running: "good",
  scheduled: "focus",
  ended: "quiet",
  used_up: "ink",
  off: "quiet",
};

/** "10 %", "€5.00", "Free shipping". */
export function worthText({ kind, value }: Pick<DiscountRow, "kind" | "value">, currency: string): string {
  if (kind === "free_shipping" || value === null) return "Free shipping";
  return kind === "percentage" ? `${value} %` : formatMoney(value, currency);
}

/** "from 1 Dec 2026 to 31 Dec 2026", "always". */
export function datesText(
  { startsAt, endsAt }: Pick<DiscountRow, "startsAt" | "endsAt">,
  timeZone: string,
): string {
  const from = startsAt && `from ${dateText(startsAt, timeZone)}`;
  const to = endsAt && `to ${dateText(endsAt, timeZone)}`;
  return [from, to].filter(Boolean).join(" ") || "always";
}
