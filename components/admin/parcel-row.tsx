import { ActionForm } from "@/components/ui/action-form";
import { Select, TextInput } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/pending";
import { RequestKey } from "@/components/ui/request-key";
import { correctParcel, parcelStrayed } from "@/lib/actions/admin/astray";
import { markDelivered } from "@/lib/actions/admin/orders";
import { momentText } from "@/lib/domain/moments";
import type { StaffParcel } from "@/lib/queries/admin/order";
import { CarrierOptions, OrderFields, type OrderRef } from "./ship-form";

const PARCEL: Record<StaffParcel["status"], string> = {
  packed: "Packed",
  shipped: "On its way",
  delivered: "Arrived",
  lost: "Lost",
  returned: "Came back",
};

type Props = { parcel: StaffParcel; order: OrderRef };

/** A parcel: what is in it, where it is, and what may be told of it. */
export function ParcelRow({ parcel, order, timeZone }: Props & { timeZone: string }) {
  const at = parcel.deliveredAt ?? parcel.shippedAt;
  return (
    <div className="grid grid-cols-1 gap-2 border-t py-3">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <div>
          <p>
            <span className="font-semibold">{parcel.carrier}</span>{" "}
            {parcel.trackingUrl ? (
              <a href={parcel.trackingUrl} rel="noreferrer" className="num link">
                {parcel.trackingNumber}
              </a>
            ) : (
              <span className="num">{parcel.trackingNumber ?? "without tracking"}</span>
            )}
          </p>
          <p className="num text-s text-quiet">
            {PARCEL[parcel.status]}
            {at && ` ${momentText(at, timeZone)}`} ·{" "}
            {parcel.items.map((item) => `${item.quantity} × ${item.name}`).join(", ")}
          </p>
        </div>
        {parcel.canDeliver && (
          <ActionForm action={markDelivered} label={nameOf(parcel)}>
            <OrderFields order={order} />
            <input type="hidden" name="shipmentId" value={parcel.id} />
            <SubmitButton look="line" small>
              It arrived
            </SubmitButton>
          </ActionForm>
        )}
      </div>
      <div className="flex flex-wrap gap-x-6 gap-y-2 print:hidden">
        {parcel.canStray && <Stray parcel={parcel} order={order} />}
        <Correct parcel={parcel} order={order} />
      </div>
    </div>
  );
}

const nameOf = ({ trackingNumber, carrier }: StaffParcel) => `Parcel ${trackingNumber ?? carrier}`;

function Stray({ parcel, order }: Props) {
  return (
    <details className="open:w-full">
      <summary className="link inline-flex min-h-6 items-center text-s">It did not arrive</summary>
      <ActionForm
        action={parcelStrayed}
        label={`${nameOf(parcel)} did not arrive`}
        idPrefix={`stray-${parcel.id}-`}
        className="mt-3 grid max-w-form gap-4"
      >
        <OrderFields order={order} />
        <RequestKey />
        <input type="hidden" name="shipmentId" value={parcel.id} />
        <Select
          name="became"
          label="What became of it"
          hint="What came back fit to sell is on the shelf again; the rest is written off. No money moves yet. It cannot be taken back."
          defaultValue=""
        >
          <option value="" disabled>
            Please choose
          </option>
          <option value="fit">It came back, fit to sell</option>
          <option value="damaged">It came back damaged</option>
          <option value="lost">It was lost</option>
        </Select>
        <TextInput
          name="note"
          label="Note"
          hint="For the timeline of this order."
          optional
          maxLength={500}
          autoComplete="off"
        />
        <SubmitButton look="line" small className="justify-self-start">
          It did not arrive
        </SubmitButton>
      </ActionForm>
    </details>
  );
}

function Correct({ parcel, order }: Props) {
  return (
    <details className="open:w-full">
      <summary className="link inline-flex min-h-6 items-center text-s">Correct the number</summary>
      <ActionForm
        action={correctParcel}
        label={`${nameOf(parcel)}: correct the number`}
        idPrefix={`correct-${parcel.id}-`}
        className="mt-3 grid max-w-form gap-4"
      >
        <OrderFields order={order} />
        <input type="hidden" name="shipmentId" value={parcel.id} />
        <div className="grid gap-4 sm:grid-cols-[12rem_1fr]">
          <Select name="carrier" label="Sent with" defaultValue={parcel.carrier}>
            <CarrierOptions stored={parcel.carrier} />
          </Select>
          <TextInput
            name="trackingNumber"
            label="Right number"
            hint="The order's page shows it at once; no mail is sent."
            optional
            autoComplete="off"
            spellCheck={false}
            maxLength={60}
            defaultValue={parcel.trackingNumber ?? ""}
          />
        </div>
        <SubmitButton look="line" small className="justify-self-start">
          Correct
        </SubmitButton>
      </ActionForm>
    </details>
  );
}
