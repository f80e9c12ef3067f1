import { momentText } from "@/lib/domain/moments";
import { eventText } from "./order-words";

/** What happened so far, newest last. */
export function Timeline({
  events,
  timeZone,
}: {
  events: readonly {
    id: string;
    kind: string;
    machine: string | null;
    toStatus: string | null;
    reason: string | null;
    createdAt: Date;
  }[];
  timeZone: string;
}) {
  const told = events.flatMap((event) => {
    const text = eventText(event);
    return text ? [{ id: event.id, text, at: event.createdAt }] : [];
  });
  return (
    <ol className="grid">
      {told.map((event, i) => (
        <li
          key={event.id}
          className="relative grid grid-cols-[1rem_1fr_auto] items-baseline gap-3 pb-5 last:pb-0"
        >
          {i < told.length - 1 && (
            <span aria-hidden="true" className="absolute top-4 bottom-0 left-[0.28rem] w-px bg-control" />
          )}
          <span
            aria-hidden="true"
            className={`size-2.5 rounded-round ${i === told.length - 1 ? "bg-ink" : "bg-control"}`}
          />
          <span className={i === told.length - 1 ? "font-semibold" : undefined}>{event.text}</span>
          <time dateTime={event.at.toISOString()} className="num text-s text-quiet">
            {momentText(event.at, timeZone)}
          </time>
        </li>
      ))}
    </ol>
  );
}
