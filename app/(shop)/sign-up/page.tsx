import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { Door } from "@/components/accounts/door";
import { ProviderButtons } from "@/components/accounts/provider-buttons";
import { SignUpForm } from "@/components/accounts/sign-up-form";
import { Link } from "@/components/ui/link";
import { oauthProviders } from "@/lib/auth-providers";
import { safeCallback } from "@/lib/domain/accounts";
import { getShopper } from "@/lib/session";

export const instant = false;
export const metadata: Metadata = { title: "Create an account", robots: { index: false } };

type Query = Record<string, string | string[] | undefined>;

export default async function SignUpPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [shopper, query] = await Promise.all([getShopper(), searchParams]);
  const callbackUrl = safeCallback(query.callbackUrl);
  if (shopper.kind !== "guest") redirect(callbackUrl as Route);
  return (
    <Door
      title="Create an account"
      intro="It keeps your orders, addresses and wishlist, on every device you sign in on."
    >
      <SignUpForm callbackUrl={callbackUrl} />
      <ProviderButtons providers={oauthProviders()} callbackUrl={callbackUrl} />
      <p className="mt-8 border-t pt-6">
        Been here before?{" "}
        <Link className="link" href={`/sign-in?callbackUrl=${encodeURIComponent(callbackUrl)}` as Route}>
          Sign in
        </Link>
        .
      </p>
    </Door>
  );
}
