"use client";

import { AddressFields, type AddressValues } from "@/components/accounts/address-fields";
import { ActionForm } from "@/components/ui/action-form";
import { Disclosure } from "@/components/ui/disclosure";
import { Checkbox, Textarea, TextInput } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/pending";
import { saveAddress } from "@/lib/actions/checkout";
import { StepButtons } from "./delivery-form";

/** The first step: who it is for and where it goes. */
export function AddressForm({
  email,
  shipping,
  billing,
  billingSame,
  note,
  codes,
  country,
}: {
  email: string;
  shipping: AddressValues | null;
  billing: AddressValues | null;
  billingSame: boolean;
  note: string;
  codes: readonly string[];
  country: string;
}) {
  return (
    <ActionForm action={saveAddress} className="group/address grid gap-5">
      <TextInput
        name="email"
        type="email"
        label="E-mail"
        hint="With it and the number you find your order again"
        autoComplete="email"
        inputMode="email"
        maxLength={254}
        defaultValue={email}
      />
      <AddressFields
        prefix="shipping"
        section="shipping"
        address={shipping ?? undefined}
        codes={codes}
        country={country}
      />
      <Checkbox name="billingSame" label="The bill goes to the same address" defaultChecked={billingSame} />
      {/* Hidden by CSS alone, so that it works without scripts; what is hidden does not count (see the action). */}
      <fieldset className="grid gap-5 group-has-[[name=billingSame]:checked]/address:hidden">
        <legend className="mb-5 text-l font-semibold">Billing address</legend>
        <AddressFields prefix="billing" section="billing" address={billing ?? undefined} country={country} />
      </fieldset>
      <Disclosure title="Add a note to the order" open={note !== ""}>
        <Textarea name="note" label="Note" optional rows={3} maxLength={500} defaultValue={note} />
      </Disclosure>
      <StepButtons back="/cart" backLabel="Back to cart">
        {/* Checked by the server in our own words: the browser would stop at hidden fields. */}
        <SubmitButton formNoValidate>Continue to delivery</SubmitButton>
      </StepButtons>
    </ActionForm>
  );
}
