"use server";

import type { Route } from "next";
import { redirect } from "next/navigation";
import { action } from "@/lib/action";
import { addressIdInput, defaultAddressInput, keptAddressInput } from "@/lib/domain/accounts";
import * as addresses from "@/lib/services/addresses";

const done = (what: string): never => redirect(`/account/addresses?done=${what}` as Route);

/** Adds an address or, with an id, changes it. */
export const saveAddress = action(keptAddressInput, { who: "user" }, async (user, input) => {
  const { id, isDefaultShipping, isDefaultBilling, ...address } = input;
  const defaults = { isDefaultShipping, isDefaultBilling };
  if (id) await addresses.change(user, id, address, defaults);
  else await addresses.add(user, address, defaults);
  done("saved");
});

export const removeAddress = action(addressIdInput, { who: "user" }, async (user, { id }) => {
  await addresses.remove(user, id);
  done("removed");
});

export const makeDefaultAddress = action(
  defaultAddressInput,
  { who: "user" },
  async (user, { id, purpose }) => {
    await addresses.setDefault(user, id, {
      isDefaultShipping: purpose === "shipping",
      isDefaultBilling: purpose === "billing",
    });
    done(purpose);
  },
);
