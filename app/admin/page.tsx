import type { Metadata } from "next";
import { FigureStrip } from "@/components/admin/figure-strip";
import { OrderTable } from "@/components/admin/order-table";
import { PageHead, Panel } from "@/components/admin/page-head";
import { SalesChart } from "@/components/admin/sales-chart";
import { ToDo } from "@/components/admin/to-do";
import { changeOf, headline } from "@/lib/domain/back-office";
import { hourIn } from "@/lib/domain/moments";
import { formatMoney } from "@/lib/domain/money";
import { getDesk, getFigures, type Period } from "@/lib/queries/admin/home";
import { countTroubles } from "@/lib/queries/admin/jobs";
import { listOrders } from "@/lib/queries/admin/orders";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "./staff";

export const instant = false;
export const metadata: Metadata = { title: "Home" };

export default async function AdminHome() {
  const staff = await enter();
  if (!staff) return <NoEntry from="/admin" />;
  const [desk, figures, waiting, store, troubles] = await Promise.all([
    getDesk(staff),
    getFigures(staff),
    listOrders(staff, { search: "", view: "to-ship", sort: "placed", dir: "asc", page: 1, pageSize: 6 }),
    getStore(),
    staff.kind === "admin" ? countTroubles(staff) : null,
  ]);
  const { now, before } = figures;
  const average = ({ sales, orders }: Period) => (orders > 0 ? Math.round(sales / orders) : 0);
  const money = (amount: number) => formatMoney(amount, store.currency, { locale: store.locale });
  const count = new Intl.NumberFormat(store.locale);
  const figure = (label: string, value: string, of: (period: Period) => number) => {
    const change = changeOf(of(now), of(before));
    return { label, value, note: change?.text ?? "Nothing before", fell: change?.fell ?? false };
  };
  return (
    <>
      <PageHead title={headline(hourIn(figures.at, store.timeZone), desk.toShip)}>
        <p className="text-s text-quiet">Last 30 days</p>
      </PageHead>
      <FigureStrip
        figures={[
          figure("Sales", money(now.sales), ({ sales }) => sales),
          figure("Paid orders", count.format(now.orders), ({ orders }) => orders),
          figure("Average order", money(average(now)), average),
          figure("Pieces sold", count.format(now.units), ({ units }) => units),
        ]}
      />
      <p className="mt-2 text-s text-quiet">
        {desk.shop ? "Your goods" : "All goods"}, without tax and shipping, after discounts and refunds.
      </p>
      <SalesChart days={figures.days} currency={store.currency} />
      <div className="mt-10 grid gap-8">
        <section aria-labelledby="to-do">
          <h2 id="to-do" className="mb-3 font-text text-m font-semibold tracking-normal">
            To do
          </h2>
          <ToDo
            items={[
              { count: desk.toShip, label: "to ship", href: "/admin/orders?view=to-ship" },
              { count: desk.returns, label: "returns to see to", href: "/admin/returns" },
              { count: desk.lowStock, label: "running low or sold out", href: "/admin/stock?view=low" },
              { count: desk.reviews, label: "reviews to read", href: "/admin/reviews?view=pending" },
              { count: desk.unpaid, label: "waiting for payment", href: "/admin/orders?view=unpaid" },
              ...(troubles
                ? [
                    {
                      count: troubles.webhooks,
                      label: "failed webhooks",
                      href: "/admin/webhooks?view=failed",
                    },
                    { count: troubles.mail, label: "mails that failed", href: "/admin/mail?view=failed" },
                    { count: troubles.jobs, label: "jobs given up", href: "/admin/jobs?view=failed" },
                  ]
                : []),
            ]}
          />
        </section>
        {waiting.rows.length > 0 && (
          <Panel title="Longest waiting" id="waiting">
            <OrderTable
              rows={waiting.rows}
              now={figures.at}
              timeZone={store.timeZone}
              totalHead={desk.shop ? "Your goods" : "Total"}
              list="view=to-ship&dir=asc"
            />
          </Panel>
        )}
      </div>
    </>
  );
}
