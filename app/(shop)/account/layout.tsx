import type { ReactNode } from "react";
import { AccountNav } from "@/components/accounts/account-nav";

export const instant = false;

export default function AccountLayout({ children }: { children: ReactNode }) {
  return (
    <div className="page grid gap-8 py-6 lg:grid-cols-[14rem_minmax(0,1fr)] lg:gap-16 lg:py-14">
      <div className="lg:sticky lg:top-[calc(var(--spacing-bar)+3.5rem)] lg:self-start">
        <AccountNav />
      </div>
      <div className="min-w-0">{children}</div>
    </div>
  );
}
