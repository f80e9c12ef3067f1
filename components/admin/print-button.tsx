"use client";

import { Button } from "@/components/ui/button";

/** Opens the browser's own print window; without scripts its menu does, so there is no button then. */
export function PrintButton() {
  return (
    <Button small onClick={() => window.print()} className="unscripted:hidden">
      Print
    </Button>
  );
}
