"use server";

import { RedirectType, redirect } from "next/navigation";
import { z } from "zod";
import { action } from "@/lib/action";
import { type TypedTrial, typedDiscount, typedTrial } from "@/lib/domain/discounts-form";
import { formatMoney } from "@/lib/domain/money";
import { versionInput } from "@/lib/domain/version";
import { savedAt } from "@/lib/saved";
import * as discounts from "@/lib/services/discounts";
import * as byHand from "@/lib/services/discounts-by-hand";

const opened = z.object({ id: z.uuid(), version: versionInput });

/** Saves a new discount or a changed one. */
export const saveDiscount = action(typedDiscount, { who: "admin" }, async (admin, input) => {
  const { id } = await byHand.save(admin, input);
  redirect(savedAt(admin, `/admin/discounts/${id}`, "saved"), RedirectType.replace);
});

/** Ends a discount at once. */
export const endDiscount = action(opened, { who: "admin" }, async (admin, input) => {
  await discounts.deactivate(admin, input);
  redirect(savedAt(admin, `/admin/discounts/${input.id}`, "ended"), RedirectType.replace);
});

/** Deletes a discount that was never used; a used one is ended instead. */
export const deleteDiscount = action(opened, { who: "admin" }, async (admin, input) => {
  const { removed } = await discounts.remove(admin, input);
  const to =
    removed === "deleted"
      ? savedAt(admin, "/admin/discounts", "deleted")
      : savedAt(admin, `/admin/discounts/${input.id}`, "ended");
  redirect(to, RedirectType.replace);
});

export interface TrialAnswer {
  /** The cart as it was typed: a form that was answered forgets it. */
  readonly typed: TypedTrial;
  /** What was asked for, where a code was. */
  readonly code: { readonly text: string; readonly applies: boolean; readonly says: string } | null;
  readonly applied: readonly {
    readonly title: string;
    readonly code: string | null;
    readonly amount: string;
  }[];
  readonly refused: readonly {
    readonly title: string;
    readonly code: string | null;
    readonly reason: string;
  }[];
  readonly lines: readonly {
    readonly name: string;
    readonly note: string | null;
    readonly subtotal: string;
  }[];
  readonly sums: readonly { readonly label: string; readonly amount: string }[];
}

/** Holds a cart against a code and tells what applies and why the rest does not. Leaves no trace. */
export const testDiscount = action(
  typedTrial,
  { who: "admin" },
  async (admin, input): Promise<TrialAnswer> => {
    const verdict = await byHand.tryTyped(admin, input);
    const { quote } = verdict;
    const { totals } = quote;
    const money = (amount: number) => formatMoney(amount, quote.currency);
    const text = input.code.trim().toUpperCase();
    const notes = { ok: null, short: "fewer are left", sold_out: "sold out", gone: "not for sale" };
    return {
      typed: input,
      code: text
        ? {
            text,
            applies: verdict.applies,
            says: verdict.applies ? `It takes ${money(verdict.amount)} off.` : verdict.reason,
          }
        : null,
      applied: quote.discounts.map(({ title, code, amount }) => ({ title, code, amount: money(amount) })),
      refused: quote.refused.map(({ title, code, reason }) => ({ title, code, reason })),
      lines: quote.lines.map((line) => ({
        name: `${line.buyable} × ${line.productName}${line.variantTitle ? `, ${line.variantTitle}` : ""}`,
        note: notes[line.state],
        subtotal: money(line.subtotal),
      })),
      sums: [
        { label: "Goods", amount: money(totals.subtotal) },
        ...(totals.discount > 0 ? [{ label: "Discounts", amount: money(-totals.discount) }] : []),
        {
          label: quote.chosenRate ? `Shipping, ${quote.chosenRate.name}` : "Shipping",
          amount: quote.chosenRate ? money(totals.shipping) : "not there",
        },
        { label: quote.pricesIncludeTax ? "Tax in it" : "Tax", amount: money(totals.tax) },
        { label: "Total", amount: money(totals.total) },
      ],
    };
  },
);
