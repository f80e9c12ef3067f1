import type { Metadata, Route } from "next";
import { Door } from "@/components/accounts/door";
import { ResetForm } from "@/components/accounts/proof-forms";
import { LinkButton } from "@/components/ui/button";

export const instant = false;
// The address holds a secret: no other site may learn it. (With none at all the form would lose its origin.)
export const metadata: Metadata = {
  title: "New password",
  robots: { index: false },
  referrer: "same-origin",
};

type Query = Record<string, string | string[] | undefined>;

export default async function ResetPasswordPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { token } = await searchParams;
  if (typeof token !== "string" || !token)
    return (
      <Door title="This link is not whole." intro="Open it again from the mail, or ask for a new one.">
        <LinkButton href={"/forgot-password" as Route}>Ask for a new link</LinkButton>
      </Door>
    );
  return (
    <Door title="Choose a new password" intro="You are signed out everywhere and sign in again with it.">
      <ResetForm token={token} />
    </Door>
  );
}
