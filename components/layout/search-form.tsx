import { SuggestOnFocus } from "./suggest-on-focus";

/**
 * The search field. A plain form: `next/form` would cost every page its weight, and the answer is never prefetched.
 * Suggestions come once somebody types; their script is not loaded before the field has the focus.
 */
export function SearchForm({
  id,
  label = "Search the shop",
  value,
  className,
}: {
  id: string;
  /** Names the form; two on one page need two names. */
  label?: string;
  /** What was searched. */
  value?: string;
  className?: string;
}) {
  return (
    <search aria-label={label} className={className}>
      <form action="/search" className="relative">
        <label htmlFor={id} className="sr-only">
          {label}
        </label>
        <div className="flex items-stretch border-b border-control focus-within:border-ink">
          <input
            id={id}
            type="search"
            name="q"
            placeholder="Search"
            defaultValue={value}
            maxLength={200}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            enterKeyHint="search"
            className="min-h-target w-full min-w-0 bg-transparent placeholder:text-quiet placeholder:opacity-100"
          />
          <button type="submit" aria-label="Search" className="grid w-11 shrink-0 place-items-center">
            <svg
              viewBox="0 0 24 24"
              className="size-4.5"
              fill="none"
              stroke="currentColor"
              strokeWidth="1.75"
              aria-hidden="true"
            >
              <circle cx="10.5" cy="10.5" r="6.5" />
              <path d="M15.5 15.5 21 21" strokeLinecap="round" />
            </svg>
          </button>
        </div>
        <SuggestOnFocus field={id} />
      </form>
    </search>
  );
}
