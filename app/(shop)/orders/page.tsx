import type { Metadata } from "next";
import { FindForm } from "@/components/orders/find-form";

export const instant = false;
export const metadata: Metadata = { title: "Find your order", robots: { index: false } };

type Query = Record<string, string | string[] | undefined>;

export default async function FindOrderPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { number } = await searchParams;
  return (
    <div className="page py-8 lg:py-16">
      <h1 className="text-xl">Find your order</h1>
      <p className="mt-3 mb-8 max-w-read text-quiet">
        The link in your confirmation opens it directly. Without it, the number and your e-mail do.
      </p>
      <FindForm {...(typeof number === "string" ? { number: number.slice(0, 20) } : {})} />
    </div>
  );
}
