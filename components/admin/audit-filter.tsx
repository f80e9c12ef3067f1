import type { Route } from "next";
import { Select, TextInput } from "@/components/ui/field";
import { Link } from "@/components/ui/link";
import { subjectName } from "@/lib/domain/audit";
import type { ListState } from "@/lib/domain/back-office";
import type { AuditFilter as Filter } from "@/lib/queries/admin/audit";
import { KeptOrder } from "./list-tools";

/** What the log is cut down to: who, what and when. A plain form whose answers stand in the address. */
export function AuditFilter({
  state,
  filter,
  people,
  subjects,
}: {
  state: ListState;
  filter: Filter;
  people: readonly { id: string; name: string }[];
  subjects: readonly string[];
}) {
  const isFiltered = Object.values(filter).some(Boolean);
  return (
    <search className="mb-6 block">
      <form
        key={JSON.stringify(filter)}
        action="/admin/audit"
        className="grid items-end gap-3 sm:grid-cols-2 lg:grid-cols-[1fr_1fr_1fr_10.5rem_10.5rem_auto]"
      >
        <KeptOrder state={state} />
        {filter.subjectId && <input type="hidden" name="id" value={filter.subjectId} />}
        <Select name="who" label="Who" defaultValue={filter.who} required={false}>
          <option value="">Everybody</option>
          <option value="system">The shop itself</option>
          {people.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        <Select name="subject" label="What" defaultValue={filter.subject} required={false}>
          <option value="">Everything</option>
          {subjects.map((subject) => (
            <option key={subject} value={subject}>
              {subjectName(subject)}
            </option>
          ))}
        </Select>
        <TextInput
          name="action"
          label="Action"
          defaultValue={filter.action}
          placeholder="edit, delete …"
          required={false}
          maxLength={60}
          autoComplete="off"
        />
        <TextInput name="from" label="From" type="date" defaultValue={filter.from} required={false} />
        <TextInput name="to" label="To" type="date" defaultValue={filter.to} required={false} />
        <button type="submit" className="button button-line button-small justify-self-start">
          Filter
        </button>
      </form>
      {isFiltered && (
        <Link
          href={"/admin/audit" as Route}
          className="link mt-2 inline-flex min-h-6 items-center text-s text-quiet"
        >
          Show the whole log
        </Link>
      )}
    </search>
  );
}
