import { ActionForm } from "@/components/ui/action-form";
import { Select, Textarea } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/pending";
import { backdropOf, Picture } from "@/components/ui/picture";
import { RequestKey } from "@/components/ui/request-key";
import { requestReturn } from "@/lib/actions/returns";
import { dateText } from "@/lib/domain/moments";
import { returnReasons } from "@/lib/domain/returns";
import { OrderFields } from "./order-fields";

export interface OfferedLine {
  readonly id: string;
  readonly productName: string;
  readonly variantTitle: string;
  readonly imageKey: string | null;
  readonly imageBackdrop: string | null;
  /** Pieces that may go back, and until when. */
  readonly left: number;
  readonly until: Date | null;
}

/** Asks to send pieces back: how many of each line, and why. */
export function ReturnForm({
  orderId,
  number,
  orderKey,
  lines,
  timeZone,
}: {
  orderId: string;
  number: string;
  orderKey: string | null;
  lines: readonly OfferedLine[];
  timeZone: string;
}) {
  return (
    <ActionForm action={requestReturn} className="grid gap-6" label="Return">
      <OrderFields orderId={orderId} number={number} orderKey={orderKey} />
      <RequestKey />
      <ul id="lines" tabIndex={-1} className="grid gap-6">
        {lines.map((line, i) => (
          <li key={line.id} className="grid grid-cols-[4.5rem_minmax(0,1fr)] gap-4 border-t pt-4">
            <input type="hidden" name={`lines.${i}.orderLineId`} value={line.id} />
            <Picture
              src={line.imageKey && `/media/${line.imageKey}`}
              alt=""
              sizes="4.5rem"
              backdrop={backdropOf(line.imageBackdrop)}
            />
            <div className="grid gap-3">
              <p className="wrap-anywhere">
                <span className="font-semibold">{line.productName}</span>
                {line.variantTitle && <span className="text-quiet"> {line.variantTitle}</span>}
                {line.until && (
                  <span className="num block text-s text-quiet">Until {dateText(line.until, timeZone)}</span>
                )}
              </p>
              <div className="grid gap-3 sm:grid-cols-[8rem_1fr]">
                <Select
                  name={`lines.${i}.quantity`}
                  label={
                    <>
                      How many<span className="sr-only"> of {line.productName}</span>
                    </>
                  }
                  defaultValue={lines.length === 1 && line.left === 1 ? "1" : "0"}
                >
                  {Array.from({ length: line.left + 1 }, (_, n) => (
                    <option key={String(n)} value={n}>
                      {n === 0 ? "None" : n}
                    </option>
                  ))}
                </Select>
                <Select
                  name={`lines.${i}.reason`}
                  label={
                    <>
                      Why<span className="sr-only"> {line.productName} goes back</span>
                    </>
                  }
                  required={false}
                  defaultValue=""
                >
                  <option value="">Please choose</option>
                  {Object.entries(returnReasons).map(([reason, { label }]) => (
                    <option key={reason} value={reason}>
                      {label}
                    </option>
                  ))}
                </Select>
              </div>
            </div>
          </li>
        ))}
      </ul>
      <Textarea
        name="note"
        label="Anything we should know"
        hint="What is broken, what came instead"
        optional
        rows={3}
        maxLength={1000}
      />
      <SubmitButton className="justify-self-start">Ask to send it back</SubmitButton>
    </ActionForm>
  );
}
