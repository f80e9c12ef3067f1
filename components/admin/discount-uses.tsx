import { ActionForm } from "@/components/ui/action-form";
import { SubmitButton } from "@/components/ui/pending";
import { type Column, Table } from "@/components/ui/table";
import { deleteDiscount, endDiscount } from "@/lib/actions/admin/discounts";
import { momentText } from "@/lib/domain/moments";
import { formatMoney } from "@/lib/domain/money";
import type { DiscountForm, DiscountUse } from "@/lib/queries/admin/discounts";
import { RowLink } from "./cells";
import { Panel } from "./page-head";

/** The orders that used a discount last. */
export function DiscountUses({
  uses,
  currency,
  timeZone,
}: {
  uses: readonly DiscountUse[];
  currency: string;
  timeZone: string;
}) {
  const columns: Column<DiscountUse>[] = [
    {
      key: "order",
      head: "Order",
      phone: "title",
      cell: ({ orderNumber }) => (
        <RowLink href={`/admin/orders/${orderNumber}`} className="num">
          {orderNumber}
        </RowLink>
      ),
    },
    {
      key: "who",
      head: "Customer",
      phone: "meta",
      cell: ({ email, isGivenBack }) => (
        <span className="wrap-anywhere">
          {email}
          {isGivenBack && <span className="text-quiet">, given back</span>}
        </span>
      ),
    },
    {
      key: "amount",
      head: "Took off",
      phone: "end",
      number: true,
      cell: ({ amount }) => formatMoney(amount, currency),
    },
    {
      key: "when",
      head: "When",
      phone: "metaEnd",
      cell: ({ at }) => (
        <time dateTime={at.toISOString()} className="num whitespace-nowrap text-quiet">
          {momentText(at, timeZone)}
        </time>
      ),
    },
  ];
  return (
    <Table
      caption="Orders that used it"
      columns={columns}
      rows={uses}
      rowKey={(row) => row.orderNumber + row.at.toISOString()}
      empty={<p className="text-quiet">No order has used it yet.</p>}
    />
  );
}

/** Ends a discount, or deletes one that was never used. */
export function DiscountEnd({ discount }: { discount: DiscountForm }) {
  const wasUsed = discount.orders > 0;
  if (wasUsed && !discount.isActive) return null;
  return (
    <Panel title={wasUsed ? "End it" : "End or delete it"} id="end">
      <p className="mb-3 text-s text-quiet">
        {wasUsed
          ? "Orders name it, so it stays in the list. Carts that hold it are told."
          : "No order ever used it, so it can go without a trace in the books."}
      </p>
      <div className="flex flex-wrap gap-3">
        {discount.isActive && (
          <ActionForm action={endDiscount} label="End the discount">
            <input type="hidden" name="id" value={discount.id} />
            <input type="hidden" name="version" value={discount.version} />
            <SubmitButton look="line" small>
              End it now
            </SubmitButton>
          </ActionForm>
        )}
        {!wasUsed && (
          <ActionForm action={deleteDiscount} label="Delete the discount">
            <input type="hidden" name="id" value={discount.id} />
            <input type="hidden" name="version" value={discount.version} />
            <SubmitButton look="quiet" small>
              Delete
            </SubmitButton>
          </ActionForm>
        )}
      </div>
    </Panel>
  );
}
