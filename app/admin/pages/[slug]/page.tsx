import type { Metadata, Route } from "next";
import { ContentForm, ResetContentForm } from "@/components/admin/content-form";
import { FigureList } from "@/components/admin/figure-list";
import { NothingHere } from "@/components/admin/nothing-here";
import { PageHead, Panel } from "@/components/admin/page-head";
import { NotHere } from "@/components/layout/not-here";
import { Link } from "@/components/ui/link";
import { type Query, textOf } from "@/lib/domain/back-office";
import { getEditablePage } from "@/lib/queries/admin/content";
import { getFigures } from "@/lib/queries/content";
import { enter, NoEntry } from "../../staff";
import { formKey, UNDONE, undoOn } from "../../undo";

export const instant = false;
export const metadata: Metadata = { title: "Page" };

const DONE: Readonly<Record<string, string>> = {
  saved: "Saved. The shop shows it from now on.",
  reset: "The shop shows the text that ships again.",
  undone: UNDONE,
};

type Props = { params: Promise<{ slug: string }>; searchParams: Promise<Query> };

export default async function AdminPage({ params, searchParams }: Props) {
  const [{ slug }, query, staff] = await Promise.all([params, searchParams, enter()]);
  const path = `/admin/pages/${slug}`;
  if (!staff) return <NoEntry from={path} />;
  if (staff.kind !== "admin") return <NotHere title="No line crosses here." />;
  const [page, figures] = await Promise.all([getEditablePage(staff, slug), getFigures()]);
  if (!page) return <NothingHere back="/admin/pages" backLabel="To the pages" />;
  const undo = await undoOn(staff, query, { back: path, subjects: ["content_pages"], id: slug });
  return (
    <>
      <PageHead
        title={page.title}
        steps={[{ label: "Pages", href: "/admin/pages" }]}
        line={
          <>
            {page.isOwn ? "A text of the shop’s own" : "The text that ships"}, at{" "}
            <Link href={`/${slug}` as Route} className="link num inline-flex min-h-6 items-center">
              /{slug}
            </Link>
            .{" "}
            <Link
              href={`/admin/audit?subject=content_pages&id=${slug}` as Route}
              className="link inline-flex min-h-6 items-center"
            >
              What changed
            </Link>
          </>
        }
        done={DONE[textOf(query, "done")]}
        undo={undo}
      />
      <div className="grid grid-cols-1 gap-8">
        {/* What was saved is in the fields, not what was looked at before it. */}
        <ContentForm key={`${formKey(query)}/${textOf(query, "entry")}`} page={page} figures={figures} />
        <Panel title="Figures of the shop" id="figures">
          <FigureList figures={figures} />
        </Panel>
        {page.isOwn && (
          <Panel title="The text that ships" id="reset">
            <ResetContentForm page={page} />
          </Panel>
        )}
      </div>
    </>
  );
}
