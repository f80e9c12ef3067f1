import type { Route } from "next";
import { SearchForm } from "@/components/layout/search-form";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Link } from "@/components/ui/link";
import { categoryPath } from "@/lib/domain/catalog";
import { isFiltered, type ListPlace, listPath, type SearchInput, searchPath } from "@/lib/domain/search";
import type { SearchPage } from "@/lib/queries/catalog/search";

/** What was searched, how it was read, how much was found, and where to narrow it down. */
export function SearchHead({
  place,
  input,
  found,
}: {
  place: ListPlace;
  input: SearchInput;
  found: SearchPage;
}) {
  const { q } = input;
  const { total, trail, pages, page } = found;
  const category = trail.at(-1);
  const everything = category ? category.name : "All pieces";
  return (
    <header className="page grid grid-cols-[minmax(0,1fr)] gap-6 pt-4 pb-8">
      {category && (
        <Breadcrumb
          steps={[
            { label: "Home", href: "/" },
            ...trail.map((step) => ({ label: step.name, href: categoryPath(step.path) })),
          ]}
        />
      )}
      <div className="grid gap-2 pt-4">
        <h1 className="text-2xl wrap-anywhere">{q ? `“${q}”` : everything}</h1>
        <Reading input={input} found={found} />
        <p className="num text-quiet">
          {total} {total === 1 ? "piece" : "pieces"}
          {q && category && ` in ${category.name}`}
          {isFiltered(input) && " with these filters"}
          {pages > 1 && `, page ${page} of ${pages}`}
        </p>
      </div>
      {place.kind === "search" && (
        <SearchForm
          key={q}
          id={`page-search-${q.replace(/\W+/g, "-")}`}
          label="Search again"
          value={q}
          className="max-w-form"
        />
      )}
      <Narrower place={place} input={input} found={found} />
    </header>
  );
}

/** What was searched instead of what was typed, and the way back to that. */
function Reading({ input, found: { reading } }: { input: SearchInput; found: SearchPage }) {
  const { kind, shown, missing } = reading;
  if (kind === "corrected")
    return (
      <p className="text-l">
        Showing <strong className="font-semibold">{shown}</strong>.{" "}
        <Link href={searchPath({ ...input, exact: true, page: 1 }) as Route} className="link">
          Search for “{input.q}” instead
        </Link>
      </p>
    );
  if (kind === "some")
    return (
      <p className="text-l">
        {missing.length > 0
          ? `Nothing here says ${missing.map((word) => `“${word}”`).join(" or ")}. Found with the rest of it: `
          : "No piece has all of these words. Closest to it: "}
        <strong className="font-semibold">{shown}</strong>.
      </p>
    );
  if (kind === "nothing" && shown)
    return (
      <p className="text-l">
        Did you mean{" "}
        <Link href={searchPath({ q: shown }) as Route} className="link font-semibold">
          {shown}
        </Link>
        ?
      </p>
    );
  return null;
}

/** The categories that the list can be narrowed down to, with what each holds, and the way up. */
function Narrower({ place, input, found }: { place: ListPlace; input: SearchInput; found: SearchPage }) {
  const { categories, trail } = found;
  const to = (path: string) =>
    place.kind === "search"
      ? searchPath({ ...input, category: path, page: 1 })
      : listPath({ kind: "category", path }, { ...input, page: 1 });
  const up = place.kind === "search" && trail.length > 0 ? to(trail.at(-2)?.path ?? "") : undefined;
  if (categories.length === 0 && !up) return null;
  const look =
    "inline-flex min-h-target items-center gap-2 rounded-control px-4 whitespace-nowrap hairline hover:bg-raised";
  return (
    <nav aria-label="Categories">
      <ul className="flex gap-2 max-lg:-mx-edge max-lg:overflow-x-auto max-lg:px-edge max-lg:pb-1 lg:flex-wrap">
        {up && (
          <li>
            <Link href={up as Route} className={`${look} bg-ink text-paper`}>
              <span className="sr-only">Leave </span>
              {trail.at(-1)?.name}
              <span aria-hidden="true">×</span>
            </Link>
          </li>
        )}
        {categories.map(({ name, path, count }) => (
          <li key={path}>
            <Link href={to(path) as Route} className={look}>
              {name}
              <span className="num text-s text-quiet">{count}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
