import type { Metadata, Route } from "next";
import { PrivacyForms } from "@/components/admin/customer-forms";
import { FormerAddressText, FormerLines, FormerSums } from "@/components/admin/former-order-parts";
import { NothingHere } from "@/components/admin/nothing-here";
import { PageHead, Panel } from "@/components/admin/page-head";
import { NotHere } from "@/components/layout/not-here";
import { Link } from "@/components/ui/link";
import { listHref, type Query, textOf } from "@/lib/domain/back-office";
import { formerStateText } from "@/lib/domain/former-orders";
import { momentText } from "@/lib/domain/moments";
import { type FormerOrderPage, getFormerOrder } from "@/lib/queries/admin/former-orders";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../../../staff";

export const instant = false;
export const metadata: Metadata = { title: "Order of the former shop" };

const PATH = "/admin/orders/former";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Query> };

export default async function AdminFormerOrder({ params, searchParams }: Props) {
  const [{ id }, query, { timeZone }] = await Promise.all([params, searchParams, getStore()]);
  const staff = await enter();
  if (!staff) return <NoEntry from={`${PATH}/${id}`} />;
  if (staff.kind !== "admin") return <NotHere title="No line crosses here." />;
  const order = await getFormerOrder(staff, id);
  if (!order) return <NothingHere back={PATH} backLabel="From the former shop" />;
  return (
    <>
      <PageHead
        title={order.number}
        steps={[
          { label: "Orders", href: "/admin/orders" },
          { label: "From the former shop", href: PATH },
        ]}
        line={`${formerStateText(order)} · placed ${momentText(order.placedAt, timeZone)}`}
        done={textOf(query, "done") === "erased" ? "The customer is erased." : undefined}
      />
      <p className="mb-8 max-w-read text-quiet">
        From the former shop, to read. It never was in this shop&apos;s books, stock, payouts or figures, and
        nothing can be sent, given back or invoiced from here.
        {order.importId && (
          <>
            {" "}
            <Link href={`/admin/import/${order.importId}` as Route} className="link">
              The import that brought it
            </Link>
          </>
        )}
      </p>
      <div className="grid grid-cols-1 gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid grid-cols-1 content-start gap-8">
          <Panel title="Goods" id="goods">
            <FormerLines order={order} />
          </Panel>
          {(order.note || order.tags.length > 0) && (
            <Panel title="Note" id="note">
              {order.note && <p className="max-w-read whitespace-pre-line wrap-anywhere">{order.note}</p>}
              {order.tags.length > 0 && (
                <p className="mt-2 text-s text-quiet wrap-anywhere">Tags: {order.tags.join(", ")}</p>
              )}
            </Panel>
          )}
        </div>
        <div className="grid grid-cols-1 content-start gap-8">
          <Panel title="Sums" id="sums">
            <FormerSums order={order} />
            {order.cancelledAt && (
              <p className="mt-2 text-s text-quiet">Cancelled {momentText(order.cancelledAt, timeZone)}.</p>
            )}
          </Panel>
          <Panel title="Sent to" id="sent-to">
            <FormerAddressText order={order} />
            {order.shippingMethod && (
              <p className="mt-2 text-s text-quiet wrap-anywhere">{order.shippingMethod}</p>
            )}
          </Panel>
          {order.email && <CustomerPanels order={order} wrong={textOf(query, "wrong") === "export"} />}
        </div>
      </div>
    </>
  );
}

/** Who it was: a customer of this shop has a page, with their data; of all others it is asked for here. */
function CustomerPanels({ order, wrong }: { order: FormerOrderPage; wrong: boolean }) {
  const { id, email, customerKey, sameAddress } = order;
  return (
    <>
      <Panel title="Customer" id="customer">
        <ul className="grid gap-1">
          {customerKey && (
            <li>
              <Link
                href={`/admin/customers/${customerKey}` as Route}
                className="link inline-flex min-h-6 items-center"
              >
                Their page in this shop
              </Link>
            </li>
          )}
          <li>
            <Link
              href={listHref(PATH, { q: email ?? "" }) as Route}
              className="link inline-flex min-h-6 items-center"
            >
              {sameAddress === 1 ? "This order alone" : `All ${sameAddress} orders`} of the former shop
            </Link>
          </li>
        </ul>
      </Panel>
      {!customerKey && (
        <Panel title="Their data" id="privacy">
          <PrivacyForms id={id} email={email ?? ""} isFormer wrong={wrong} />
        </Panel>
      )}
    </>
  );
}
