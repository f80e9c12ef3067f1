import type { Route } from "next";
import { ActionForm } from "@/components/ui/action-form";
import { Link } from "@/components/ui/link";
import { SubmitButton } from "@/components/ui/pending";
import { RequestKey } from "@/components/ui/request-key";
import { sendMailAgain } from "@/lib/actions/admin/orders";
import { momentText } from "@/lib/domain/moments";
import type { OrderAround } from "@/lib/queries/admin/order-around";
import { RowLink } from "./cells";
import { MailState } from "./mail-table";
import { Panel } from "./page-head";
import { OrderFields, type OrderRef } from "./ship-form";

const names = { invoice: "Invoice", credit_note: "Credit note" } as const;

/** What is printed: packing slip, invoice, credit notes. */
export function PapersPanel({ order, around }: { order: OrderRef; around: OrderAround | null }) {
  const slips = `ids=${order.id}`;
  const invoices = `/admin/orders/${order.number}/invoice`;
  return (
    <Panel title="Papers" id="papers" onScreen>
      <ul className="grid gap-1">
        <Paper
          name="Packing slip"
          page={`/admin/orders/slips?${slips}`}
          file={`/admin/orders/slips.pdf?${slips}`}
        />
        {around?.invoices.map(({ number, kind }) => (
          <Paper
            key={number}
            name={`${names[kind]} ${number}`}
            page={`${invoices}?number=${number}`}
            file={`${invoices}.pdf?number=${number}`}
          />
        ))}
      </ul>
    </Panel>
  );
}

function Paper({ name, page, file }: { name: string; page: string; file: string }) {
  return (
    <li className="num flex flex-wrap gap-x-5">
      <Link href={page as Route} className="link inline-flex min-h-6 items-center">
        {name}
      </Link>
      <a href={file} className="link inline-flex min-h-6 items-center text-quiet">
        PDF<span className="sr-only"> of {name}</span>
      </a>
    </li>
  );
}

/** What was written about the order, and to whom; each may be sent once more. For admins. */
export function MailPanel({
  order,
  around,
  timeZone,
}: {
  order: OrderRef;
  around: OrderAround | null;
  timeZone: string;
}) {
  if (!around || around.mails.length === 0) return null;
  return (
    <Panel title="Mail" id="mail" onScreen>
      <ul>
        {around.mails.map((mail, i) => (
          <li
            key={mail.id}
            className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-t py-2.5 first:border-t-0"
          >
            <div className="min-w-0">
              <RowLink href={`/admin/mail/${mail.id}`} className="wrap-anywhere">
                {mail.subject}
              </RowLink>
              <p className="num text-s wrap-anywhere text-quiet">
                <MailState status={mail.status} /> · {mail.toEmail} · {momentText(mail.at, timeZone)}
              </p>
            </div>
            {mail.status !== "queued" && (
              <ActionForm action={sendMailAgain} label={`Send mail ${i + 1} again: ${mail.subject}`}>
                <OrderFields order={order} />
                <RequestKey />
                <input type="hidden" name="mailId" value={mail.id} />
                <SubmitButton look="line" small>
                  Send again
                </SubmitButton>
              </ActionForm>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
