import type { Route } from "next";
import { ActionForm } from "@/components/ui/action-form";
import { cx } from "@/components/ui/cx";
import { Link } from "@/components/ui/link";
import { SubmitButton } from "@/components/ui/pending";
import { backdropOf, Picture } from "@/components/ui/picture";
import { removeLine, saveLineForLater } from "@/lib/actions/cart";
import { formatMoney } from "@/lib/domain/money";
import type { QuoteLine } from "@/lib/domain/quote";
import { LineNote } from "./line-note";
import { LineQuantity } from "./line-quantity";

/** One line of the cart, whatever became of it. */
export function CartLine({
  line,
  currency,
  maxQuantity,
}: {
  line: QuoteLine;
  currency: string;
  maxQuantity: number;
}) {
  const isBought = line.state === "ok" || line.state === "short";
  const name = line.variantTitle ? `${line.productName}, ${line.variantTitle}` : line.productName;
  const room = Math.min(maxQuantity, line.room);
  return (
    <li className="grid grid-cols-[5.5rem_minmax(0,1fr)] gap-x-4 gap-y-3 border-t py-5 sm:grid-cols-[8rem_minmax(0,1fr)] sm:gap-x-6">
      <Picture
        src={line.imageKey && `/media/${line.imageKey}`}
        alt=""
        sizes="8rem"
        backdrop={backdropOf(line.imageBackdrop)}
        className={cx("self-start", !isBought && "opacity-50")}
      />
      <div className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-3">
        <div className="flex flex-wrap justify-between gap-x-6 gap-y-1">
          <div className="min-w-0">
            <h2 className="wrap-anywhere font-text text-m font-semibold tracking-normal">
              <Link
                href={`/p/${line.productSlug}/${encodeURIComponent(line.sku)}` as Route}
                className="hover:underline"
              >
                {line.productName}
              </Link>
            </h2>
            {line.variantTitle && <p className="text-s text-quiet">{line.variantTitle}</p>}
          </div>
          {isBought && (
            <p className="num sm:text-right">
              {formatMoney(line.subtotal, currency)}
              {line.quantity > 1 && (
                <span className="block text-s text-quiet">{formatMoney(line.price, currency)} each</span>
              )}
            </p>
          )}
        </div>
        <LineNote line={line} currency={currency} />
        <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
          {isBought && (
            <div className="max-sm:basis-full">
              <LineQuantity itemId={line.itemId} name={name} quantity={line.quantity} max={room} />
            </div>
          )}
          <LineButton action={removeLine} itemId={line.itemId} about={name}>
            Remove
          </LineButton>
          <LineButton action={saveLineForLater} itemId={line.itemId} about={name}>
            Save for later
          </LineButton>
        </div>
      </div>
    </li>
  );
}

function LineButton({
  action,
  itemId,
  about,
  children,
}: {
  action: typeof removeLine;
  itemId: string;
  about: string;
  children: string;
}) {
  return (
    <ActionForm action={action}>
      <input type="hidden" name="itemId" value={itemId} />
      <SubmitButton look="quiet" small className="link px-0 font-normal hover:bg-transparent!">
        {children}
        <span className="sr-only"> {about}</span>
      </SubmitButton>
    </ActionForm>
  );
}
