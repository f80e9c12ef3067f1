import type { Metadata, Route } from "next";
import { AddressCard } from "@/components/accounts/address-card";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { listAddresses } from "@/lib/queries/addresses";
import { requireUser } from "@/lib/session";

export const instant = false;
export const metadata: Metadata = { title: "Addresses", robots: { index: false } };

const news: Readonly<Record<string, string>> = {
  saved: "The address is saved.",
  removed: "The address is removed. Orders that went there keep it.",
  shipping: "Your parcels go there from now on.",
  billing: "Your bills go there from now on.",
};

type Query = Record<string, string | string[] | undefined>;

export default async function AddressesPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [user, query] = await Promise.all([requireUser("/account/addresses"), searchParams]);
  const addresses = await listAddresses(user);
  const told = typeof query.done === "string" ? news[query.done] : undefined;
  const add = <LinkButton href={"/account/addresses/new" as Route}>Add an address</LinkButton>;
  return (
    <>
      {told && (
        <Notice tone="success" className="mb-8">
          {told}
        </Notice>
      )}
      {addresses.length === 0 ? (
        <EmptyState level={1} title="No addresses yet" action={add}>
          <p>An address that is kept here fills the checkout for you.</p>
        </EmptyState>
      ) : (
        <>
          <div className="flex flex-wrap items-center justify-between gap-4">
            <h1 className="text-xl">Addresses</h1>
            {add}
          </div>
          <ul className="mt-8 grid gap-x-8 gap-y-10 sm:grid-cols-2">
            {addresses.map((address) => (
              <AddressCard key={address.id} address={address} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}
