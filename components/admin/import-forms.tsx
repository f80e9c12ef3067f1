import type { ReactNode } from "react";
import { ActionForm } from "@/components/ui/action-form";
import { LinkButton } from "@/components/ui/button";
import { Checkbox, Select } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/pending";
import {
  checkImport,
  reopenImport,
  resumeImport,
  startImport,
  stopImport,
  undoImport,
} from "@/lib/actions/admin/imports";
import { COLUMNS, columnLabel, isColumn, missingColumns } from "@/lib/domain/imports/columns";
import { customerMapping } from "@/lib/domain/imports/customers";
import { orderMapping } from "@/lib/domain/imports/order-rows";
import { contentOf, isOfPeople } from "@/lib/domain/imports/views";
import { wooMapping } from "@/lib/domain/imports/woocommerce";
import type { ImportCard } from "@/lib/queries/admin/imports";

/** What each column of the file means, with what stands in it, and how it is imported. */
export function MappingForm({
  one,
  shops,
}: {
  one: ImportCard;
  shops: readonly { slug: string; name: string }[];
}) {
  const { mapping, options } = one;
  if (!mapping) return null;
  return (
    <ActionForm action={checkImport} className="grid gap-6" label="Columns">
      <input type="hidden" name="importId" value={one.id} />
      {contentOf(one) === "orders" ? (
        <KnownColumns {...orderMapping(mapping.header)}>
          Orders of a Shopify shop, to be kept as history: you can read and find them, and nothing more. They
          go into no books, no stock, no payouts and no figures of this shop, and nobody is written to.
        </KnownColumns>
      ) : isOfPeople(one) ? (
        <KnownColumns {...customerMapping(mapping.header)}>
          A customer export of Shopify: what its columns mean is known. Each row becomes an account without a
          password; one that is there already keeps what it has. Nobody is written to.
        </KnownColumns>
      ) : one.format === "woocommerce" ? (
        <KnownColumns {...wooMapping(mapping.header)}>
          An export of WooCommerce: what its columns mean is known.
        </KnownColumns>
      ) : (
        <Mapping mapping={mapping} />
      )}
      <div className="grid max-w-form gap-4 border-t pt-4">
        {!isOfPeople(one) && shops.length > 1 && (
          <Select name="owner" label="New products are sold by" defaultValue={one.ownerSlug ?? undefined}>
            {shops.map(({ slug, name }) => (
              <option key={slug} value={slug}>
                {name}
              </option>
            ))}
          </Select>
        )}
        {!isOfPeople(one) && (
          <>
            <Checkbox
              name="images"
              value="1"
              label="Load the pictures"
              defaultChecked={options?.images ?? true}
            />
            <Checkbox
              name="setStock"
              value="1"
              label="Set the stock of products that are here already to the file's numbers"
              defaultChecked={options?.setStock ?? false}
            />
          </>
        )}
        <SubmitButton small className="justify-self-start">
          Look at every row
        </SubmitButton>
        <p className="text-s text-quiet">Nothing is changed yet: you see first what would happen.</p>
      </div>
    </ActionForm>
  );
}

/** A file whose columns nobody needs to explain: what is read of it, and what stays out. */
function KnownColumns({
  read,
  unread,
  children,
}: {
  read: readonly string[];
  unread: readonly string[];
  children: ReactNode;
}) {
  return (
    <div className="grid max-w-form gap-3">
      <p>{children}</p>
      <details className="group">
        <summary className="min-h-6">
          Columns that are read:{" "}
          <span className="num">
            {read.length} of {read.length + unread.length}
          </span>
          . <span className="link group-open:hidden">Look at them</span>
        </summary>
        <p className="mt-2 text-s wrap-anywhere">{read.join(", ")}</p>
        {unread.length > 0 && (
          <p className="mt-2 text-s text-quiet wrap-anywhere">Not read: {unread.join(", ")}</p>
        )}
      </details>
    </div>
  );
}

