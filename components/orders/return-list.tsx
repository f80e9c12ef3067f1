import { ActionForm } from "@/components/ui/action-form";
import { StatusDot, type Tone } from "@/components/ui/badge";
import { SubmitButton } from "@/components/ui/pending";
import { withdrawReturn } from "@/lib/actions/returns";
import { dateText } from "@/lib/domain/moments";
import { formatMoney } from "@/lib/domain/money";
import { type ReturnStatus, returnReasons, returnStatusLabel } from "@/lib/domain/returns";
import type { OrderReturn } from "@/lib/queries/order-after";
import { OrderFields } from "./order-fields";
import { piecesOf } from "./part-words";

export const returnTones: Record<ReturnStatus, Tone> = {
  requested: "ink",
  approved: "focus",
  received: "focus",
  refunded: "good",
  rejected: "signal",
  withdrawn: "quiet",
  expired: "quiet",
};

/** Where approved goods are sent to. */
export interface ReturnPlace {
  readonly name: string;
  readonly address: string | null;
  readonly email: string;
}

/** The returns of an order: what goes back, how far it is, and what to do next. */
export function ReturnList({
  returns,
  order,
  place,
  timeZone,
}: {
  returns: readonly OrderReturn[];
  order: { id: string; number: string; orderKey: string | null; currency: string };
  place: ReturnPlace;
  timeZone: string;
}) {
  return (
    <section aria-labelledby="returns" className="grid gap-4">
      <h2 id="returns" className="text-l">
        {returns.length > 1 ? "Your returns" : "Your return"}
      </h2>
      {returns.map((one) => (
        <div key={one.id} className="grid gap-2 border-t pt-4">
          <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
            <h3 className="num font-text text-m font-semibold tracking-normal">{one.number}</h3>
            <StatusDot tone={returnTones[one.status]}>{returnStatusLabel[one.status]}</StatusDot>
          </div>
          <ul className="text-s text-quiet">
            {one.lines.map((line) => (
              <li key={line.id} className="wrap-anywhere">
                {piecesOf(line, line.quantity)}: “{returnReasons[line.reason].label}”
              </li>
            ))}
          </ul>
          <p>{nextOf(one, order.currency, timeZone)}</p>
          {one.status === "approved" && <Place place={place} number={one.number} />}
          {one.decisionNote && (
            <p className="border-l-2 pl-3 text-quiet wrap-anywhere">
              {one.ownerName} writes: {one.decisionNote}
            </p>
          )}
          {one.status === "requested" && (
            <ActionForm action={withdrawReturn} label={`Withdraw ${one.number}`}>
              <OrderFields orderId={order.id} number={order.number} orderKey={order.orderKey} />
              <input type="hidden" name="returnId" value={one.id} />
              <SubmitButton look="line" small>
                Withdraw it
              </SubmitButton>
            </ActionForm>
          )}
        </div>
      ))}
    </section>
  );
}

function Place({ place, number }: { place: ReturnPlace; number: string }) {
  if (!place.address) return <p>Write to {place.email} for the address to send it to.</p>;
  return (
    <div>
      <p>
        Send it to the address below and write <span className="num font-semibold">{number}</span> on the
        parcel.
      </p>
      <address className="mt-1 text-quiet not-italic">
        {[place.name, ...place.address.split("\n")].map((line) => (
          <span key={line} className="block">
            {line}
          </span>
        ))}
      </address>
    </div>
  );
}

function nextOf(one: OrderReturn, currency: string, timeZone: string): string {
  const isOurs = one.lines.every(({ reason }) => returnReasons[reason].isOurs);
  switch (one.status) {
    case "requested":
      return "We look at it and answer by mail. Keep the goods until then.";
    case "approved": {
      const by = one.expiresAt ? ` It should be here by ${dateText(one.expiresAt, timeZone)}.` : "";
      return `${isOurs ? "We pay the postage." : "You pay the postage."}${by}`;
    }
    case "received":
      return "It has arrived. We look at it, then your money goes back.";
    case "refunded":
      return one.amount
        ? `${formatMoney(one.amount, currency)} went back to you for it.`
        : "Nothing was to be given back for it.";
    case "rejected":
      return "We cannot take it back.";
    case "withdrawn":
      return "You keep it.";
    case "expired":
      return "Nothing arrived in time, so it is closed.";
  }
}
