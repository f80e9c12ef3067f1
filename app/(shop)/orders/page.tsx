import type { Metadata } from "next";
import { FindOrder } from "@/components/orders/find-order";

export const instant = false;
export const metadata: Metadata = { title: "Find your order", robots: { index: false } };

type Query = Record<string, string | string[] | undefined>;

export default async function FindOrderPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { number } = await searchParams;
  return <FindOrder {...(typeof number === "string" ? { number } : {})} />;
}
