import { ActionForm } from "@/components/ui/action-form";
import { Checkbox, Textarea, TextInput } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/pending";
import { RequestKey } from "@/components/ui/request-key";
import { approveReturn, payReturn, receiveReturn, rejectReturn } from "@/lib/actions/admin/returns";
import { formatMoney } from "@/lib/domain/money";
import type { StaffReturn } from "@/lib/queries/admin/returns";

type ReturnRef = Pick<StaffReturn, "id" | "number">;

function ReturnFields({ one }: { one: ReturnRef }) {
  return (
    <>
      <input type="hidden" name="returnId" value={one.id} />
      <input type="hidden" name="returnNumber" value={one.number} />
    </>
  );
}

/** Yes or no, with what the shopper should know. */
export function DecideForms({ one }: { one: ReturnRef }) {
  return (
    <div className="grid gap-6">
      <ActionForm action={approveReturn} className="grid max-w-form gap-3" label="Approve">
        <ReturnFields one={one} />
        <Textarea
          name="note"
          id="approve-note"
          label="What the shopper should know"
          hint="A label, how to pack it; the address of the shop is told anyway"
          optional
          rows={2}
          maxLength={1000}
        />
        <SubmitButton small className="justify-self-start">
          Approve
        </SubmitButton>
      </ActionForm>
      <details>
        <summary className="link inline-flex min-h-6 items-center text-signal">Reject it</summary>
        <ActionForm action={rejectReturn} className="mt-3 grid max-w-form gap-3" label="Reject">
          <ReturnFields one={one} />
          <Textarea
            name="note"
            id="reject-note"
            label="Why"
            hint="The shopper reads it. Most countries give a right to withdraw: be sure."
            rows={2}
            maxLength={1000}
          />
          <SubmitButton look="line" small className="justify-self-start">
            Reject
          </SubmitButton>
        </ActionForm>
      </details>
    </div>
  );
}

/** What came back, piece by piece: on the shelf again, or written off. */
export function ReceiveForm({ one }: { one: Pick<StaffReturn, "id" | "number" | "lines"> }) {
  return (
    <ActionForm action={receiveReturn} className="grid max-w-form gap-4" label="Receive">
      <ReturnFields one={one} />
      <ul id="lines" tabIndex={-1} className="grid gap-4">
        {one.lines.map((line, i) => (
          <li key={line.orderLineId} className="grid gap-2">
            <p className="wrap-anywhere">
              <span className="num">{line.quantity} ×</span> {line.name}{" "}
              {line.title && <span className="text-quiet">{line.title}</span>}
            </p>
            <input type="hidden" name={`lines.${i}.orderLineId`} value={line.orderLineId} />
            <div className="grid grid-cols-2 gap-3">
              <TextInput
                name={`lines.${i}.restock`}
                label={
                  <>
                    Fit to sell<span className="sr-only"> of {line.name}</span>
                  </>
                }
                type="number"
                inputMode="numeric"
                min={0}
                max={line.quantity}
                defaultValue={line.reason === "damaged" ? 0 : line.quantity}
              />
              <TextInput
                name={`lines.${i}.writeOff`}
                label={
                  <>
                    Written off<span className="sr-only"> of {line.name}</span>
                  </>
                }
                type="number"
                inputMode="numeric"
                min={0}
                max={line.quantity}
                defaultValue={line.reason === "damaged" ? line.quantity : 0}
              />
            </div>
          </li>
        ))}
      </ul>
      <p className="text-s text-quiet">What is in neither field did not come.</p>
      <SubmitButton small className="justify-self-start">
        It is here
      </SubmitButton>
    </ActionForm>
  );
}

/** The money for it: the price of what came, or less. */
export function PayReturnForm({ one }: { one: StaffReturn }) {
  const due = one.lines.reduce((sum, line) => sum + line.due, 0);
  return (
    <ActionForm action={payReturn} className="grid max-w-form gap-3" label="Refund">
      <ReturnFields one={one} />
      <RequestKey />
      <input type="hidden" name="currency" value={one.currency} />
      <TextInput
        name="amount"
        label="Amount"
        hint={
          due > 0
            ? `Left empty: what it cost, ${formatMoney(due, one.currency)}. Less where it is worn.`
            : "Its price went back already: nothing is left to give for it."
        }
        optional
        inputMode="decimal"
        autoComplete="off"
      />
      {one.shipping && one.shipping > 0 ? (
        <Checkbox
          name="shipping"
          value="1"
          label={`And what is left of the shipping (${formatMoney(one.shipping, one.currency)})`}
        />
      ) : null}
      <SubmitButton small className="justify-self-start">
        Give the money back
      </SubmitButton>
    </ActionForm>
  );
}
