import type { Metadata } from "next";
import { Door } from "@/components/accounts/door";
import { ForgotForm } from "@/components/accounts/proof-forms";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";

export const instant = false;
export const metadata: Metadata = { title: "Forgot password", robots: { index: false } };

type Query = Record<string, string | string[] | undefined>;

export default async function ForgotPasswordPage({ searchParams }: { searchParams: Promise<Query> }) {
  const { sent } = await searchParams;
  return (
    <Door title="Forgot your password?" intro="We send a link to your address. It works once, for an hour.">
      {sent !== undefined && (
        <Notice tone="success" title="Look into your mailbox." className="mb-8">
          If the address has an account, a link is on its way to it.
        </Notice>
      )}
      <ForgotForm />
      <p className="mt-8 border-t pt-6">
        It came back to you?{" "}
        <Link className="link" href="/sign-in">
          Sign in
        </Link>
        .
      </p>
    </Door>
  );
}
