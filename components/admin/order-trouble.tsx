import type { Route } from "next";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { momentText } from "@/lib/domain/moments";
import { formatMoney } from "@/lib/domain/money";
import type { OrderAround, OrderDispute } from "@/lib/queries/admin/order-around";

const ENDS: Record<OrderDispute["status"], string> = {
  open: "The bank asks for this payment back",
  won: "A dispute was won",
  lost: "A dispute was lost",
};

/** What keeps an order from going on: disputes, and events of the payment service that failed. */
export function OrderTrouble({
  isDisputed,
  around,
  currency,
  timeZone,
}: {
  isDisputed: boolean;
  /** For admins. */
  around: OrderAround | null;
  currency: string;
  timeZone: string;
}) {
  const disputes = around?.disputes ?? [];
  const events = around?.failedEvents ?? [];
  return (
    <>
      {isDisputed && !disputes.some(({ status }) => status === "open") && (
        <Notice tone="error" title={ENDS.open} className="mb-6">
          Nothing is shipped and nothing of it is paid out until that is settled.
        </Notice>
      )}
      {disputes.map((dispute) => (
        <Notice
          key={dispute.id}
          tone={dispute.status === "won" ? "success" : "error"}
          title={`${ENDS[dispute.status]}: ${formatMoney(dispute.amount, currency)}`}
          className="mb-6"
        >
          {dispute.status === "open" && (
            <p>Nothing is shipped and nothing of it is paid out until that is settled.</p>
          )}
          <p className="num">
            {dispute.reason && `The reason given: ${dispute.reason.replaceAll("_", " ")}. `}
            {dispute.status === "open" &&
              dispute.dueBy &&
              `Evidence is due by ${momentText(dispute.dueBy, timeZone)}. `}
          </p>
          <p>
            {dispute.href ? (
              <a
                href={dispute.href}
                rel="noreferrer"
                className="link num inline-flex min-h-6 items-center wrap-anywhere"
              >
                Dispute {dispute.providerId} at Stripe
              </a>
            ) : (
              <span className="num text-s wrap-anywhere text-quiet">Dispute {dispute.providerId}</span>
            )}
          </p>
        </Notice>
      ))}
      {events.length > 0 && (
        <Notice
          tone="error"
          title={
            events.length === 1
              ? "An event of the payment service failed"
              : `${events.length} events of the payment service failed`
          }
          className="mb-6"
        >
          <ul>
            {events.map(({ id, type, error, at }) => (
              <li key={id} className="wrap-anywhere">
                <Link
                  href={`/admin/webhooks/${id}` as Route}
                  className="link inline-flex min-h-6 items-center"
                >
                  {type}
                </Link>
                , <span className="num">{momentText(at, timeZone)}</span>
                {error && `: ${error}`}
              </li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}
