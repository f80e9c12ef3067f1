import { ActionForm } from "@/components/ui/action-form";
import { Disclosure } from "@/components/ui/disclosure";
import { Textarea } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/pending";
import { cancelOrder } from "@/lib/actions/orders";
import { OrderFields } from "./order-fields";

/** Cancelling, one step away from a slip of the finger. */
export function CancelForm({
  orderId,
  number,
  orderKey,
  isPaid,
}: {
  orderId: string;
  number: string;
  orderKey: string | null;
  isPaid: boolean;
}) {
  return (
    <Disclosure title="Cancel this order">
      <ActionForm action={cancelOrder} className="grid justify-items-start gap-4">
        <OrderFields orderId={orderId} number={number} orderKey={orderKey} />
        <p>
          {isPaid
            ? "The whole order is cancelled and what you paid goes back the way it came."
            : "The whole order is cancelled. Nothing was charged."}
        </p>
        <Textarea
          name="note"
          label="Why"
          hint="It helps us, you need not say"
          optional
          rows={2}
          className="w-full"
        />
        <SubmitButton look="line">Cancel the order</SubmitButton>
      </ActionForm>
    </Disclosure>
  );
}
