import type { Route } from "next";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { Link } from "@/components/ui/link";
import { categoryPath } from "@/lib/domain/catalog";
import type { CategoryPage } from "@/lib/queries/catalog/category";

/** Where a category stands, what it is, and what lies below it. */
export function CategoryHead({ category }: { category: CategoryPage }) {
  const { trail, name, description, total, children, page, pages } = category;
  return (
    <header className="page grid grid-cols-[minmax(0,1fr)] gap-6 pt-4 pb-8 lg:pb-10">
      <Breadcrumb
        steps={[
          { label: "Home", href: "/" },
          ...trail.map((step) => ({ label: step.name, href: categoryPath(step.path) })),
        ]}
      />
      <div className="grid gap-4 pt-4 lg:grid-cols-[7fr_5fr] lg:items-end lg:pt-8">
        <h1 className="text-2xl lg:text-hero lg:font-[600] lg:tracking-[-0.045em]">{name}</h1>
        <div className="grid gap-1">
          <p className="max-w-[29em] text-l text-balance text-quiet">{description}</p>
          <p className="num text-s text-quiet">
            {total} {total === 1 ? "piece" : "pieces"}
            {pages > 1 && `, page ${page} of ${pages}`}
          </p>
        </div>
      </div>
      {children.length > 0 && (
        <nav aria-label={`Within ${name}`}>
          <ul className="flex gap-x-2 gap-y-2 max-lg:-mx-edge max-lg:overflow-x-auto max-lg:px-edge max-lg:pb-1 lg:flex-wrap">
            {children.map((child) => (
              <li key={child.path}>
                <Link
                  href={categoryPath(child.path) as Route}
                  className="inline-flex min-h-target items-center gap-2 rounded-control px-4 whitespace-nowrap hairline hover:bg-raised"
                >
                  {child.name}
                  <span className="num text-s text-quiet">{child.count}</span>
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </header>
  );
}
