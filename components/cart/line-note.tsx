import { formatMoney } from "@/lib/domain/money";
import type { QuoteLine } from "@/lib/domain/quote";

/** Why a line differs from what the shopper put into the cart, in words. */
export function LineNote({ line, currency }: { line: QuoteLine; currency: string }) {
  const { state, priceChange, available, room, quantity, backorder, lowStockThreshold } = line;
  if (state === "gone") return <Told>No longer for sale. It is not part of the total.</Told>;
  if (state === "sold_out") return <Told>Sold out. It is not part of the total.</Told>;
  const rose = priceChange !== null && priceChange.to > priceChange.from;
  return (
    <>
      {priceChange && (
        <Told>
          The price {rose ? "rose" : "fell"} from {formatMoney(priceChange.from, currency)} to{" "}
          {formatMoney(priceChange.to, currency)} since you put it here.
        </Told>
      )}
      {state === "short" && (
        <Told>
          Only {room} left; you had {quantity}. Checking out makes it {room}.
        </Told>
      )}
      {state === "ok" && !backorder && available <= lowStockThreshold && (
        <p className="text-s text-quiet">Only {available} left</p>
      )}
    </>
  );
}

function Told({ children }: { children: React.ReactNode }) {
  return <p className="text-s text-signal">{children}</p>;
}
