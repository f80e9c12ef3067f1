import { randomUUID } from "node:crypto";
import type { Metadata, Route } from "next";
import { ManualForm } from "@/components/admin/manual-form";
import { PageHead, Panel } from "@/components/admin/page-head";
import { NotHere } from "@/components/layout/not-here";
import { Link } from "@/components/ui/link";
import { isId, type Query, textOf } from "@/lib/domain/back-office";
import { formatMoney } from "@/lib/domain/money";
import { ORDERS_PATH } from "@/lib/domain/order-list";
import { findBuyer, listDeliveries, readGoods, searchGoods } from "@/lib/queries/admin/manual-order";
import { listOrderChoices } from "@/lib/queries/admin/orders";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../../staff";

export const instant = false;
export const metadata: Metadata = { title: "New order" };

const PATH = `${ORDERS_PATH}/new`;

/** Goods and customer are chosen in the address, so that it all works without scripts; the rest is one form. */
export default async function NewOrder({ searchParams }: { searchParams: Promise<Query> }) {
  const [staff, query, { currency, bankDetails }] = await Promise.all([enter(), searchParams, getStore()]);
  if (!staff) return <NoEntry from={PATH} />;
  if (staff.kind !== "admin") return <NotHere title="No line crosses here." />;
  const [search, email] = [textOf(query, "q"), textOf(query, "email")];
  const picked = [...new Set([query.pick ?? []].flat().filter(isId))].slice(0, 100);
  const [found, goods, buyer, deliveries, { countries }] = await Promise.all([
    searchGoods(staff, search),
    readGoods(staff, picked),
    email ? findBuyer(staff, email) : null,
    listDeliveries(staff),
    listOrderChoices(staff),
  ]);
  const hrefOf = (picks: readonly string[]) => {
    const parts = new URLSearchParams(picks.map((id) => ["pick", id]));
    if (search) parts.set("q", search);
    if (email) parts.set("email", email);
    return `${PATH}?${parts}` as Route;
  };
  const removeHrefs = Object.fromEntries(
    picked.map((id) => [id, hrefOf(picked.filter((other) => other !== id))]),
  );
  return (
    <>
      <PageHead
        title="New order"
        steps={[{ label: "Orders", href: ORDERS_PATH }]}
        line="Prices, stock, delivery and discounts are those of the shop."
      />
      <div className="grid grid-cols-1 gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid grid-cols-1 content-start gap-8 lg:col-start-2 lg:row-start-1">
          <Panel title="Find goods" id="goods">
            <search>
              <form action={PATH} className="flex gap-2">
                {picked.map((id) => (
                  <input key={id} type="hidden" name="pick" value={id} />
                ))}
                {email && <input type="hidden" name="email" value={email} />}
                <label htmlFor="goods-search" className="sr-only">
                  Name or SKU
                </label>
                <input
                  key={search}
                  id="goods-search"
                  type="search"
                  name="q"
                  defaultValue={search}
                  placeholder="Name or SKU"
                  autoComplete="off"
                  className="control min-w-0"
                />
                <button type="submit" className="button button-line button-small">
                  Find
                </button>
              </form>
            </search>
            {search && (
              <ul className="mt-3">
                {found.map((one) => (
                  <li key={one.variantId} className="flex items-baseline justify-between gap-4 border-t py-2">
                    <span className="min-w-0 wrap-anywhere">
                      {one.name} {one.title && <span className="text-quiet">{one.title}</span>}
                      <span className="num block text-s text-quiet">
                        {one.sku} · {formatMoney(one.price, currency)} · {one.available} available
                      </span>
                    </span>
                    {picked.includes(one.variantId) ? (
                      <span className="text-s text-quiet">Chosen</span>
                    ) : one.isSoldOut ? (
                      <span className="text-s whitespace-nowrap text-quiet">Sold out</span>
                    ) : (
                      <Link
                        href={hrefOf([...picked, one.variantId])}
                        how="stay"
                        className="link inline-flex min-h-6 items-center"
                      >
                        Add
                        <span className="sr-only">
                          {" "}
                          {one.name} {one.title}
                        </span>
                      </Link>
                    )}
                  </li>
                ))}
                {found.length === 0 && <li className="py-2 text-quiet">Nothing for sale is called so.</li>}
              </ul>
            )}
          </Panel>
          <Panel title="Known customer" id="customer">
            <form action={PATH} className="flex flex-wrap gap-2">
              {picked.map((id) => (
                <input key={id} type="hidden" name="pick" value={id} />
              ))}
              {search && <input type="hidden" name="q" value={search} />}
              <label htmlFor="customer-email" className="sr-only">
                E-mail to look up
              </label>
              <input
                key={email}
                id="customer-email"
                type="email"
                name="email"
                defaultValue={email}
                placeholder="E-mail"
                autoComplete="off"
                className="control min-w-0 flex-1"
              />
              <button type="submit" className="button button-line button-small">
                Look up
              </button>
            </form>
            {buyer && (
              <p className="num mt-2 text-s text-quiet">
                {buyer.account ? `Account ${buyer.account}` : "No account"},{" "}
                {buyer.orders === 1 ? "one order" : `${buyer.orders} orders`} so far.
                {buyer.address && " The address of the last one is filled in."}
              </p>
            )}
          </Panel>
        </div>
        <div className="lg:col-start-1 lg:row-start-1">
          <ManualForm
            key={email}
            goods={goods}
            removeHrefs={removeHrefs}
            currency={currency}
            email={email}
            address={buyer?.address ?? null}
            countries={countries}
            deliveries={deliveries}
            requestKey={randomUUID()}
            takesTransfers={Boolean(bankDetails)}
          />
        </div>
      </div>
    </>
  );
}