/** One choice for each column. Where the file is told by its first line, they wait folded away. */
function Mapping({ mapping }: { mapping: NonNullable<ImportCard["mapping"]> }) {
  const chosen = mapping.columns.map((column) => (column !== null && isColumn(column) ? column : null));
  const read = chosen.filter((column) => column !== null).length;
  const missing = missingColumns(chosen).map((column) => `“${columnLabel(column)}”`);
  const isKnown = missing.length === 0;
  return (
    <details open={!isKnown} className="group">
      <summary className="min-h-6">
        {isKnown
          ? "The file is understood. "
          : `Please say what the columns mean. Missing still: ${missing.join(", ")}. `}
        Columns that are read:{" "}
        <span className="num">
          {read} of {mapping.header.length}
        </span>
        . <span className="link group-open:hidden">Look at them, or change them</span>
      </summary>
      <ul className="mt-4 grid gap-x-8 gap-y-5 sm:grid-cols-2 lg:grid-cols-3">
        {mapping.header.map((name, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name that is theirs alone
          <li key={at} className="border-t pt-3">
            <Select
              name={`columns.${at}`}
              label={name || `Column ${at + 1}`}
              hint={sampleOf(mapping.samples, at)}
              // Any column may be left out: to say so at each would say nothing.
              required={false}
              defaultValue={mapping.columns[at] ?? ""}
            >
              <option value="">Not read</option>
              {COLUMNS.map((column) => (
                <option key={column} value={column}>
                  {columnLabel(column)}
                </option>
              ))}
            </Select>
          </li>
        ))}
      </ul>
    </details>
  );
}

function sampleOf(samples: readonly (readonly string[])[], at: number): string {
  const filled = samples.map((row) => row[at] ?? "").filter(Boolean);
  const text = filled.join(" · ").replace(/<[^>]*>/g, " ");
  if (text === "") return "empty in the first rows";
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** Where its end leads to, and what an undo does. */
const DONE = {
  products: {
    href: "/admin/products?sort=newest",
    label: "To the products",
    undo: "New products leave the shop, changed ones get back what they had. What was sold stays sold; what somebody changed since stays and is told.",
  },
  customers: {
    href: "/admin/customers",
    label: "To the customers",
    undo: "Accounts that nobody used or changed since are removed, and what was filled in elsewhere is empty again. The others stay and are told.",
  },
  orders: {
    href: "/admin/orders/former",
    label: "To these orders",
    undo: "Orders that it brought are removed, changed ones get back what they had. Those that a later import changed stay and are told.",
  },
} as const satisfies Record<string, { href: string; label: string; undo: string }>;

/** What can be done next with an import that waits for a person. */
export function ImportSteps({ one }: { one: ImportCard }) {
  const content = contentOf(one);
  const { id, status, groupsDone } = one;
  const canUndo = (status === "finished" || status === "failed") && groupsDone > 0;
  if (status === "waiting" || status === "undoing" || status === "undone") return null;
  return (
    <div className="flex flex-wrap items-center gap-3">
      {status === "checked" && (
        <>
          <StepForm action={startImport} id={id} label="Import it now" />
          {!isOfPeople(one) && (
            <StepForm
              action={reopenImport}
              id={id}
              label={one.format === "woocommerce" ? "Choose again" : "Change the columns"}
              look="line"
            />
          )}
        </>
      )}
      {(status === "running" || status === "checking") && (
        <StepForm action={stopImport} id={id} label="Stop" look="line" />
      )}
      {status === "failed" && groupsDone > 0 && <StepForm action={resumeImport} id={id} label="Go on" />}
      {status === "failed" && groupsDone === 0 && (
        <LinkButton href="/admin/import" look="line" small>
          Send another file
        </LinkButton>
      )}
      {status === "finished" && (
        <LinkButton href={DONE[content].href} small>
          {DONE[content].label}
        </LinkButton>
      )}
      {canUndo && (
        <details>
          <summary className="link inline-flex min-h-6 items-center text-signal">Undo this import</summary>
          <div className="mt-3 grid max-w-form gap-3">
            <p>{DONE[content].undo}</p>
            <StepForm action={undoImport} id={id} label="Undo it" look="line" />
          </div>
        </details>
      )}
    </div>
  );
}

function StepForm({
  action,
  id,
  label,
  look = "filled",
}: {
  action: typeof startImport;
  id: string;
  label: string;
  look?: "filled" | "line";
}) {
  return (
    <ActionForm action={action} label={label}>
      <input type="hidden" name="importId" value={id} />
      <SubmitButton small look={look}>
        {label}
      </SubmitButton>
    </ActionForm>
  );
}
