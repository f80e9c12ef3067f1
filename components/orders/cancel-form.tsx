import { ActionForm } from "@/components/ui/action-form";
import { Disclosure } from "@/components/ui/disclosure";
import { Select, Textarea } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/pending";
import { cancelOrder } from "@/lib/actions/orders";
import { cancelReasons } from "@/lib/domain/orders";
import { OrderFields } from "./order-fields";

/** Cancelling, one step away from a slip of the finger. */
export function CancelForm({
  orderId,
  number,
  orderKey,
  isPaid,
  parts,
}: {
  orderId: string;
  number: string;
  orderKey: string | null;
  isPaid: boolean;
  /** How many sellers pack it. */
  parts: number;
}) {
  return (
    <Disclosure title="Cancel this order">
      <ActionForm action={cancelOrder} className="grid justify-items-start gap-4" label="Cancel">
        <OrderFields orderId={orderId} number={number} orderKey={orderKey} />
        <p>
          {parts > 1 ? "All parts of the order are cancelled" : "The whole order is cancelled"}
          {isPaid ? " and what you paid goes back the way it came." : ". Nothing was charged."}
        </p>
        <Select name="reason" label="Why" optional defaultValue="" className="w-full">
          <option value="">I would rather not say</option>
          {Object.entries(cancelReasons).map(([reason, label]) => (
            <option key={reason} value={reason}>
              {label}
            </option>
          ))}
        </Select>
        <Textarea name="note" label="More about it" optional rows={2} maxLength={400} className="w-full" />
        <SubmitButton look="line">Cancel the order</SubmitButton>
      </ActionForm>
    </Disclosure>
  );
}
