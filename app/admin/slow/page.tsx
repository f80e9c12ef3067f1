import type { Metadata, Route } from "next";
import { PageHead } from "@/components/admin/page-head";
import { SlowTable } from "@/components/admin/slow-table";
import { NotHere } from "@/components/layout/not-here";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { type Query, textOf } from "@/lib/domain/back-office";
import { listSlow, type SlowOrder } from "@/lib/queries/admin/slow";
import { enter, NoEntry } from "../staff";

export const instant = false;
export const metadata: Metadata = { title: "Slow statements" };

const PATH = "/admin/slow";

const orders: readonly { by: SlowOrder; label: string }[] = [
  { by: "total", label: "time in all" },
  { by: "mean", label: "time of each" },
  { by: "calls", label: "calls" },
];

export default async function AdminSlow({ searchParams }: { searchParams: Promise<Query> }) {
  const [staff, query] = await Promise.all([enter(), searchParams]);
  if (!staff) return <NoEntry from={PATH} />;
  if (staff.kind !== "admin") return <NotHere title="No line crosses here." />;
  const by = orders.find((one) => one.by === textOf(query, "by"))?.by ?? "total";
  const { rows, hint } = await listSlow(staff, by);
  return (
    <>
      <PageHead
        title="Slow statements"
        steps={[{ label: "Jobs", href: "/admin/jobs" }]}
        line="What the database spends its time on, counted since its last start or reset. Values are never shown."
      />
      {hint ? (
        <Notice>{hint}</Notice>
      ) : (
        <>
          <nav aria-label="Sorted by" className="mb-4 flex flex-wrap gap-x-5 gap-y-1 text-s">
            {orders.map(({ by: each, label }) => (
              <Link
                key={each}
                href={`${PATH}?by=${each}` as Route}
                aria-current={each === by ? "true" : undefined}
                className="link inline-flex min-h-6 items-center aria-[current]:font-semibold aria-[current]:no-underline"
              >
                {label}
              </Link>
            ))}
          </nav>
          <SlowTable rows={rows} />
        </>
      )}
    </>
  );
}
