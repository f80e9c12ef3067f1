import type { Metadata, Route } from "next";
import { AlertList } from "@/components/catalog/alert-list";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { listAlerts } from "@/lib/queries/alerts";
import { requireUser } from "@/lib/session";

export const instant = false;
export const metadata: Metadata = { title: "Alerts", robots: { index: false } };

export default async function AlertsPage() {
  const alerts = await listAlerts(await requireUser("/account/alerts"));
  if (alerts.length === 0)
    return (
      <EmptyState
        level={1}
        title="Nothing waits"
        action={<LinkButton href={"/search" as Route}>See all pieces</LinkButton>}
      >
        <p>On the page of a piece you can ask to hear when it is back, or when it costs less.</p>
      </EmptyState>
    );
  return (
    <>
      <h1 className="text-xl">Alerts</h1>
      <p className="mt-2 mb-8 max-w-read text-quiet">
        What you asked to hear. We write once for each, then it leaves this list.
      </p>
      <AlertList alerts={alerts} />
    </>
  );
}
