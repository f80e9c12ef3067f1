import type { Route } from "next";
import { ActionForm } from "@/components/ui/action-form";
import { Checkbox, Select, Textarea, TextInput } from "@/components/ui/field";
import { Link } from "@/components/ui/link";
import { SubmitButton } from "@/components/ui/pending";
import { VersionField } from "@/components/ui/version-field";
import {
  createCategory,
  editCategory,
  emptyCategory,
  moveCategory,
  placeCategory,
  removeCategory,
} from "@/lib/actions/admin/catalog-tree";
import type { CategoryRow } from "@/lib/queries/admin/categories";
import { SortableList } from "./sortable-list";

const indents = ["", "pl-6", "pl-12", "pl-18", "pl-24"] as const;

/** The tree, a row each: dragged or moved by buttons, edited in place. */
export function CategoryTree({ rows }: { rows: readonly CategoryRow[] }) {
  return (
    <SortableList action={placeCategory} fields={{}} itemField="categoryId" withPlaces className="border-t">
      {rows.map((row) => (
        <li
          key={row.id}
          data-item={row.id}
          data-place={row.place}
          draggable
          className={`border-b py-2 ${indents[Math.min(row.depth, indents.length - 1)]}`}
        >
          <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
            <p>
              <span className="font-semibold">{row.name}</span>{" "}
              <Link
                href={`/admin/products?category=${row.id}` as Route}
                className="link num inline-flex min-h-6 items-center text-s text-quiet"
              >
                {row.products} {row.products === 1 ? "product" : "products"}
                <span className="sr-only"> in {row.name}</span>
              </Link>
              {!row.isActive && <span className="ml-3 text-s text-quiet">hidden</span>}
            </p>
            <Moves row={row} />
          </div>
          <Edit row={row} isAlone={rows.length === 1} />
        </li>
      ))}
    </SortableList>
  );
}

function Moves({ row }: { row: CategoryRow }) {
  const ways = [
    { way: "up", label: "Up", isOff: row.isFirst },
    { way: "down", label: "Down", isOff: row.isLast },
    { way: "in", label: "In", isOff: row.isFirst },
    { way: "out", label: "Out", isOff: row.depth === 0 },
  ];
  return (
    <ActionForm action={moveCategory} label={`Move ${row.name}`} className="flex gap-1">
      <input type="hidden" name="categoryId" value={row.id} />
      <input type="hidden" name="place" value={row.place} />
      {ways.map(
        ({ way, label, isOff }) =>
          !isOff && (
            <SubmitButton key={way} look="quiet" small name="way" value={way}>
              {label}
              <span className="sr-only"> {row.name}</span>
            </SubmitButton>
          ),
      )}
    </ActionForm>
  );
}

function Edit({ row, isAlone }: { row: CategoryRow; isAlone: boolean }) {
  return (
    <details>
      <summary className="inline-flex min-h-6 items-center text-s text-quiet underline-offset-4 hover:underline">
        Change<span className="sr-only"> {row.name}</span>
      </summary>
      <ActionForm
        action={editCategory}
        label={`Change ${row.name}`}
        idPrefix={`edit-${row.id}-`}
        className="grid max-w-form gap-4 py-4"
      >
        <input type="hidden" name="categoryId" value={row.id} />
        <VersionField version={row.version} />
        <TextInput name="name" label="Name" defaultValue={row.name} maxLength={80} />
        <TextInput
          name="slug"
          label="Address"
          hint="Its last part. Old addresses keep leading here."
          defaultValue={row.slug}
          maxLength={80}
          spellCheck={false}
          autoCapitalize="none"
        />
        <Textarea name="description" label="Description" defaultValue={row.description} rows={3} optional />
        <Checkbox
          name="isActive"
          label="Shown in the shop"
          hint="Without the tick it stands in no menu and has no page. Its products keep theirs, and search finds them."
          defaultChecked={row.isActive}
        />
        <SubmitButton small className="justify-self-start">
          Save
        </SubmitButton>
      </ActionForm>
      {row.products > 0 && !isAlone && (
        <p className="pb-4">
          <Link
            href={`/admin/categories?empty=${row.id}#empty` as Route}
            className="link inline-flex min-h-6 items-center text-s"
          >
            Move its products elsewhere<span className="sr-only">: {row.name}</span>
          </Link>
        </p>
      )}
      {row.products + row.children === 0 && (
        <ActionForm action={removeCategory} label={`Remove ${row.name}`} className="pb-4">
          <input type="hidden" name="categoryId" value={row.id} />
          <VersionField version={row.version} />
          <SubmitButton look="line" small>
            Remove<span className="sr-only"> {row.name}</span>
          </SubmitButton>
        </ActionForm>
      )}
    </details>
  );
}

/** The goods of a category go elsewhere, so that it can go; its address then leads there. */
export function EmptyCategory({ row, rows }: { row: CategoryRow; rows: readonly CategoryRow[] }) {
  return (
    <ActionForm
      action={emptyCategory}
      label={`Move the products of ${row.name}`}
      idPrefix={`empty-${row.id}-`}
      className="grid gap-4"
    >
      <input type="hidden" name="categoryId" value={row.id} />
      <VersionField version={row.version} />
      <Select name="targetId" label="Into">
        <option value="">Please choose</option>
        {rows
          .filter(({ id }) => id !== row.id)
          .map(({ id, name, depth }) => (
            <option key={id} value={id}>
              {`${"– ".repeat(depth)}${name}`}
            </option>
          ))}
      </Select>
      {row.children === 0 && (
        <Checkbox name="remove" label={`Then remove ${row.name}. Its address leads to the other one.`} />
      )}
      <SubmitButton look="line" small className="justify-self-start">
        Move them
      </SubmitButton>
    </ActionForm>
  );
}

/** A new category, at the top or below another. */
export function NewCategory({ rows }: { rows: readonly CategoryRow[] }) {
  return (
    <ActionForm action={createCategory} label="New category" idPrefix="new-" className="grid gap-4">
      <TextInput name="name" label="Name" maxLength={80} />
      <Select name="parentId" label="Below" required={false}>
        <option value="">Nothing: at the top</option>
        {rows.map(({ id, name, depth }) => (
          <option key={id} value={id}>
            {"– ".repeat(depth)}
            {name}
          </option>
        ))}
      </Select>
      <SubmitButton small className="justify-self-start">
        Make it
      </SubmitButton>
    </ActionForm>
  );
}
