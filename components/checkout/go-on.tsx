"use client";

import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { LinkButton } from "@/components/ui/button";

/**
 * Leads to another page from a page that was asked for at the wrong time. A redirect would come after the first
 * byte of the answer and show nothing where scripts are off.
 */
export function GoOn({ href, title, label }: { href: string; title: string; label: string }) {
  const router = useRouter();
  useEffect(() => router.replace(href as Route), [router, href]);
  return (
    <div className="page grid justify-items-start gap-6 py-16">
      <noscript>
        <meta httpEquiv="refresh" content={`0;url=${href}`} />
      </noscript>
      <h1 className="text-xl">{title}</h1>
      <LinkButton href={href as Route}>{label}</LinkButton>
    </div>
  );
}
