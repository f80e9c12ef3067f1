import { StatusDot, type Tone } from "@/components/ui/badge";
import { dateText } from "@/lib/domain/moments";
import type { Parcel } from "@/lib/queries/order-after";
import { piecesOf } from "./part-words";

const words: Record<Parcel["status"], { label: string; tone: Tone }> = {
  packed: { label: "Packed", tone: "ink" },
  shipped: { label: "On its way", tone: "focus" },
  delivered: { label: "Delivered", tone: "good" },
  lost: { label: "Lost on its way", tone: "signal" },
  returned: { label: "Went back", tone: "signal" },
};

/** Parcels, each with what is inside and where to follow it. */
export function ParcelList({ parcels, timeZone }: { parcels: readonly Parcel[]; timeZone: string }) {
  return (
    <ul className="grid gap-4">
      {parcels.map((parcel, i) => {
        const at = parcel.deliveredAt ?? parcel.shippedAt;
        return (
          <li key={parcel.id} className="grid gap-1 border-l-2 pl-4">
            <p className="flex flex-wrap items-baseline justify-between gap-x-6">
              <span className="font-semibold">
                {parcels.length > 1 ? `Parcel ${i + 1} of ${parcels.length}` : "One parcel"}, {parcel.carrier}
                {parcel.service && ` ${parcel.service}`}
              </span>
              <StatusDot tone={words[parcel.status].tone}>
                {words[parcel.status].label}
                {at && <span className="num text-quiet"> {dateText(at, timeZone)}</span>}
              </StatusDot>
            </p>
            <p className="text-s text-quiet wrap-anywhere">
              {parcel.items.map((item) => piecesOf(item, item.quantity)).join(", ")}
            </p>
            {parcel.trackingNumber &&
              (parcel.trackingUrl ? (
                <a
                  href={parcel.trackingUrl}
                  rel="noreferrer"
                  className="link num inline-flex min-h-6 items-center justify-self-start wrap-anywhere"
                >
                  Follow {parcel.trackingNumber}
                </a>
              ) : (
                <p className="num wrap-anywhere">Tracking number {parcel.trackingNumber}</p>
              ))}
          </li>
        );
      })}
    </ul>
  );
}
