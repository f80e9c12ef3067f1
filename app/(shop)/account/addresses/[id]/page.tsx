import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AddressForm } from "@/components/accounts/address-form";
import { getAddress } from "@/lib/queries/addresses";
import { requireUser } from "@/lib/session";

export const instant = false;
export const metadata: Metadata = { title: "Edit address", robots: { index: false } };

export default async function EditAddressPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const user = await requireUser(`/account/addresses/${id}`);
  const address = await getAddress(user, id);
  if (!address) notFound();
  return (
    <>
      <h1 className="mb-8 text-xl">Edit address</h1>
      <AddressForm address={address} />
    </>
  );
}
