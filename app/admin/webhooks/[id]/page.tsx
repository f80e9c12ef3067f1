import type { Metadata, Route } from "next";
import { NothingHere } from "@/components/admin/nothing-here";
import { PageHead, Panel } from "@/components/admin/page-head";
import { WebhookState } from "@/components/admin/webhook-table";
import { NotHere } from "@/components/layout/not-here";
import { ActionForm } from "@/components/ui/action-form";
import { Link } from "@/components/ui/link";
import { SubmitButton } from "@/components/ui/pending";
import { replayWebhook } from "@/lib/actions/admin/engine-room";
import { isId, type Query, textOf } from "@/lib/domain/back-office";
import { momentText } from "@/lib/domain/moments";
import { getWebhook } from "@/lib/queries/admin/webhooks";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../../staff";

export const instant = false;
export const metadata: Metadata = { title: "Webhook" };

type Props = { params: Promise<{ id: string }>; searchParams: Promise<Query> };

export default async function AdminWebhook({ params, searchParams }: Props) {
  const [{ id }, query, { timeZone }] = await Promise.all([params, searchParams, getStore()]);
  const staff = await enter();
  if (!staff) return <NoEntry from={`/admin/webhooks/${id}`} />;
  if (staff.kind !== "admin") return <NotHere title="No line crosses here." />;
  const event = isId(id) ? await getWebhook(staff, id) : null;
  if (!event) return <NothingHere back="/admin/webhooks" backLabel="To the webhooks" />;
  const isAsked = textOf(query, "done") === "replayed";
  return (
    <>
      <PageHead
        title={event.type}
        steps={[{ label: "Webhooks", href: "/admin/webhooks" }]}
        line={
          <span className="num wrap-anywhere">
            {event.eventId}, came {momentText(event.at, timeZone)}
            {event.processedAt && `, took effect ${momentText(event.processedAt, timeZone)}`}
          </span>
        }
        done={
          isAsked ? "It is taken in again within a second: look again to see what became of it." : undefined
        }
      >
        <WebhookState state={event.state} />
      </PageHead>
      <div className="grid grid-cols-1 gap-8">
        {event.state === "failed" && (
          <Panel title="It failed" id="failed">
            <p className="mb-4 max-w-read wrap-anywhere">{event.error}</p>
            <div className="flex flex-wrap items-center gap-4">
              <ActionForm action={replayWebhook} label="Take it in again">
                <input type="hidden" name="eventId" value={event.id} />
                <SubmitButton small>Take it in again</SubmitButton>
              </ActionForm>
              <Link
                href={`/admin/webhooks/${event.id}` as Route}
                className="link inline-flex min-h-6 items-center text-s"
              >
                Look again
              </Link>
            </div>
            <p className="mt-3 text-s text-quiet">
              The payment service sends it again by itself, too. Whichever comes first takes effect; the other
              does not.
            </p>
          </Panel>
        )}
        {event.state !== "failed" && (
          <Panel title="What it did" id="outcome">
            <p>
              {event.outcome?.replaceAll("_", " ")}
              {event.orderNumber && (
                <>
                  , of order{" "}
                  <Link href={`/admin/orders/${event.orderNumber}` as Route} className="link num">
                    {event.orderNumber}
                  </Link>
                </>
              )}
            </p>
            {event.error && (
              <p className="mt-1 text-s wrap-anywhere text-quiet">It had failed before: {event.error}</p>
            )}
          </Panel>
        )}
        <Panel title="As it came, without secrets and personal data" id="payload">
          <pre className="num bg-raised p-4 text-s whitespace-pre-wrap wrap-anywhere">
            {JSON.stringify(event.payload, null, 2)}
          </pre>
        </Panel>
      </div>
    </>
  );
}
