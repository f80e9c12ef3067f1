import type { Metadata } from "next";
import { CategoryTree, NewCategory } from "@/components/admin/category-tree";
import { PageHead, Panel } from "@/components/admin/page-head";
import { NotHere } from "@/components/layout/not-here";
import { type Query, textOf } from "@/lib/domain/back-office";
import { listCategories } from "@/lib/queries/admin/categories";
import { enter, NoEntry } from "../staff";

export const instant = false;
export const metadata: Metadata = { title: "Categories" };

const told: Record<string, string> = {
  made: "The category is made.",
  saved: "Saved. Old addresses lead to the new ones.",
  moved: "Moved. The shop shows it already.",
  removed: "The category is gone.",
};

export default async function AdminCategories({ searchParams }: { searchParams: Promise<Query> }) {
  const [staff, query] = await Promise.all([enter(), searchParams]);
  if (!staff) return <NoEntry from="/admin/categories" />;
  if (staff.kind !== "admin") return <NotHere title="No line crosses here." />;
  const rows = await listCategories(staff);
  return (
    <>
      <PageHead
        title="Categories"
        line="Drag a category to another place, or move it with its buttons: In puts it below the one before it, Out beside the one it stands below."
        done={told[textOf(query, "done")]}
      />
      <div className="grid gap-10 lg:grid-cols-[minmax(0,1fr)_20rem] lg:gap-12">
        <CategoryTree rows={rows} />
        <Panel title="New category" id="new">
          <NewCategory rows={rows} />
        </Panel>
      </div>
    </>
  );
}
