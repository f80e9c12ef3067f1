import { ActionForm } from "@/components/ui/action-form";
import { LinkButton } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/pending";
import { RequestKey } from "@/components/ui/request-key";
import { buyOrderAgain } from "@/lib/actions/orders";
import { OrderFields } from "./order-fields";

/** What the last try did. */
export interface BoughtAgain {
  readonly added: number;
  readonly missing: readonly { readonly name: string; readonly reason: string }[];
}

/** Puts the goods of a past order into the cart; afterwards it tells what of it cannot be had, and why. */
export function BuyAgain({
  orderId,
  number,
  orderKey,
  done,
}: {
  orderId: string;
  number: string;
  orderKey: string | null;
  /** Null before the first try. */
  done: BoughtAgain | null;
}) {
  return (
    <section aria-labelledby="again" data-screen className="grid justify-items-start gap-4 border-t pt-6">
      <h2 id="again" className="text-m font-semibold">
        Once more
      </h2>
      {done && (
        <Notice
          tone="info"
          title={done.added > 0 ? "Not everything could be had." : "None of it can be had."}
        >
          {done.added === 1 && <p>1 piece is in your cart.</p>}
          {done.added > 1 && <p>{done.added} pieces are in your cart.</p>}
          <ul className="mt-1 grid gap-1">
            {done.missing.map(({ name, reason }) => (
              <li key={name} className="wrap-anywhere">
                {reason.includes(name.split(",")[0] ?? name) ? reason : `${name}: ${reason}`}
              </li>
            ))}
          </ul>
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
