import { ActionForm } from "@/components/ui/action-form";
import { TextInput } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/pending";
import { findOrder } from "@/lib/actions/orders";

/** Number and e-mail open an order. */
export function FindForm({ number = "", next }: { number?: string; next?: "return" }) {
  return (
    <ActionForm action={findOrder} className="grid max-w-form gap-5">
      {next && <input type="hidden" name="next" value={next} />}
      <TextInput
        name="number"
        label="Order number"
        hint="Like MR-7K2Q9D, from the page of your order"
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        defaultValue={number}
      />
      <TextInput
        name="email"
        type="email"
        label="E-mail"
        hint="The one you ordered with"
        autoComplete="email"
      />
      <SubmitButton className="justify-self-start">Find the order</SubmitButton>
    </ActionForm>
  );
}
