import type { Metadata, Route } from "next";
import { NotificationList } from "@/components/accounts/notification-list";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { SubmitButton } from "@/components/ui/pending";
import { readAllNotifications } from "@/lib/actions/notifications";
import { listNotifications } from "@/lib/queries/notifications";
import { getStore } from "@/lib/queries/settings";
import { requireUser } from "@/lib/session";

export const instant = false;
export const metadata: Metadata = { title: "Notifications", robots: { index: false } };

type Query = Record<string, string | string[] | undefined>;

export default async function NotificationsPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [user, query] = await Promise.all([requireUser("/account/notifications"), searchParams]);
  const page = Math.min(1_000, Math.max(1, Math.trunc(Number(query.page)) || 1));
  const [{ notifications, count, unread, pages }, { timeZone }] = await Promise.all([
    listNotifications(user, { page }),
    getStore(),
  ]);
  if (count === 0)
    return (
      <EmptyState level={1} title="No news yet">
        <p>Where your orders are, answers to your reviews and what is back in stock stands here.</p>
      </EmptyState>
    );
  return (
    <>
      <div className="mb-8 flex flex-wrap items-end justify-between gap-4">
        <div>
          <h1 className="text-xl">Notifications</h1>
          <p className="num mt-2 text-quiet" role="status">
            {unread === 0 ? "All read" : `${unread} new`}
          </p>
        </div>
        {unread > 0 && (
          <form action={readAllNotifications}>
            <SubmitButton look="line" small>
              Mark all as read
            </SubmitButton>
          </form>
        )}
      </div>
      <NotificationList rows={notifications} timeZone={timeZone} />
      <div className="mt-10">
        <Pagination page={page} pages={pages} hrefFor={(n) => `/account/notifications?page=${n}` as Route} />
      </div>
    </>
  );
}
