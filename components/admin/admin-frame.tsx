import type { Route } from "next";
import type { ReactNode } from "react";
import { BrandMark } from "@/components/layout/brand-mark";
import { FoldCloser } from "@/components/layout/fold-closer";
import { PageLinks } from "@/components/layout/page-links";
import { SkipLink } from "@/components/layout/skip-link";
import { cx } from "@/components/ui/cx";
import { Link } from "@/components/ui/link";
import { SubmitButton } from "@/components/ui/pending";
import { signOut } from "@/lib/actions/accounts";
import { type SectionGroup, Sections } from "./sections";
import { Shortcuts } from "./shortcuts";

/** The frame of the back office: a rail of sections, a bar that says who is here, and the page. */
export function AdminFrame({
  shop,
  name,
  role,
  groups,
  children,
}: {
  /** The store's name. */
  shop: string;
  name: string;
  /** The owner's shop, or "Admin". */
  role: string;
  groups: readonly SectionGroup[];
  children: ReactNode;
}) {
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[13.5rem_minmax(0,1fr)]">
      <SkipLink />
      <PageLinks />
      <div data-screen className="hidden border-r lg:block">
        <div data-rail className="sticky top-0 max-h-dvh overflow-y-auto px-3 py-4">
          <Sections
            groups={groups}
            label="Back office"
            head={
              <div className="mb-6 px-3">
                <BrandMark name={shop} />
              </div>
            }
          />
        </div>
      </div>
      <div className="min-w-0">
        <header
          data-screen
          className="sticky top-0 z-20 flex min-h-bar items-center justify-between gap-4 border-b bg-paper px-edge"
        >
          <div className="min-w-0 lg:hidden">
            <BrandMark name={shop} />
          </div>
          <Who name={name} role={role} className="hidden min-w-0 truncate lg:block" />
          <Anywhere className="max-lg:hidden" />
          <div className="hidden shrink-0 items-center gap-2 lg:flex">
            <Ways />
          </div>
          <details id="admin-menu" className="group/menu lg:hidden">
            <summary className="flex min-h-target min-w-target items-center justify-end">
              <span className="group-open/menu:hidden">Menu</span>
              <span className="hidden group-open/menu:inline">Close</span>
            </summary>
            <div className="absolute inset-x-0 top-full h-[calc(100dvh-var(--spacing-bar))] overflow-y-auto bg-paper px-edge pt-4 pb-12 text-l">
              <Anywhere className="mb-4" />
              <Sections groups={groups} label="Back office menu" />
              <div className="mt-6 grid justify-items-start gap-2 border-t pt-6 text-m">
                <Who name={name} role={role} className="px-3 wrap-anywhere" />
                <Ways />
              </div>
            </div>
            <FoldCloser />
          </details>
        </header>
        {/* Denser than the shop: what is typed into is as high as what is pressed. */}
        <main
          id="content"
          tabIndex={-1}
          className="px-edge pt-6 pb-24 lg:pt-8 [&_.control]:min-h-target [&_.control]:py-1.5"
        >
          <div className="mx-auto max-w-[76rem]">{children}</div>
        </main>
        <Shortcuts sections={groups.flatMap(({ sections }) => sections)} />
      </div>
    </div>
  );
}

/** A page without scripts; with them the palette opens instead. */
function Anywhere({ className }: { className?: string }) {
  return (
    <Link
      href={"/admin/find" as Route}
      data-palette
      aria-keyshortcuts="Control+K"
      className={cx(
        "flex min-h-9 shrink-0 items-center gap-6 rounded-control px-3 text-s text-quiet hairline max-lg:min-h-target",
        className,
      )}
    >
      Go anywhere
      <kbd className="ml-auto unscripted:hidden">Ctrl K</kbd>
    </Link>
  );
}

function Who({ name, role, className }: { name: string; role: string; className?: string }) {
  return (
    <p className={className}>
      <span className="font-semibold">{name}</span> <span className="text-quiet">{role}</span>
    </p>
  );
}

function Ways() {
  return (
    <>
      <Link href={"/" as Route} className="button button-quiet button-small font-normal">
        View the shop
      </Link>
      <Link href={"/account/profile" as Route} className="button button-quiet button-small font-normal">
        Your account
      </Link>
      <form action={signOut}>
        <SubmitButton look="quiet" small className="font-normal">
          Sign out
        </SubmitButton>
      </form>
    </>
  );
}
