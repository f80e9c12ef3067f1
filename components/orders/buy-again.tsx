import { ActionForm } from "@/components/ui/action-form";
import { LinkButton } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/pending";
import { RequestKey } from "@/components/ui/request-key";
import { buyOrderAgain } from "@/lib/actions/orders";
import { OrderFields } from "./order-fields";

/** Puts the goods of a past order into the cart; afterwards it tells where some of them cannot be had. */
export function BuyAgain({
  orderId,
  number,
  orderKey,
  done,
}: {
  orderId: string;
  number: string;
  orderKey: string | null;
  /** What the last try did; null before it. */
  done: { readonly added: number; readonly missing: number } | null;
}) {
  return (
    <section aria-labelledby="again" className="grid justify-items-start gap-4 border-t pt-6">
      <h2 id="again" className="text-m font-semibold">
        Once more
      </h2>
      {done && (
        <Notice
          tone="info"
          title={done.added > 0 ? "Not everything could be had." : "None of it can be had."}
        >
          {done.added === 1 && "1 piece is in your cart. "}
          {done.added > 1 && `${done.added} pieces are in your cart. `}
          {done.missing === 1
            ? "1 thing is sold out, gone or scarce."
            : `${done.missing} things are sold out, gone or scarce.`}
        </Notice>
      )}
      {done && done.added > 0 ? (
        <LinkButton href="/cart">See the cart</LinkButton>
      ) : (
        <ActionForm action={buyOrderAgain} label="Buy again">
          <OrderFields orderId={orderId} number={number} orderKey={orderKey} />
          <RequestKey />
          <SubmitButton look="line">Buy again</SubmitButton>
        </ActionForm>
      )}
    </section>
  );
}
