import { AddressFields, type AddressValues } from "@/components/accounts/address-fields";
import { ActionForm } from "@/components/ui/action-form";
import { LinkButton } from "@/components/ui/button";
import { SubmitButton } from "@/components/ui/pending";
import { RequestKey } from "@/components/ui/request-key";
import { changeOrderAddress } from "@/lib/actions/orders";
import { regionChoices } from "@/lib/domain/regions";
import { OrderFields } from "./order-fields";
import { orderHref } from "./order-href";

/** Sends an order somewhere else in the same country. */
export function OrderAddressForm({
  orderId,
  number,
  orderKey,
  address,
}: {
  orderId: string;
  number: string;
  orderKey: string | null;
  address: AddressValues & { country: string };
}) {
  return (
    <ActionForm action={changeOrderAddress} className="grid max-w-form gap-6" label="New address">
      <OrderFields orderId={orderId} number={number} orderKey={orderKey} />
      <RequestKey />
      <AddressFields
        prefix="shipping"
        section="shipping"
        address={address}
        codes={[address.country]}
        regions={regionChoices([address.country])}
      />
      <div className="flex flex-wrap items-center gap-3">
        <SubmitButton>Send it there</SubmitButton>
        <LinkButton look="quiet" href={orderHref({ number, orderKey })}>
          Leave it as it is
        </LinkButton>
      </div>
    </ActionForm>
  );
}
