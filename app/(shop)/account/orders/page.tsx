import type { Metadata, Route } from "next";
import { FormerOrderList } from "@/components/accounts/former-order-list";
import { OrderList } from "@/components/accounts/order-list";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Pagination } from "@/components/ui/pagination";
import { listOwnOrders } from "@/lib/queries/accounts";
import { listOwnFormerOrders } from "@/lib/queries/former-orders";
import { getStore } from "@/lib/queries/settings";
import { requireUser } from "@/lib/session";

export const instant = false;
export const metadata: Metadata = { title: "Orders", robots: { index: false } };

type Query = Record<string, string | string[] | undefined>;

export default async function OrdersPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [user, query] = await Promise.all([requireUser("/account/orders"), searchParams]);
  const page = Math.min(1_000, Math.max(1, Math.trunc(Number(query.page)) || 1));
  const [{ orders, pages, count }, former, { timeZone }] = await Promise.all([
    listOwnOrders(user, { page }),
    listOwnFormerOrders(user),
    getStore(),
  ]);
  if (count === 0 && former.count === 0) {
    return (
      <EmptyState
        level={1}
        title="No orders yet"
        action={<LinkButton href={"/search" as Route}>See all pieces</LinkButton>}
      >
        <p>Every order you place while signed in stands here, with where it is and what it cost.</p>
      </EmptyState>
    );
  }
  return (
    <>
      <h1 className="text-xl">Orders</h1>
      <p className="num mt-2 mb-8 text-quiet">{count === 1 ? "1 order" : `${count} orders`}</p>
      {count > 0 && <OrderList orders={orders} timeZone={timeZone} />}
      <div className="mt-10">
        <Pagination page={page} pages={pages} hrefFor={(n) => `/account/orders?page=${n}` as Route} />
      </div>
      {page === 1 && former.count > 0 && <FormerOrderList {...former} timeZone={timeZone} />}
    </>
  );
}
