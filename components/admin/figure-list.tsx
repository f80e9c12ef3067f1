import type { Figures } from "@/lib/domain/content";

/** What a text may name in braces, and what each says now. */
export function FigureList({ figures }: { figures: Figures }) {
  return (
    <>
      <p className="mb-3 text-s text-quiet">
        A text may name these; they come from the settings and the delivery zones, and change with them.
      </p>
      <dl className="border-t text-s">
        {Object.entries(figures).map(([name, says]) => (
          <div key={name} className="grid gap-x-6 gap-y-1 border-b py-2 sm:grid-cols-[12rem_1fr]">
            <dt className="num">{`{{${name}}}`}</dt>
            <dd className="text-quiet wrap-anywhere">
              {says.startsWith("|") ? "A table of zones and rates" : says || "nothing"}
            </dd>
          </div>
        ))}
      </dl>
    </>
  );
}
