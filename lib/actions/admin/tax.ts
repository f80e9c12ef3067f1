"use server";

import { RedirectType, redirect } from "next/navigation";
import { z } from "zod";
import { action } from "@/lib/action";
import type { Admin } from "@/lib/domain/actors";
import { typedTaxClass, typedTaxRate } from "@/lib/domain/tax-form";
import { versionInput } from "@/lib/domain/version";
import { savedAt } from "@/lib/saved";
import * as tax from "@/lib/services/tax";
import * as byHand from "@/lib/services/tax-by-hand";

const opened = z.object({ id: z.uuid(), version: versionInput });

const done = (admin: Admin, what: string): never =>
  redirect(savedAt(admin, "/admin/taxes", what), RedirectType.replace);

export const saveTaxClass = action(typedTaxClass, { who: "admin" }, async (admin, input) => {
  await byHand.saveClass(admin, input);
  done(admin, "class");
});

/** Removes a class that is neither the default nor that of a product. */
export const deleteTaxClass = action(opened, { who: "admin" }, async (admin, input) => {
  await tax.removeClass(admin, input);
  done(admin, "class-gone");
});

export const saveTaxRate = action(typedTaxRate, { who: "admin" }, async (admin, input) => {
  await byHand.saveRate(admin, input);
  done(admin, "rate");
});

export const deleteTaxRate = action(opened, { who: "admin" }, async (admin, input) => {
  await tax.removeRate(admin, input);
  done(admin, "rate-gone");
});
