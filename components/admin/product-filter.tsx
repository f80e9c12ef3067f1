import { Select, TextInput } from "@/components/ui/field";
import type { ListState } from "@/lib/domain/back-office";

/** Which products the list shows, besides its views and its search; all of it stands in the address. */
export function ProductFilter({
  state,
  categories,
  category,
  tag,
}: {
  state: ListState;
  categories: readonly { id: string; label: string }[];
  category: string;
  tag: string;
}) {
  const kept: Record<string, string> = {
    view: state.view === "all" ? "" : state.view,
    q: state.search,
    sort: state.sort === "name" ? "" : state.sort,
    dir: state.dir ?? "",
    cols: state.cols?.join(",") ?? "",
  };
  return (
    <form key={`${category} ${tag}`} action={state.path} className="flex flex-wrap items-end gap-3">
      {Object.entries(kept).map(
        ([name, value]) => value && <input key={name} type="hidden" name={name} value={value} />,
      )}
      <Select name="category" id="filter-category" label="Category" defaultValue={category} required={false}>
        <option value="">All</option>
        {categories.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </Select>
      <TextInput
        name="tag"
        id="filter-tag"
        label="Tag"
        defaultValue={tag}
        required={false}
        autoComplete="off"
        className="w-36"
      />
      <button type="submit" className="button button-line button-small">
        Filter
      </button>
    </form>
  );
}
