import type { Route } from "next";
import { SearchForm } from "@/components/layout/search-form";
import { Chip } from "@/components/ui/badge";
import { type SearchInput, searchPath } from "@/lib/domain/search";
import type { SearchPage } from "@/lib/queries/catalog/search";

/** What was searched, how much was found, and where to narrow it down. */
export function SearchHead({ input, found }: { input: SearchInput; found: SearchPage }) {
  const { q } = input;
  const { total, category, categories, isGuess } = found;
  const everything = category ? category.name : "All pieces";
  return (
    <header className="page grid gap-6 pt-8 pb-8 lg:pt-12">
      <div className="grid gap-2">
        <h1 className="text-2xl wrap-anywhere">{q ? `“${q}”` : everything}</h1>
        <p role="status" className="num text-quiet">
          {isGuess && "Nothing is called exactly that. Close to it: "}
          {total} {total === 1 ? "piece" : "pieces"}
          {q && category && ` in ${category.name}`}
        </p>
      </div>
      <SearchForm key={q} id="page-search" className="max-w-form lg:hidden" />
      <nav aria-label="Categories">
        <ul className="flex flex-wrap gap-2">
          {category && (
            <li>
              <Chip href={searchPath({ ...input, category: "", page: 1 }) as Route} current remove>
                {category.name}
              </Chip>
            </li>
          )}
          {categories
            .filter((one) => one.path !== category?.path)
            .map((one) => (
              <li key={one.path}>
                <Chip href={searchPath({ ...input, category: one.path, page: 1 }) as Route}>{one.name}</Chip>
              </li>
            ))}
        </ul>
      </nav>
    </header>
  );
}
