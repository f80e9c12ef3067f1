/** The accounts elsewhere that one can sign in with, Google and GitHub: which are set up, and what of their answers is believed. */
import { customFetch } from "next-auth";
import GitHub, { type GitHubProfile } from "next-auth/providers/github";
import Google from "next-auth/providers/google";

type Id = "google" | "github";

/** Which providers are set up, for the buttons of the sign-in page. */
export function oauthProviders(): { id: Id; name: string }[] {
  return [
    ...(hasKeys("GOOGLE") ? [{ id: "google", name: "Google" } as const] : []),
    ...(hasKeys("GITHUB") ? [{ id: "github", name: "GitHub" } as const] : []),
  ];
}

/** The same for Auth.js. */
export const oauthWays = () =>
  oauthProviders().map(({ id }) => (id === "google" ? Google(COMMON) : github()));

function hasKeys(name: "GOOGLE" | "GITHUB"): boolean {
  return Boolean(process.env[`AUTH_${name}_ID`] && process.env[`AUTH_${name}_SECRET`]);
}

// Auth.js waits for ever by itself.
const bounded: typeof fetch = (input, init) => fetch(input, { ...init, signal: AbortSignal.timeout(10_000) });

const COMMON = {
  // Auth.js asks for PKCE alone. A provider that takes a verifier nobody asked for would let a stranger sign somebody
  // in to the stranger's account.
  checks: ["pkce" as const, "state" as const],
  [customFetch]: bounded,
};

const GITHUB_API = "https://api.github.com";

/** Auth.js takes an address of GitHub's for confirmed, whichever it is; GitHub's list of addresses says what is so. */
const github = () =>
  GitHub({
    ...COMMON,
    userinfo: {
      url: `${GITHUB_API}/user`,
      async request({ tokens }: { tokens: { access_token?: string } }) {
        const ask = async (path: string) => {
          const answer = await bounded(GITHUB_API + path, {
            headers: {
              authorization: `Bearer ${tokens.access_token}`,
              accept: "application/vnd.github+json",
              "user-agent": "tallystick",
            },
          });
          if (!answer.ok) throw new Error(`GitHub answered ${answer.status} to ${path}`);
          return answer.json();
        };
        const [profile, addresses] = await Promise.all([ask("/user"), ask("/user/emails")]);
        const primary = (addresses as readonly Address[]).find((each) => each.primary);
        return {
          ...(profile as GitHubProfile),
          email: primary?.email ?? null,
          email_verified: primary?.verified === true,
        };
      },
    },
  });

interface Address {
  readonly email: string;
  readonly primary: boolean;
  readonly verified: boolean;
}
