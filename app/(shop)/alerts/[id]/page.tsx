import type { Metadata } from "next";
import { AlertList, StopAll } from "@/components/catalog/alert-list";
import { NotHere } from "@/components/layout/not-here";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { listLinkedAlerts } from "@/lib/queries/alerts";

export const instant = false;
export const metadata: Metadata = { title: "Your alerts", robots: { index: false }, referrer: "same-origin" };

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** Where the link of a mail leads: what its address waits for, without an account. */
export default async function LinkedAlertsPage({ params, searchParams }: Props) {
  const [{ id: alertId }, { key }] = await Promise.all([params, searchParams]);
  const link = { alertId, key: typeof key === "string" ? key : "" };
  const alerts = await listLinkedAlerts(link);
  if (!alerts)
    return (
      <NotHere title="This link does not work.">
        <p>It may have been cut on its way. Open it from the mail once more.</p>
      </NotHere>
    );
  return (
    <div className="page py-8 lg:py-12">
      {alerts.length === 0 ? (
        <EmptyState
          level={1}
          title="Nothing waits"
          action={<LinkButton href="/">To the front page</LinkButton>}
        >
          <p>We write to this address about no piece any more, unless you ask again.</p>
        </EmptyState>
      ) : (
        <div className="grid max-w-form gap-8">
          <div className="grid gap-2">
            <h1 className="text-xl">What you wait to hear</h1>
            <p className="text-quiet">We write once for each of these, and for nothing else.</p>
          </div>
          <AlertList alerts={alerts} link={link} />
          <StopAll link={link} />
        </div>
      )}
    </div>
  );
}
