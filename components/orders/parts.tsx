import { StatusDot, type Tone } from "@/components/ui/badge";
import type { Part } from "@/lib/queries/order-after";
import { ParcelList } from "./parcel-list";
import { partNext, partState, piecesOf } from "./part-words";

const tones: Record<Part["status"], Tone> = {
  open: "ink",
  processing: "ink",
  shipped: "focus",
  delivered: "good",
  cancelled: "quiet",
};

/** How far each part of the order is: what is packed, what travels and where to follow it, what is called off. */
export function Parts({ parts, timeZone }: { parts: readonly Part[]; timeZone: string }) {
  return (
    <section aria-labelledby="parcels" className="grid gap-6">
      <h2 id="parcels" className="text-l">
        {parts.length > 1 ? `Comes in ${parts.length} parts` : "Where it is"}
      </h2>
      {parts.map((part) => (
        <div key={part.id} className="grid gap-3 border-t pt-4">
          <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
            <h3 className="font-text text-m font-semibold tracking-normal">From {part.ownerName}</h3>
            <StatusDot tone={tones[part.status]}>{partState(part)}</StatusDot>
          </div>
          <p className="text-quiet">{partNext(part)}</p>
          <ParcelList parcels={part.parcels} timeZone={timeZone} />
          <Waiting part={part} />
        </div>
      ))}
    </section>
  );
}

/** What of the part is in no parcel yet, and what never comes. */
function Waiting({ part }: { part: Part }) {
  const off = part.lines.filter(({ cancelled }) => cancelled > 0 && part.status !== "cancelled");
  const later =
    part.parcels.length > 0 && part.status === "processing"
      ? part.lines.filter(({ quantity, shipped, cancelled }) => quantity > shipped + cancelled)
      : [];
  return (
    <>
      {later.length > 0 && (
        <p className="text-s text-quiet">
          Still to come: {later.map((l) => piecesOf(l, l.quantity - l.shipped - l.cancelled)).join(", ")}.
        </p>
      )}
      {off.length > 0 && (
        <p className="text-s text-quiet">
          Called off: {off.map((l) => piecesOf(l, l.cancelled)).join(", ")}.
        </p>
      )}
    </>
  );
}
