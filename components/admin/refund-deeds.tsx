import { ActionForm } from "@/components/ui/action-form";
import { SubmitButton } from "@/components/ui/pending";
import { RequestKey } from "@/components/ui/request-key";
import { recordCashBack, retryRefund } from "@/lib/actions/admin/refunds";
import type { RefundRow } from "@/lib/queries/admin/refund-list";

/** What a person may do about a refund in the list: try a failed one again, or record that cash went back. */
export function RefundDeeds({ refund, list }: { refund: RefundRow; list: string }) {
  const of = `of ${refund.orderNumber}`;
  const fields = (
    <>
      <input type="hidden" name="orderNumber" value={refund.orderNumber} />
      <input type="hidden" name="refundId" value={refund.id} />
      <input type="hidden" name="refunds" value={list} />
      <RequestKey />
    </>
  );
  if (refund.canTryAgain)
    return (
      <ActionForm action={retryRefund} className="mt-2" label={`Try the refund ${of} again`}>
        {fields}
        <SubmitButton look="line" small>
          Try again<span className="sr-only"> {of}</span>
        </SubmitButton>
      </ActionForm>
    );
  if (!refund.byHand) return null;
  return (
    <ActionForm
      action={recordCashBack}
      className="mt-2 flex flex-wrap gap-2 md:grid md:justify-items-start"
      label={`Cash by hand ${of}`}
    >
      {fields}
      <SubmitButton look="line" small name="do" value="paid">
        Cash was given back<span className="sr-only"> {of}</span>
      </SubmitButton>
      <SubmitButton look="quiet" small name="do" value="failed">
        It could not be<span className="sr-only"> {of}</span>
      </SubmitButton>
    </ActionForm>
  );
}
