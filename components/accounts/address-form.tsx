import type { Route } from "next";
import { ActionForm } from "@/components/ui/action-form";
import { LinkButton } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/pending";
import { saveAddress } from "@/lib/actions/addresses";
import { countries } from "@/lib/domain/countries";
import { regionChoices } from "@/lib/domain/regions";
import { AddressFields, type AddressValues } from "./address-fields";

const REGIONS = regionChoices(Object.keys(countries));

/** Adds an address or, with one, changes it. */
export function AddressForm({
  address,
  name,
  country,
}: {
  address?: AddressValues & { id: string; isDefaultShipping: boolean; isDefaultBilling: boolean };
  /** Proposed for a new address. */
  name?: string;
  country?: string;
}) {
  return (
    <ActionForm action={saveAddress} className="grid max-w-form gap-5">
      {address && <input type="hidden" name="id" value={address.id} />}
      <AddressFields address={address ?? { name }} country={country} regions={REGIONS} />
      {!address?.isDefaultShipping && (
        <Checkbox name="isDefaultShipping" label="Deliver here unless I say otherwise" />
      )}
      {!address?.isDefaultBilling && (
        <Checkbox name="isDefaultBilling" label="Send bills here unless I say otherwise" />
      )}
      <div className="mt-2 flex flex-wrap items-center gap-3">
        <SubmitButton>Save address</SubmitButton>
        <LinkButton look="quiet" href={"/account/addresses" as Route}>
          Cancel
        </LinkButton>
      </div>
    </ActionForm>
  );
}
