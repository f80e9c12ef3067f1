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
  links,
  promise,
  children,
}: {
  links: readonly NavLink[];
  promise: string;
  children: ReactNode;
}) {
  return (
    <>
      <SkipLink />
      <Header links={links} />
      <main id="content" tabIndex={-1}>
        {children}
      </main>
      <PageLinks />
      <Prefetcher />
      <SharedPicture />
      <Footer links={links} promise={promise} />
      <OfflineWorker />
    </>
  );
}
