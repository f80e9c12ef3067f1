import type { Metadata } from "next";
import { AddressForm } from "@/components/accounts/address-form";
import { getProfile } from "@/lib/queries/accounts";
import { listAddresses } from "@/lib/queries/addresses";
import { requireUser } from "@/lib/session";

export const instant = false;
export const metadata: Metadata = { title: "Add an address", robots: { index: false } };

export default async function NewAddressPage() {
  const user = await requireUser("/account/addresses/new");
  const [{ name }, [first]] = await Promise.all([getProfile(user), listAddresses(user)]);
  return (
    <>
      <h1 className="mb-8 text-xl">Add an address</h1>
      <AddressForm name={name} country={first?.country} />
    </>
  );
}
