import type { Route } from "next";
import { ActionForm } from "@/components/ui/action-form";
import { Link } from "@/components/ui/link";
import { SubmitButton } from "@/components/ui/pending";
import { backdropOf, Picture } from "@/components/ui/picture";
import { dropAlert, stopAlerts } from "@/lib/actions/alerts";
import type { AlertLink } from "@/lib/alert-link";
import { mediaPath, productPath } from "@/lib/domain/catalog";
import { formatMoney } from "@/lib/domain/money";
import type { AlertView } from "@/lib/queries/alerts";

/** What somebody waits to hear, each with its end. `link` is the signed link of a mail, for those without an account. */
export function AlertList({ alerts, link }: { alerts: readonly AlertView[]; link?: AlertLink }) {
  return (
    <ul className="border-b">
      {alerts.map((alert) => {
        const named = alert.variantTitle ? `${alert.name}, ${alert.variantTitle}` : alert.name;
        return (
          <li
            key={alert.id}
            className="grid grid-cols-[4.5rem_minmax(0,1fr)] gap-x-4 gap-y-2 border-t py-4 sm:grid-cols-[4.5rem_minmax(0,1fr)_auto] sm:items-center"
          >
            <Picture
              src={alert.imageKey && mediaPath(alert.imageKey)}
              alt=""
              sizes="72px"
              backdrop={backdropOf(alert.imageBackdrop)}
              className="max-sm:row-span-2"
            />
            <div className="min-w-0">
              <p className="font-semibold wrap-anywhere">
                {alert.isForSale ? (
                  <Link
                    href={productPath(alert.slug, alert.variantTitle ? alert.sku : undefined) as Route}
                    className="hover:underline"
                  >
                    {named}
                  </Link>
                ) : (
                  named
                )}
              </p>
              <p className="text-s text-quiet">{waitingFor(alert)}</p>
            </div>
            <ActionForm
              action={link ? stopAlerts : dropAlert}
              className="max-sm:col-start-2"
              label={`Stop waiting for ${named}`}
            >
              {link ? (
                <>
                  <LinkFields link={link} />
                  <input type="hidden" name="oneId" value={alert.id} />
                </>
              ) : (
                <>
                  <input type="hidden" name="variantId" value={alert.variantId} />
                  <input type="hidden" name="kind" value={alert.kind} />
                </>
              )}
              <SubmitButton look="line" small>
                Stop<span className="sr-only"> waiting for {named}</span>
              </SubmitButton>
            </ActionForm>
          </li>
        );
      })}
    </ul>
  );
}

/** Ends all that the address of a mail waits for. */
export function StopAll({ link }: { link: AlertLink }) {
  return (
    <ActionForm action={stopAlerts} label="Stop all of them">
      <LinkFields link={link} />
      <SubmitButton>Stop all of them</SubmitButton>
    </ActionForm>
  );
}

function LinkFields({ link }: { link: AlertLink }) {
  return (
    <>
      <input type="hidden" name="alertId" value={link.alertId} />
      <input type="hidden" name="key" value={link.key} />
    </>
  );
}

function waitingFor({ kind, asked, price, currency, isForSale }: AlertView): string {
  if (!isForSale) return "No longer for sale; we write if it ever comes back";
  if (kind === "back_in_stock") return "One mail when it is back in stock";
  return `One mail when it costs less than ${formatMoney(asked ?? price, currency)}`;
}
