import type { Route } from "next";
import { Link } from "@/components/ui/link";
import { openNotification } from "@/lib/actions/notifications";
import { safeCallback } from "@/lib/domain/accounts";
import type { NotificationRow } from "@/lib/queries/notifications";
import { Day } from "./day";

/** Notifications, each leading to what it is about. What is new is opened by a form: reading it is a change. */
export function NotificationList({ rows, timeZone }: { rows: readonly NotificationRow[]; timeZone: string }) {
  return (
    <ul className="border-t">
      {rows.map(({ id, title, message, link, readAt, createdAt }) => (
        <li
          key={id}
          className="relative grid grid-cols-[0.75rem_minmax(0,1fr)] gap-x-3 border-b py-4 sm:grid-cols-[0.75rem_minmax(0,1fr)_auto]"
        >
          <span aria-hidden="true" className={`mt-1.5 size-2.5 rounded-round ${readAt ? "" : "bg-ink"}`} />
          <div className="grid min-w-0 justify-items-start">
            {readAt ? (
              link ? (
                <Link
                  href={safeCallback(link) as Route}
                  className="underline-offset-4 wrap-anywhere after:absolute after:inset-0 hover:underline"
                >
                  {title}
                </Link>
              ) : (
                <span className="wrap-anywhere">{title}</span>
              )
            ) : (
              <form action={openNotification}>
                <input type="hidden" name="id" value={id} />
                {link && <input type="hidden" name="link" value={link} />}
                <button
                  type="submit"
                  className="min-h-6 text-left font-semibold underline-offset-4 wrap-anywhere after:absolute after:inset-0 hover:underline"
                >
                  <span className="sr-only">New: </span>
                  {title}
                </button>
              </form>
            )}
            {message && <p className="text-s text-quiet wrap-anywhere">{message}</p>}
          </div>
          <span className="text-s text-quiet max-sm:col-start-2">
            <Day date={createdAt} timeZone={timeZone} />
          </span>
        </li>
      ))}
    </ul>
  );
}
