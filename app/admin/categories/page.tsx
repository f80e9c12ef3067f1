import type { Metadata } from "next";
import { CategoryTree, EmptyCategory, NewCategory } from "@/components/admin/category-tree";
import { PageHead, Panel } from "@/components/admin/page-head";
import { NotHere } from "@/components/layout/not-here";
import { type Query, textOf } from "@/lib/domain/back-office";
import { listCategories } from "@/lib/queries/admin/categories";
import { enter, NoEntry } from "../staff";
import { formKey, UNDONE, undoOn } from "../undo";

export const instant = false;
export const metadata: Metadata = { title: "Categories" };

const told: Record<string, string> = {
  made: "The category is made.",
  saved: "Saved. Old addresses lead to the new ones.",
  moved: "Moved. The shop shows it already.",
  removed: "The category is gone.",
  undone: UNDONE,
};

export default async function AdminCategories({ searchParams }: { searchParams: Promise<Query> }) {
  const [staff, query] = await Promise.all([enter(), searchParams]);
  if (!staff) return <NoEntry from="/admin/categories" />;
  if (staff.kind !== "admin") return <NotHere title="No line crosses here." />;
  const [rows, undo] = await Promise.all([
    listCategories(staff),
    undoOn(staff, query, { back: "/admin/categories", subjects: ["categories"] }),
  ]);
  const emptied = rows.find(({ id, products }) => id === textOf(query, "empty") && products > 0);
  return (
    <>
      <PageHead
        title="Categories"
        line="Drag a category to another place, or move it with its buttons: In puts it below the one before it, Out beside the one it stands below."
        done={doneText(query)}
        undo={undo}
      />
      <div
        key={formKey(query)}
        className="grid grid-cols-1 gap-10 lg:grid-cols-[minmax(0,1fr)_20rem] lg:gap-12"
      >
        <CategoryTree rows={rows} />
        <div className="grid grid-cols-1 content-start gap-8">
          {emptied && (
            <Panel
              title={`Move ${emptied.products === 1 ? "the one product" : `the ${emptied.products} products`} of ${emptied.name}`}
              id="empty"
            >
              <EmptyCategory row={emptied} rows={rows} />
            </Panel>
          )}
          <Panel title="New category" id="new">
            <NewCategory rows={rows} />
          </Panel>
        </div>
      </div>
    </>
  );
}

function doneText(query: Query): string | undefined {
  const done = textOf(query, "done");
  const moved = Number(textOf(query, "moved")) || 0;
  const goods = moved === 1 ? "One product has" : `${moved} products have`;
  if (done === "emptied") return `${goods} moved.`;
  if (done === "dissolved")
    return `${goods} moved and the category is gone. Its address leads to the other one.`;
  return told[done];
}
