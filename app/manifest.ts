import type { MetadataRoute } from "next";
import { PAPER } from "@/lib/domain/palette";
import { getStore } from "@/lib/queries/settings";

/** What a phone needs to keep the shop on its home screen. */
export default async function manifest(): Promise<MetadataRoute.Manifest> {
  const { name, tagline, homeText, locale } = await getStore();
  return {
    id: "/",
    name,
    // A longer one the phone shortens better than at a letter.
    short_name: name.length <= 12 ? name : undefined,
    description: homeText ?? tagline ?? undefined,
    lang: locale,
    start_url: "/",
    scope: "/",
    display: "minimal-ui",
    background_color: PAPER,
    theme_color: PAPER,
    icons: [
      { src: "/brand/icon-192.png", sizes: "192x192", type: "image/png" },
      { src: "/brand/icon-512.png", sizes: "512x512", type: "image/png" },
      { src: "/brand/icon-maskable.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
    ],
  };
}
