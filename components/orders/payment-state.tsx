import { formatMoney } from "@/lib/domain/money";
import { type PaymentMethod, paymentMethodLabel } from "@/lib/domain/payments";

/** How it is paid and how far that is. */
export function PaymentState({
  order,
}: {
  order: {
    paymentMethod: PaymentMethod;
    paymentStatus: string;
    payment: string | null;
    status: string;
    refunded: number;
    currency: string;
  };
}) {
  return (
    <p className="mt-1 text-quiet">
      {paymentMethodLabel[order.paymentMethod]}
      <span className="block">{stateText(order)}</span>
    </p>
  );
}

function stateText(order: Parameters<typeof PaymentState>[0]["order"]): string {
  const { paymentStatus, paymentMethod, payment, status, refunded, currency } = order;
  if (paymentStatus === "refunded") return `${formatMoney(refunded, currency)} sent back`;
  if (paymentStatus === "partially refunded") return `Paid, ${formatMoney(refunded, currency)} sent back`;
  if (paymentStatus === "paid") return "Paid";
  if (status === "cancelled") return "Not charged";
  if (paymentMethod === "cash_on_delivery") return "To be paid to the courier";
  if (paymentMethod === "bank_transfer") return "We wait for your transfer";
  if (payment === "processing") return "The bank is working on it";
  return paymentStatus === "failed" ? "The last try was declined" : "Not paid yet";
}
