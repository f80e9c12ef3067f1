import { AddressFields } from "@/components/accounts/address-fields";
import { ActionForm } from "@/components/ui/action-form";
import { SubmitButton } from "@/components/ui/pending";
import { RequestKey } from "@/components/ui/request-key";
import { changeAddressForShop } from "@/lib/actions/admin/orders";
import { regionChoices } from "@/lib/domain/regions";
import type { StaffOrder } from "@/lib/queries/admin/order";
import { OrderFields, type OrderRef } from "./ship-form";

/** Sends the order somewhere else in the same country, until somebody packs it. */
export function AddressChange({ order }: { order: StaffOrder & OrderRef }) {
  const address = order.shippingAddress;
  if (!order.can.changeAddress || !address) return null;
  return (
    <details className="mt-3">
      <summary className="link inline-flex min-h-6 items-center text-s">Change the address</summary>
      <ActionForm
        action={changeAddressForShop}
        className="mt-3 grid gap-4"
        label="New address"
        idPrefix="address-"
      >
        <OrderFields order={order} />
        <RequestKey />
        <AddressFields
          prefix="shipping"
          address={address}
          codes={[address.country]}
          regions={regionChoices([address.country])}
        />
        <SubmitButton look="line" small className="justify-self-start">
          Send it there
        </SubmitButton>
      </ActionForm>
    </details>
  );
}
