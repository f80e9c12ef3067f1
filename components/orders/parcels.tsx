import { StatusDot } from "@/components/ui/badge";

/** Parcels on their way, each with what is inside and where to follow it. */
export function Parcels({
  parcels,
}: {
  parcels: readonly {
    id: string;
    status: string;
    carrier: string;
    service: string | null;
    trackingNumber: string | null;
    trackingUrl: string | null;
    ownerName: string;
    items: readonly { lineId: string; name: string; quantity: number }[];
  }[];
}) {
  return (
    <ul className="grid gap-6">
      {parcels.map((parcel, i) => (
        <li key={parcel.id} className="grid gap-2 border-t pt-4">
          <div className="flex flex-wrap items-baseline justify-between gap-x-6">
            <h3 className="font-text text-m font-semibold tracking-normal">
              {parcels.length > 1 ? `Parcel ${i + 1}` : "Your parcel"}, {parcel.carrier}
              {parcel.service && ` ${parcel.service}`}
            </h3>
            <StatusDot tone={parcel.status === "delivered" ? "good" : "focus"}>
              {words[parcel.status] ?? parcel.status}
            </StatusDot>
          </div>
          <p className="text-s text-quiet">
            {parcel.items
              .map(({ name, quantity }) => (quantity > 1 ? `${quantity} × ${name}` : name))
              .join(", ")}
            , from {parcel.ownerName}
          </p>
          {parcel.trackingNumber && (
            <p>
              {parcel.trackingUrl ? (
                <a
                  href={parcel.trackingUrl}
                  rel="noreferrer"
                  className="link num inline-flex min-h-6 items-center"
                >
                  Follow {parcel.trackingNumber}
                </a>
              ) : (
                <span className="num">Tracking number {parcel.trackingNumber}</span>
              )}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

const words: Readonly<Record<string, string>> = {
  packed: "Packed",
  shipped: "On its way",
  delivered: "Delivered",
  lost: "Lost",
  returned: "Sent back",
};
