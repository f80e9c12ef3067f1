import { ActionForm } from "@/components/ui/action-form";
import { TextInput } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/pending";
import { RequestKey } from "@/components/ui/request-key";
import { bookCash } from "@/lib/actions/admin/books";
import { formatMoney } from "@/lib/domain/money";

/** Cash on delivery that reached the bank. `held` is what couriers still hold, in minor units; `seen` counts what was booked before. */
export function CashForm({
  held,
  seen,
  currency,
  isOne,
}: {
  held: number;
  seen: number;
  currency: string;
  /** Couriers hold no other currency. */
  isOne: boolean;
}) {
  return (
    <ActionForm
      action={bookCash}
      label={`Cash arrived at the bank${isOne ? "" : `: ${currency}`}`}
      idPrefix={`cash-${currency}-`}
      className="grid max-w-form gap-4"
    >
      <RequestKey />
      <input type="hidden" name="currency" value={currency} />
      <input type="hidden" name="seen" value={seen} />
      <p>
        Couriers collected <span className="num font-semibold">{formatMoney(held, currency)}</span> that did
        not reach the bank yet.
      </p>
      <TextInput
        name="amount"
        label="Arrived at the bank"
        hint="The whole sum of one transfer. It cannot be taken back."
        inputMode="decimal"
        autoComplete="off"
      />
      <TextInput
        name="reference"
        label="The bank’s reference"
        hint="As it stands on the statement."
        maxLength={140}
        autoComplete="off"
      />
      <SubmitButton small className="justify-self-start">
        Book it
      </SubmitButton>
    </ActionForm>
  );
}
