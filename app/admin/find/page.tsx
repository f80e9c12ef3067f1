import type { Metadata, Route } from "next";
import { PageHead } from "@/components/admin/page-head";
import { Link } from "@/components/ui/link";
import { type Query, textOf } from "@/lib/domain/back-office";
import { find } from "@/lib/queries/admin/find";
import { enter, NoEntry } from "../staff";

export const instant = false;
export const metadata: Metadata = { title: "Find" };

export default async function FindPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [staff, query] = await Promise.all([enter(), searchParams]);
  if (!staff) return <NoEntry from="/admin/find" />;
  const text = textOf(query, "q");
  const found = await find(staff, text.slice(0, 100));
  return (
    <>
      <PageHead
        title="Find"
        line={
          staff.kind === "admin"
            ? "Pages, orders, products and customers, by name, number, SKU or e-mail."
            : "Pages, orders and products, by name, number or SKU."
        }
      />
      <search>
        <form action="/admin/find" className="mb-6 flex max-w-form gap-2">
          <label htmlFor="find" className="sr-only">
            What to find
          </label>
          <input
            id="find"
            type="search"
            name="q"
            defaultValue={text}
            maxLength={100}
            autoComplete="off"
            className="control min-w-0"
          />
          <button type="submit" className="button button-line button-small">
            Find
          </button>
        </form>
      </search>
      {found.length > 0 ? (
        <ul aria-label="Found" className="border-t">
          {found.map(({ kind, label, detail, href }) => (
            <li key={`${kind} ${href}`} className="border-b">
              <Link
                href={href as Route}
                className="grid min-h-target grid-cols-[5.5rem_minmax(0,1fr)] items-baseline gap-x-4 py-2.5 underline-offset-4 hover:underline sm:grid-cols-[5.5rem_minmax(0,1fr)_minmax(0,1fr)]"
              >
                <span className="text-s text-quiet">{kind}</span>
                <span className="font-semibold wrap-anywhere">{label}</span>
                <span className="text-quiet wrap-anywhere max-sm:col-start-2">{detail}</span>
              </Link>
            </li>
          ))}
        </ul>
      ) : (
        <p className="border-t py-12 text-l">Nothing is called “{text}”.</p>
      )}
    </>
  );
}
