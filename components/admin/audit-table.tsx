import type { Route } from "next";
import { ActionForm } from "@/components/ui/action-form";
import { Link } from "@/components/ui/link";
import { SubmitButton } from "@/components/ui/pending";
import { type Column, type Sorting, Table } from "@/components/ui/table";
import { revertEntry } from "@/lib/actions/admin/audit";
import { actionText, fieldName, isGone, isMade, subjectName } from "@/lib/domain/audit";
import { linkedValue, type Writing } from "@/lib/domain/audit-values";
import { momentText } from "@/lib/domain/moments";
import type { AuditEntry } from "@/lib/queries/admin/audit";
import { When } from "./cells";

/** Where the row of an entry is looked at; subjects without a page of their own have none. */
const pages: Readonly<Record<string, (entry: AuditEntry) => string>> = {
  discounts: ({ subjectId }) => `/admin/discounts/${subjectId}`,
  products: ({ subjectId }) => `/admin/products/${subjectId}`,
  inventory: ({ subjectId }) => `/admin/stock/${subjectId}`,
  variants: ({ subjectId }) => `/admin/stock/${subjectId}`,
  imports: ({ subjectId }) => `/admin/import/${subjectId}`,
  mail: ({ subjectId }) => `/admin/mail/${subjectId}`,
  owners: ({ subjectId }) => `/admin/payouts/owners/${subjectId}`,
  payouts: ({ subjectId }) => `/admin/payouts/${subjectId}`,
  webhook_events: ({ subjectId }) => `/admin/webhooks/${subjectId}`,
  categories: () => "/admin/categories",
  orders: ({ name }) => `/admin/orders/${name}`,
  returns: ({ name }) => `/admin/returns/${name}`,
  reviews: () => "/admin/reviews",
  settings: () => "/admin/settings",
  content_pages: ({ subjectId }) => `/admin/pages/${subjectId}`,
  shipping_zones: () => "/admin/shipping",
  shipping_rates: () => "/admin/shipping",
  tax_classes: () => "/admin/taxes",
  tax_rates: () => "/admin/taxes",
  synonyms: () => "/admin/search",
  membership_tiers: () => "/admin/customers/memberships",
};

/** What people call the row, also where it is gone and only the log knows. */
const nameOf = ({ name, before, after }: AuditEntry): string =>
  name ?? [before.title, before.name, after.title, after.name].find((text) => typeof text === "string") ?? "";

/** The columns of the log that may be hidden. */
export const auditColumns = [
  { key: "who", label: "Who" },
  { key: "fields", label: "Changed" },
  { key: "when", label: "When" },
] as const;

/** The log, an entry each, which unfolds to before and after and the way back. */
export function AuditTable({
  entries,
  now,
  writing,
  back,
  cols,
  sorting,
}: {
  entries: readonly AuditEntry[];
  now: Date;
  writing: Writing;
  /** The list's own address. */
  back: string;
  cols: readonly string[];
  sorting: Sorting;
}) {
  const columns: Column<AuditEntry>[] = [
    {
      key: "what",
      head: "What",
      sort: "what",
      phone: "all",
      cell: (entry) => (
        <details>
          <summary className="min-h-6 wrap-anywhere">
            <span className="font-semibold">{actionText(entry.action)}</span> {nameOf(entry)}
          </summary>
          <Entry entry={entry} writing={writing} back={back} />
        </details>
      ),
    },
    {
      key: "fields",
      head: "Changed",
      phone: "none",
      cell: ({ action, after }) =>
        !(isMade(action) || isGone(action)) && (
          <span className="text-s text-quiet wrap-anywhere">
            {Object.keys(after).map(fieldName).join(", ")}
          </span>
        ),
    },
    { key: "who", head: "Who", sort: "who", phone: "meta", cell: ({ who }) => who ?? "The shop itself" },
    {
      key: "when",
      head: "When",
      sort: "when",
      sortFirst: "desc",
      phone: "metaEnd",
      cell: ({ at }) => <When at={at} now={now} timeZone={writing.timeZone} />,
    },
  ];
  return (
    <Table
      caption="Changes"
      columns={columns}
      rows={entries}
      rowKey={(row) => row.id}
      sorting={sorting}
      shown={{ cols, choosable: auditColumns.map(({ key }) => key) }}
      tall
    />
  );
}

function Entry({ entry, writing: shop, back }: { entry: AuditEntry; writing: Writing; back: string }) {
  const writing = { ...shop, currency: entry.currency ?? shop.currency };
  const page = pages[entry.subject]?.(entry);
  const href = `/admin/audit?subject=${entry.subject}&id=${encodeURIComponent(entry.subjectId)}`;
  return (
    <div className="grid gap-4 pt-3 pb-2">
      <div className="overflow-x-auto">
        <table className="w-full border-collapse text-left text-s">
          <caption className="sr-only">Before and after</caption>
          <thead>
            <tr className="border-b text-quiet">
              <th scope="col" className="w-1/4 py-1.5 pr-4 font-semibold">
                Field
              </th>
              <th scope="col" className="min-w-24 py-1.5 pr-4 font-semibold">
                Before
              </th>
              <th scope="col" className="py-1.5 font-semibold">
                After
              </th>
            </tr>
          </thead>
          <tbody>
            {Object.keys(entry.after).map((field) => (
              <tr key={field} className="border-b align-baseline">
                <th scope="row" className="py-1.5 pr-4 font-normal">
                  {fieldName(field)}
                </th>
                <td className="max-w-64 py-1.5 pr-4 whitespace-pre-line wrap-anywhere text-quiet">
                  <Value parts={linkedValue(field, entry.before[field], writing)} />
                </td>
                <td className="max-w-64 py-1.5 whitespace-pre-line wrap-anywhere">
                  <Value parts={linkedValue(field, entry.after[field], writing)} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-s text-quiet">
        <span className="num">{momentText(entry.at, writing.timeZone)}</span>
        {page && (
          <Link href={page as Route} className="link inline-flex min-h-6 items-center">
            Open it
          </Link>
        )}
        <Link href={href as Route} className="link inline-flex min-h-6 items-center">
          All changes of this {subjectName(entry.subject)}
        </Link>
      </p>
      {entry.canRevert && (
        <ActionForm action={revertEntry} label={`Take back: ${actionText(entry.action)} ${nameOf(entry)}`}>
          <input type="hidden" name="entryId" value={entry.id} />
          <input type="hidden" name="back" value={back} />
          <SubmitButton look="line" small>
            Put it back as it was before
          </SubmitButton>
        </ActionForm>
      )}
    </div>
  );
}

function Value({ parts }: { parts: ReturnType<typeof linkedValue> }) {
  return parts.map(({ text, href }) =>
    href ? (
      <Link key={href} href={href as Route} className="link mr-2 inline-flex min-h-6 items-center">
        {text}
      </Link>
    ) : (
      text
    ),
  );
}
