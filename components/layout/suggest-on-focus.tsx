"use client";

import { type ComponentType, useEffect, useState } from "react";

/** Loads the suggestions of a search field when it first has the focus: until then they cost a page next to nothing. */
export function SuggestOnFocus({ field }: { field: string }) {
  const [Suggestions, show] = useState<ComponentType<{ field: string }>>();

  useEffect(() => {
    const input = document.getElementById(field);
    const load = () => {
      import("./suggestions").then((module) => show(() => module.Suggestions)).catch(() => {});
    };
    if (document.activeElement === input) load();
    input?.addEventListener("focus", load, { once: true });
    return () => input?.removeEventListener("focus", load);
  }, [field]);

  return Suggestions && <Suggestions field={field} />;
}
