import type { Metadata, Route } from "next";
import { NotificationList } from "@/components/accounts/notification-list";
import { OrderList } from "@/components/accounts/order-list";
import { WaitingReviews } from "@/components/reviews/own-reviews";
import { LinkButton } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { addressLines } from "@/lib/domain/addresses";
import { getProfile, listOwnOrders } from "@/lib/queries/accounts";
import { listAddresses } from "@/lib/queries/addresses";
import { listNotifications } from "@/lib/queries/notifications";
import { listWaitingReviews } from "@/lib/queries/own-reviews";
import { getStore } from "@/lib/queries/settings";
import { requireUser } from "@/lib/session";

export const instant = false;
export const metadata: Metadata = { title: "Account", robots: { index: false } };

export default async function AccountPage() {
  const user = await requireUser("/account");
  const [profile, { orders, count }, addresses, news, waiting, { timeZone }] = await Promise.all([
    getProfile(user),
    listOwnOrders(user, { pageSize: 3 }),
    listAddresses(user),
    listNotifications(user, { pageSize: 3 }),
    listWaitingReviews(user, 4),
    getStore(),
  ]);
  const unread = news.notifications.filter(({ readAt }) => !readAt);
  const [address] = addresses;
  return (
    <>
      <h1 className="text-xl">{profile.firstName ? `Hello, ${profile.firstName}` : "Your account"}</h1>
      <p className="mt-2 wrap-anywhere text-quiet">{profile.email}</p>
      {user.kind !== "customer" && (
        <p className="mt-6">
          <LinkButton href={"/admin" as Route} look="line" small>
            Open the dashboard
          </LinkButton>
        </p>
      )}
      {!profile.isVerified && (
        <Notice className="mt-6 max-w-read" title="Your address is not confirmed yet.">
          <p>
            We sent you a link. Once it is confirmed, orders that you placed as a guest stand here, too.{" "}
            <Link className="link" href={"/verify-email" as Route}>
              Send it again
            </Link>
          </p>
        </Notice>
      )}
      {unread.length > 0 && (
        <section aria-labelledby="news" className="mt-12">
          <div className="mb-4 flex flex-wrap items-baseline justify-between gap-x-6">
            <h2 id="news" className="text-l">
              New for you
            </h2>
            <Link className="link text-s" href={"/account/notifications" as Route}>
              {news.unread > unread.length ? `All ${news.unread} new` : "All notifications"}
            </Link>
          </div>
          <NotificationList rows={unread} timeZone={timeZone} />
        </section>
      )}
      <section aria-labelledby="recent" className="mt-12">
        <div className="mb-4 flex flex-wrap items-baseline justify-between gap-x-6">
          <h2 id="recent" className="text-l">
            Recent orders
          </h2>
          {count > orders.length && (
            <Link className="link text-s" href={"/account/orders" as Route}>
              All {count} orders
            </Link>
          )}
        </div>
        {orders.length > 0 ? (
          <OrderList orders={orders} timeZone={timeZone} />
        ) : (
          <div className="grid justify-items-start gap-5 border-y py-6">
            <p className="max-w-read text-quiet">
              No orders yet. They will stand here from the moment you place one.
            </p>
            <LinkButton href={"/search" as Route}>See all pieces</LinkButton>
          </div>
        )}
      </section>
      {waiting.length > 0 && (
        <section aria-labelledby="waiting" className="mt-12">
          <div className="mb-4 flex flex-wrap items-baseline justify-between gap-x-6">
            <h2 id="waiting" className="text-l">
              Waiting for your word
            </h2>
            <Link className="link text-s" href={"/account/reviews" as Route}>
              Your reviews
            </Link>
          </div>
          <WaitingReviews goods={waiting} timeZone={timeZone} />
        </section>
      )}
      <section aria-labelledby="first-address" className="mt-12">
        <h2 id="first-address" className="mb-4 text-l">
          Delivered to
        </h2>
        <div className="grid gap-3 border-t pt-4">
          {address ? (
            <address className="wrap-anywhere not-italic">
              {addressLines(address).map((line) => (
                <span key={line} className="block">
                  {line}
                </span>
              ))}
            </address>
          ) : (
            <p className="max-w-read text-quiet">
              No address kept. One that is kept fills the checkout for you.
            </p>
          )}
          <p>
            <Link
              className="link"
              href={(address ? "/account/addresses" : "/account/addresses/new") as Route}
            >
              {address ? "Manage addresses" : "Add an address"}
            </Link>
          </p>
        </div>
      </section>
    </>
  );
}
