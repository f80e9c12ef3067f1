"use client";

import { AddressFields, type AddressValues } from "@/components/accounts/address-fields";
import type { RegionChoices } from "@/components/accounts/region-field";
import { ActionForm } from "@/components/ui/action-form";
import { Disclosure } from "@/components/ui/disclosure";
import { Checkbox, Textarea, TextInput } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/pending";
import { saveAddress } from "@/lib/actions/checkout";
import { emailFault } from "@/lib/domain/address-faults";
import { StepButtons } from "./delivery-form";
import { DoneStep, type Told } from "./done-step";
import { KeepTyped } from "./keep-typed";

export interface AddressStep {
  readonly email: string;
  readonly shipping: AddressValues | null;
  readonly billing: AddressValues | null;
  readonly billingSame: boolean;
  readonly note: string;
  readonly remind: boolean;
  /** The countries that are delivered to. */
  readonly codes: readonly string[];
  /** Proposed where the address has none. */
  readonly country: string;
  readonly regions: RegionChoices;
}

/** The first step: who it is for and where it goes. */
export function AddressForm({ step, chosen }: { step: AddressStep; chosen: boolean }) {
  return (
    <ActionForm action={saveAddress} className="group/address grid gap-5">
      {/* An address that was just chosen among the saved ones goes before what was typed before. */}
      <KeepTyped name="checkout-address" isFresh={chosen} />
      <AddressStepFields step={step} />
      <StepButtons back="/cart" backLabel="Back to cart">
        {/* Checked by the server in our own words: the browser would stop at hidden fields. */}
        <SubmitButton formNoValidate>Continue to delivery</SubmitButton>
      </StepButtons>
    </ActionForm>
  );
}

/** The first step once it is done: what was told, and the same form to change it in place. */
export function AddressDone({
  step,
  told,
  at,
}: {
  step: AddressStep;
  told: readonly Told[];
  at: "delivery" | "payment";
}) {
  return (
    <ActionForm action={saveAddress} className="group/address" idPrefix={`${at}-`}>
      {(state) => (
        <DoneStep title="Address" told={told} isOpen={state.status === "error"}>
          <input type="hidden" name="at" value={at} />
          <AddressStepFields step={step} />
          <SubmitButton look="line" formNoValidate className="justify-self-start max-sm:w-full">
            Save the address
          </SubmitButton>
        </DoneStep>
      )}
    </ActionForm>
  );
}

function AddressStepFields({ step }: { step: AddressStep }) {
  const { email, shipping, billing, billingSame, note, remind, codes, country, regions } = step;
  return (
    <>
      <TextInput
        name="email"
        type="email"
        label="E-mail"
        hint="With it and the number you find your order again"
        autoComplete="email"
        inputMode="email"
        maxLength={254}
        fault={emailFault}
        defaultValue={email}
      />
      <Checkbox
        name="remind"
        label="Remind me by e-mail if I leave this cart behind"
        hint="One mail, and none without this tick"
        defaultChecked={remind}
      />
      <AddressFields
        prefix="shipping"
        section="shipping"
        address={shipping ?? undefined}
        codes={codes}
        country={country}
        regions={regions}
      />
      <Checkbox name="billingSame" label="The bill goes to the same address" defaultChecked={billingSame} />
      {/* Hidden by CSS alone, so that it works without scripts; what is hidden does not count (see the action). */}
      <fieldset className="grid gap-5 group-has-[[name=billingSame]:checked]/address:hidden">
        <legend className="mb-5 text-l font-semibold">Billing address</legend>
        <AddressFields
          prefix="billing"
          section="billing"
          address={billing ?? undefined}
          country={country}
          regions={regions}
        />
      </fieldset>
      <Disclosure title="Add a note to the order" open={note !== ""}>
        <Textarea name="note" label="Note" optional rows={3} maxLength={500} defaultValue={note} />
      </Disclosure>
    </>
  );
}
