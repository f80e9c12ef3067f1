import type { Metadata, Route } from "next";
import { When } from "@/components/admin/cells";
import { PageHead } from "@/components/admin/page-head";
import { NotHere } from "@/components/layout/not-here";
import { Link } from "@/components/ui/link";
import { type Column, Table } from "@/components/ui/table";
import { type EditablePage, listEditablePages } from "@/lib/queries/admin/content";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../staff";

export const instant = false;
export const metadata: Metadata = { title: "Pages" };

export default async function AdminPages() {
  const [staff, { timeZone }] = await Promise.all([enter(), getStore()]);
  if (!staff) return <NoEntry from="/admin/pages" />;
  if (staff.kind !== "admin") return <NotHere title="No line crosses here." />;
  const pages = await listEditablePages(staff);
  const now = new Date();
  const columns: Column<EditablePage>[] = [
    {
      key: "title",
      head: "Page",
      phone: "title",
      cell: ({ slug, title }) => (
        <Link
          href={`/admin/pages/${slug}` as Route}
          className="inline-flex min-h-6 items-center font-semibold wrap-anywhere underline-offset-4 hover:underline"
        >
          {title}
        </Link>
      ),
    },
    {
      key: "address",
      head: "Address",
      phone: "meta",
      cell: ({ slug }) => <span className="num">/{slug}</span>,
    },
    {
      key: "text",
      head: "Text",
      phone: "metaEnd",
      cell: ({ isOwn, at }) =>
        isOwn && at ? (
          <>
            Yours, <When at={at} now={now} timeZone={timeZone} />
          </>
        ) : (
          <span className="text-quiet">As it ships</span>
        ),
    },
  ];
  return (
    <>
      <PageHead
        title="Pages"
        line="What the shop says of itself and promises. The text that ships is a start: read it before you sell, and make it yours."
      />
      <Table caption="Pages of text" columns={columns} rows={pages} rowKey={({ slug }) => slug} />
    </>
  );
}
