import type { Route } from "next";
import { ActionForm } from "@/components/ui/action-form";
import { Chip } from "@/components/ui/badge";
import { TextInput } from "@/components/ui/field";
import { SubmitButton } from "@/components/ui/pending";
import { deleteOrderView, keepOrderView, renameOrderView } from "@/lib/actions/admin/order-list";
import { ORDERS_PATH } from "@/lib/domain/order-list";
import type { SavedView } from "@/lib/queries/admin/saved-views";

/** One's own lists: open one, keep the one that shows, give it another name, forget it. */
export function SavedViews({ views, query }: { views: readonly SavedView[]; query: string }) {
  const current = views.find((view) => view.query === query);
  if (views.length === 0 && !query) return null;
  return (
    <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
      {views.length > 0 && (
        <nav aria-label="Saved lists" className="flex flex-wrap gap-2">
          {views.map((view) => (
            <Chip
              key={view.id}
              href={`${ORDERS_PATH}${view.query && `?${view.query}`}` as Route}
              current={view === current}
            >
              {view.name}
            </Chip>
          ))}
        </nav>
      )}
      {current ? (
        <details key={current.id} className="text-s">
          <summary className="link inline-flex min-h-8 items-center">Rename or delete</summary>
          <div className="mt-2 flex flex-wrap items-end gap-3">
            <ActionForm
              action={renameOrderView}
              className="flex flex-wrap items-end gap-3"
              label="Rename this list"
              idPrefix="rename-"
            >
              <ViewFields view={current} query={query} />
              <TextInput
                name="name"
                label="Name"
                defaultValue={current.name}
                maxLength={60}
                autoComplete="off"
              />
              <SubmitButton look="line" small>
                Rename
              </SubmitButton>
            </ActionForm>
            <ActionForm action={deleteOrderView} label="Delete this list">
              <ViewFields view={current} query={query} />
              <SubmitButton look="quiet" small>
                Delete the list
              </SubmitButton>
            </ActionForm>
          </div>
        </details>
      ) : (
        query && (
          <details key={query} className="text-s">
            <summary className="link inline-flex min-h-8 items-center">Save this list</summary>
            <ActionForm
              action={keepOrderView}
              className="mt-2 flex flex-wrap items-end gap-3"
              label="Save this list"
              idPrefix="keep-"
            >
              <input type="hidden" name="list" value={query} />
              <TextInput name="name" label="Name" maxLength={60} autoComplete="off" />
              <SubmitButton look="line" small>
                Save
              </SubmitButton>
            </ActionForm>
          </details>
        )
      )}
    </div>
  );
}

function ViewFields({ view, query }: { view: SavedView; query: string }) {
  return (
    <>
      <input type="hidden" name="viewId" value={view.id} />
      <input type="hidden" name="list" value={query} />
    </>
  );
}
