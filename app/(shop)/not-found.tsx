import type { Metadata } from "next";
import { MissingPage } from "@/components/layout/missing-page";
import { shopFrame } from "./nav";

export const metadata: Metadata = { title: "Not here" };

/** Within the shop's frame, which its layout has drawn. */
export default async function NotFound() {
  return <MissingPage links={(await shopFrame()).links} />;
}
