import { StatusDot, type Tone } from "@/components/ui/badge";
import { dateText } from "@/lib/domain/moments";
import { formatMoney } from "@/lib/domain/money";
import type { Refund } from "@/lib/queries/order-after";

const states: Record<Refund["status"], { label: string; tone: Tone }> = {
  reserved: { label: "On its way to you", tone: "focus" },
  pending: { label: "On its way to you", tone: "focus" },
  succeeded: { label: "Sent back", tone: "good" },
  failed: { label: "Did not go through: we see to it", tone: "signal" },
};

/** Money that goes back: each sum with why and how far it is. */
export function Refunds({
  refunds,
  currency,
  timeZone,
  isCash,
}: {
  refunds: readonly Refund[];
  currency: string;
  timeZone: string;
  /** It was paid to the courier, so it cannot go back by itself. */
  isCash: boolean;
}) {
  if (refunds.length === 0) return null;
  const open = refunds.some(({ status }) => status === "reserved" || status === "pending");
  return (
    <section aria-labelledby="money-back" className="grid gap-3">
      <h2 id="money-back" className="text-l">
        Money back
      </h2>
      <ul>
        {refunds.map((refund) => (
          <li key={refund.id} className="grid gap-x-6 border-t py-3 sm:grid-cols-[1fr_auto]">
            <p>
              <span className="num font-semibold">{formatMoney(refund.amount, currency)}</span>
              <span className="block text-s text-quiet wrap-anywhere">
                {why(refund)}, <span className="num">{dateText(refund.createdAt, timeZone)}</span>
              </span>
            </p>
            <p className="sm:text-right">
              <StatusDot tone={states[refund.status].tone}>{states[refund.status].label}</StatusDot>
            </p>
          </li>
        ))}
      </ul>
      {open && (
        <p className="text-s text-quiet">
          {isCash
            ? "You paid the courier, so we write to you about where it should go."
            : "It goes back the way you paid. Banks take up to ten days to show it."}
        </p>
      )}
    </section>
  );
}

const automatic: Readonly<Record<string, string>> = {
  late_success: "Your payment came after the order had ended",
  paid_twice: "It was paid twice",
  dashboard: "Given back by the shop",
};

const why = (refund: Refund): string => (refund.automatic && automatic[refund.automatic]) || refund.reason;
