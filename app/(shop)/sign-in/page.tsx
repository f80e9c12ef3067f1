import type { Metadata, Route } from "next";
import { redirect } from "next/navigation";
import { Door } from "@/components/accounts/door";
import { ProviderButtons } from "@/components/accounts/provider-buttons";
import { SignInForm } from "@/components/accounts/sign-in-form";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { oauthProviders } from "@/lib/auth-providers";
import { readTypedEmail } from "@/lib/cookies";
import { safeCallback } from "@/lib/domain/accounts";
import { ShopError } from "@/lib/domain/errors";
import { getShopper, getWaiting } from "@/lib/session";

export const instant = false;
export const metadata: Metadata = { title: "Sign in", robots: { index: false } };

type Query = Record<string, string | string[] | undefined>;

export default async function SignInPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [shopper, query] = await Promise.all([getShopper(), searchParams]);
  const callbackUrl = safeCallback(query.callbackUrl);
  if (shopper.kind !== "guest") redirect(callbackUrl as Route);
  // The first step was made, by whatever way; the second is missing.
  if (await getWaiting()) redirect(`/sign-in/code?callbackUrl=${encodeURIComponent(callbackUrl)}` as Route);
  const isNew = query.new !== undefined;
  const email = isNew ? await readTypedEmail() : undefined;
  return (
    <Door title="Sign in">
      {isNew && (
        <Notice tone="success" title="One more step: sign in." className="mb-8">
          {email ?? "This address"} has an account now. If it had one already, its password is unchanged.
        </Notice>
      )}
      {query.gone !== undefined && (
        <Notice tone="success" title="Your account is deleted." className="mb-8">
          You are signed out everywhere. You are welcome back, as a guest or with a new account.
        </Notice>
      )}
      {query.reset !== undefined && (
        <Notice tone="success" title="The new password is set." className="mb-8">
          Sign in with it.
        </Notice>
      )}
      {query.error && (
        <Notice tone="error" title="That did not work." className="mb-8">
          {query.error === "unproved_email"
            ? new ShopError("unproved_email", {}).message
            : "Nothing was changed. Please try again, or another way."}
        </Notice>
      )}
      <SignInForm callbackUrl={callbackUrl} email={email} />
      <p className="mt-5">
        <Link className="link" href={"/forgot-password" as Route}>
          Forgot your password?
        </Link>
      </p>
      <ProviderButtons providers={oauthProviders()} callbackUrl={callbackUrl} />
      <p className="mt-8 border-t pt-6">
        New here?{" "}
        <Link className="link" href={`/sign-up?callbackUrl=${encodeURIComponent(callbackUrl)}` as Route}>
          Create an account
        </Link>
        . Buying works without one.
      </p>
    </Door>
  );
}
