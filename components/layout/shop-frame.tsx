import type { ReactNode } from "react";
import { Footer } from "./footer";
import { Header } from "./header";
import type { NavLink } from "./nav";
import { OfflineWorker } from "./offline-worker";
import { PageLinks } from "./page-links";
import { Prefetcher } from "./prefetcher";
import { SharedPicture } from "./shared-picture";
import { SkipLink } from "./skip-link";

/** The frame of a shop page: skip link, bar, content, footer. */
export function ShopFrame({
  name,
  links,
  line,
  promise,
  children,
}: {
  /** The shop's. */
  name: string;
  links: readonly NavLink[];
  line: string;
  promise: string;
  children: ReactNode;
}) {
  return (
    <>
      <SkipLink />
      <Header name={name} links={links} />
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <PageLinks />
      <Prefetcher />
      <SharedPicture />
      <Footer links={links} line={line} promise={promise} />
      <OfflineWorker />
    </>
  );
}
