import { ActionForm } from "@/components/ui/action-form";
import { Checkbox, Select, Textarea, TextInput } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/pending";
import { RequestKey } from "@/components/ui/request-key";
import { callOff, giveUpPart } from "@/lib/actions/admin/astray";
import type { StaffLine, StaffPart } from "@/lib/queries/admin/order";
import { OrderFields, type OrderRef } from "./ship-form";

type Of = OrderRef & { readonly isDisputed: boolean };

const heldBack = (order: Of) =>
  order.isDisputed ? " But what the bank holds because of the dispute: that is for the bank to decide." : "";

/** Calls off pieces that are in no parcel yet, or all that is left of a part. */
export function CallOff({
  order,
  partId,
  left,
  whose,
}: {
  order: Of;
  partId: string;
  left: readonly StaffLine[];
  /** ": Line" where the order has goods of several owners. */
  whose: string;
}) {
  const prefix = `off-${partId}-`;
  return (
    <details data-screen className="mt-4 border-t pt-4">
      <summary className="link inline-flex min-h-6 items-center text-s text-signal">Cannot be sent</summary>
      <ActionForm
        action={callOff}
        label={`Cannot be sent${whose}`}
        idPrefix={prefix}
        className="mt-3 grid max-w-form gap-4"
      >
        <OrderFields order={order} />
        <RequestKey />
        <input type="hidden" name="fulfilmentId" value={partId} />
        <ul id={`${prefix}lines`} tabIndex={-1} className="grid gap-4">
          {left.map((line, i) => (
            <li key={line.id}>
              <input type="hidden" name={`lines.${i}.orderLineId`} value={line.id} />
              <TextInput
                name={`lines.${i}.quantity`}
                label={line.title ? `${line.name}, ${line.title}` : line.name}
                hint={<span className="num">How many of {line.left}</span>}
                type="number"
                inputMode="numeric"
                min={0}
                max={line.left}
                defaultValue={0}
              />
            </li>
          ))}
        </ul>
        <Checkbox name="all" value="1" label="All that is left" />
        <Select
          name="became"
          label="What became of these pieces"
          hint="What was promised beyond the stock counts as on the shelf."
          defaultValue=""
        >
          <option value="" disabled>
            Please choose
          </option>
          <option value="shelf">On the shelf: for sale again</option>
          <option value="gone">Broken or lost: written off</option>
        </Select>
        <Textarea
          name="note"
          label="Reason"
          hint={`The shopper reads it. What was paid for these pieces goes back.${heldBack(order)}`}
          rows={2}
          maxLength={500}
        />
        <SubmitButton look="line" small className="justify-self-start">
          Call off
        </SubmitButton>
      </ActionForm>
    </details>
  );
}

/** Ends a part that was sent and never arrived: for admins. */
export function GiveUp({ order, part, whose }: { order: Of; part: StaffPart; whose: string }) {
  const isLost = part.parcels.some(({ status }) => status === "lost");
  return (
    <details data-screen className="mt-4 border-t pt-4">
      <summary className="link inline-flex min-h-6 items-center text-s text-signal">Refused or lost</summary>
      <ActionForm
        action={giveUpPart}
        label={`Refused or lost${whose}`}
        idPrefix={`end-${part.id}-`}
        className="mt-3 grid max-w-form gap-4"
      >
        <OrderFields order={order} />
        <RequestKey />
        <input type="hidden" name="fulfilmentId" value={part.id} />
        <Select
          name="became"
          label="What became of it"
          hint={`What was paid for these goods goes back, and cash is not waited for any more. Parcels that are still on their way end like this. It cannot be taken back.${heldBack(order)}`}
          defaultValue={isLost ? "lost" : ""}
        >
          <option value="" disabled>
            Please choose
          </option>
          <option value="refused">Refused or not collected, fit to sell</option>
          <option value="damaged">Refused or not collected, damaged</option>
          <option value="lost">Lost</option>
        </Select>
        <Textarea name="note" label="Reason" hint="The shopper reads it." optional rows={2} maxLength={500} />
        <SubmitButton look="line" small className="justify-self-start">
          Give up
        </SubmitButton>
      </ActionForm>
    </details>
  );
}
