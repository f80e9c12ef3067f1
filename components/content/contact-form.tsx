import type { ReactNode } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { Textarea, TextInput } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/pending";
import { writeToShop } from "@/lib/actions/contact";

/** A letter to the shop. `children`: what names this drawing of the form. */
export function ContactForm({
  children,
  orderNumber,
}: {
  children: ReactNode;
  orderNumber?: string | undefined;
}) {
  return (
    <ActionForm action={writeToShop} label="Write to us" className="grid gap-6">
      {children}
      <TextInput name="name" label="Name" autoComplete="name" maxLength={120} />
      <TextInput
        name="email"
        label="E-mail"
        type="email"
        autoComplete="email"
        inputMode="email"
        maxLength={254}
      />
      <TextInput
        name="orderNumber"
        label="Order number"
        hint="If it is about an order, like MR-4F7K2Q."
        defaultValue={orderNumber}
        autoComplete="off"
        autoCapitalize="characters"
        maxLength={40}
        optional
      />
      <Textarea name="message" label="Message" rows={7} maxLength={5000} />
      {/* For machines that fill every field they find; no person meets it. */}
      <div className="hidden" aria-hidden="true">
        <label htmlFor="website">Leave this empty</label>
        <input id="website" name="website" tabIndex={-1} autoComplete="off" />
      </div>
      <SubmitButton className="justify-self-start max-sm:w-full">Send the message</SubmitButton>
    </ActionForm>
  );
}
