import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { env } from "@/lib/env";
import { display, text } from "./fonts";
import "./globals.css";

/** A function, so that the address of a running shop counts and not that of its build. */
export function generateMetadata(): Metadata {
  return {
    title: { default: "Moiré: objects with numbered patterns", template: "%s · Moiré" },
    description:
      "Prints, textiles and tableware drawn from interfering patterns. Every piece has a number; no two runs are alike.",
    metadataBase: new URL(env.SITE_URL),
  };
}

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  colorScheme: "light dark",
};

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" className={`${display.variable} ${text.variable}`}>
      <body>{children}</body>
    </html>
  );
}
