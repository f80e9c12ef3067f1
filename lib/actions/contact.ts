"use server";

import type { Route } from "next";
import { redirect } from "next/navigation";
import { action } from "@/lib/action";
import { contactInput } from "@/lib/domain/contact";
import * as contact from "@/lib/services/contact";

/** Passes a message on to the shop. */
export const writeToShop = action(
  contactInput,
  { limit: { name: "contact", limit: 5, seconds: 3600 } },
  async (shopper, input) => {
    await contact.write(shopper, input);
    redirect("/contact?sent=1" as Route);
  },
);
