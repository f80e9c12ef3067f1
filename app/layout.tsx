import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { env } from "@/lib/env";
import { getStore } from "@/lib/queries/settings";
import { display, text } from "./fonts";
import "./globals.css";

/** A function, so that the address of a running shop counts and not that of its build. */
export async function generateMetadata(): Promise<Metadata> {
  const { name, tagline, homeText } = await getStore();
  return {
    title: {
      default: [name, tagline].filter(Boolean).join(" · "),
      template: name ? `%s · ${name}` : "%s",
    },
    description: homeText ?? undefined,
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
