import type { Metadata, Route } from "next";
import Link from "next/link";
import { OrderList } from "@/components/accounts/order-list";
import { LinkButton } from "@/components/ui/button";
import { addressLines } from "@/lib/domain/addresses";
import { getProfile, listOwnOrders } from "@/lib/queries/accounts";
import { listAddresses } from "@/lib/queries/addresses";
import { requireUser } from "@/lib/session";

export const instant = false;
export const metadata: Metadata = { title: "Account", robots: { index: false } };

export default async function AccountPage() {
  const user = await requireUser("/account");
  const [profile, { orders, count }, addresses] = await Promise.all([
    getProfile(user),
    listOwnOrders(user, { pageSize: 3 }),
    listAddresses(user),
  ]);
  const [address] = addresses;
  return (
    <>
      <h1 className="text-xl">{profile.firstName ? `Hello, ${profile.firstName}` : "Your account"}</h1>
      <p className="mt-2 wrap-anywhere text-quiet">{profile.email}</p>
      {user.kind !== "customer" && (
        <p className="mt-6">
          <LinkButton href={"/admin" as Route} look="line" small prefetch={false}>
            Open the dashboard
          </LinkButton>
        </p>
      )}
      <section aria-labelledby="recent" className="mt-12">
        <div className="mb-4 flex flex-wrap items-baseline justify-between gap-x-6">
          <h2 id="recent" className="text-l">
            Recent orders
          </h2>
          {count > orders.length && (
            <Link className="link text-s" href={"/account/orders" as Route} prefetch={false}>
              All {count} orders
            </Link>
          )}
        </div>
        {orders.length > 0 ? (
          <OrderList orders={orders} />
        ) : (
          <div className="grid justify-items-start gap-5 border-y py-6">
            <p className="max-w-read text-quiet">
              No orders yet. They will stand here from the moment you place one.
            </p>
            <LinkButton href={"/search" as Route} prefetch={false}>
              See all pieces
            </LinkButton>
          </div>
        )}
      </section>
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
              prefetch={false}
            >
              {address ? "Manage addresses" : "Add an address"}
            </Link>
          </p>
        </div>
      </section>
      <section aria-labelledby="kept" className="mt-12">
        <h2 id="kept" className="mb-4 text-l">
          Kept for you
        </h2>
        <p className="border-t pt-4">
          <Link className="link" href={"/wishlist" as Route} prefetch={false}>
            Wishlist
          </Link>
        </p>
      </section>
    </>
  );
}
