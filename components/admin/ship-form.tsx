import { ActionForm } from "@/components/ui/action-form";
import { Select, TextInput } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/pending";
import { RequestKey } from "@/components/ui/request-key";
import { VersionField } from "@/components/ui/version-field";
import { sendParcel, startPacking } from "@/lib/actions/admin/orders";
import { carriers, isCarrier } from "@/lib/domain/shipping";
import type { StaffLine } from "@/lib/queries/admin/order";

/** An order and, where its page was opened from a list, that list's query string. */
export type OrderRef = {
  readonly id: string;
  readonly number: string;
  readonly list?: string;
  /** The state of the order that the page shows. */
  readonly seen: number;
};

/** Which order a form is about. */
export function OrderFields({ order }: { order: OrderRef }) {
  return (
    <>
      <input type="hidden" name="orderId" value={order.id} />
      <input type="hidden" name="orderNumber" value={order.number} />
      <VersionField version={order.seen} />
      {order.list && <input type="hidden" name="list" value={order.list} />}
    </>
  );
}

/** What a parcel can go with. One that was `stored` under another name keeps it. */
export function CarrierOptions({ stored }: { stored?: string }) {
  const isKnown = stored === undefined || isCarrier(stored);
  return (
    <>
      {!isKnown && <option>{stored}</option>}
      {Object.keys(carriers).map((carrier) => (
        <option key={carrier}>{carrier}</option>
      ))}
      <option>Other</option>
    </>
  );
}

/** Sends a parcel: everything that is left, unless fewer are chosen. */
export function ShipForm({
  order,
  partId,
  left,
  prefix,
}: {
  order: OrderRef;
  partId: string;
  left: readonly StaffLine[];
  /** Keeps ids apart where a page has several of these forms. */
  prefix: string;
}) {
  const pieces = left.reduce((sum, line) => sum + line.left, 0);
  return (
    <ActionForm action={sendParcel} label="Ship" className="grid max-w-form gap-4">
      <OrderFields order={order} />
      <RequestKey />
      <input type="hidden" name="fulfilmentId" value={partId} />
      <div className="grid gap-4 sm:grid-cols-[12rem_1fr]">
        <Select name="carrier" id={`${prefix}carrier`} label="Carrier">
          <CarrierOptions />
        </Select>
        <TextInput
          name="trackingNumber"
          id={`${prefix}trackingNumber`}
          label="Tracking number"
          optional
          autoComplete="off"
          spellCheck={false}
          maxLength={60}
        />
      </div>
      <details className="group/lines">
        <summary className="link inline-flex min-h-6 items-center text-s">
          {pieces === 1 ? "1 piece goes in" : `All ${pieces} pieces go in`}; choose fewer
        </summary>
        <ul className="mt-3 grid gap-2">
          {left.map((line, i) => (
            <li key={line.id} className="flex items-center gap-3">
              <input type="hidden" name={`lines.${i}.orderLineId`} value={line.id} />
              <label htmlFor={`${prefix}lines-${i}`} className="min-w-0 flex-1 wrap-anywhere">
                {line.name} {line.title && <span className="text-quiet">{line.title}</span>}
              </label>
              <input
                id={`${prefix}lines-${i}`}
                type="number"
                inputMode="numeric"
                name={`lines.${i}.quantity`}
                min={0}
                max={line.left}
                defaultValue={line.left}
                className="control num w-24!"
              />
              <span className="num w-12 shrink-0 text-s text-quiet">of {line.left}</span>
            </li>
          ))}
        </ul>
      </details>
      <SubmitButton small className="justify-self-start">
        Ship
      </SubmitButton>
    </ActionForm>
  );
}

/** Begins packing; from then on the shopper can no longer cancel. */
export function PackForm({ order, partId }: { order: OrderRef; partId: string }) {
  return (
    <ActionForm action={startPacking} className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <OrderFields order={order} />
      <input type="hidden" name="fulfilmentId" value={partId} />
      <SubmitButton look="line" small>
        Start packing
      </SubmitButton>
      <p className="text-s text-quiet">From then on the shopper can no longer cancel.</p>
    </ActionForm>
  );
}
