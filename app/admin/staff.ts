/** Who may enter: asked by every page of the back office for itself, because a layout guards nothing. */
import type { Route } from "next";
import { redirect } from "next/navigation";
import type { Staff } from "@/lib/domain/actors";
import { getShopper } from "@/lib/session";

/** The owner or admin; null for customers, to whom there is nothing here. Guests sign in and come back to `from`. */
export async function enter(from: string): Promise<Staff | null> {
  const shopper = await getShopper();
  if (shopper.kind === "guest") redirect(`/sign-in?callbackUrl=${encodeURIComponent(from)}` as Route);
  return shopper.kind === "customer" ? null : shopper;
}
