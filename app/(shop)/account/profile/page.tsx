import type { Metadata } from "next";
import { PasswordForm, ProfileForm } from "@/components/accounts/profile-forms";
import { SecondFactorPanel } from "@/components/accounts/second-factor";
import { SessionList } from "@/components/accounts/session-list";
import { Notice } from "@/components/ui/notice";
import { getProfile, listSessions } from "@/lib/queries/accounts";
import { getSecondFactor } from "@/lib/queries/second-factor";
import { getStore } from "@/lib/queries/settings";
import { getSession, requireUser } from "@/lib/session";

export const instant = false;
export const metadata: Metadata = { title: "Profile and security", robots: { index: false } };

const news: Readonly<Record<string, string>> = {
  profile: "Your details are saved.",
  password: "The password is changed and all other devices are signed out.",
  session: "That device is signed out.",
  sessions: "All other devices are signed out.",
  "factor-off": "The second factor is off.",
};

type Query = Record<string, string | string[] | undefined>;

export default async function ProfilePage({ searchParams }: { searchParams: Promise<Query> }) {
  const [user, current, query] = await Promise.all([
    requireUser("/account/profile"),
    getSession(),
    searchParams,
  ]);
  const store = await getStore();
  const [profile, sessions, factor] = await Promise.all([
    getProfile(user),
    listSessions(user),
    getSecondFactor(user, store.name),
  ]);
  const told = typeof query.done === "string" ? news[query.done] : undefined;
  return (
    <>
      <h1 className="text-xl">Profile and security</h1>
      {told && (
        <Notice tone="success" className="mt-8">
          {told}
        </Notice>
      )}
      <section aria-labelledby="details" className="mt-10">
        <h2 id="details" className="text-l">
          Your details
        </h2>
        <p className="mt-1 mb-6 text-quiet">
          You sign in as {profile.email}. Reviews show you as {profile.username}.
        </p>
        <ProfileForm name={profile.name} phone={profile.phone} />
      </section>
      {profile.hasPassword && (
        <section aria-labelledby="password-title" className="mt-14 border-t pt-8">
          <h2 id="password-title" className="mb-6 text-l">
            Password
          </h2>
          <PasswordForm email={profile.email} />
        </section>
      )}
      {factor && (
        <section
          id="second-factor"
          aria-labelledby="factor-title"
          className="mt-14 max-w-form scroll-mt-20 border-t pt-8"
        >
          <h2 id="factor-title" className="mb-4 text-l">
            Second factor
          </h2>
          <SecondFactorPanel factor={factor} isAsked={current?.needsFactor ?? false} />
        </section>
      )}
      <section aria-labelledby="devices" className="mt-14 max-w-form border-t pt-8">
        <h2 id="devices" className="mb-6 text-l">
          Signed in on
        </h2>
        <SessionList sessions={sessions} currentId={current?.sessionId} timeZone={store.timeZone} />
      </section>
    </>
  );
}
