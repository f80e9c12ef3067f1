/** A customer of one test alone, who signed up and in by the shop's own forms. */
import { randomUUID } from "node:crypto";
import { type Door, post, readManifest } from "./sending";

export const PASSWORD = "four plumb words of mine";

const doors = readManifest();

/** The door of an action, by file and name ("cart.ts#addToCart"). */
export function doorOf(name: string): Door {
  const door = doors.get(name);
  if (!door) throw new Error(`${name} is not in the build`);
  return door;
}

/** The cookies of an answer over those that were there before, as a header. */
export function withCookies(before: string, answer: Response): string {
  const jar = new Map(before.split("; ").filter(Boolean).map(pairOf));
  for (const line of answer.headers.getSetCookie()) {
    const [name, value] = pairOf(line.split(";", 1)[0] ?? "");
    if (value) jar.set(name, value);
    else jar.delete(name);
  }
  return [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
}

const pairOf = (pair: string): [string, string] => {
  const at = pair.indexOf("=");
  return [pair.slice(0, at), pair.slice(at + 1)];
};

/** Signs in; answers what was answered and the cookies that stay. */
export async function signInAs(
  email: string,
  {
    cookie = "",
    password = PASSWORD,
    from,
    callbackUrl = "/account",
  }: { cookie?: string; password?: string; from?: string; callbackUrl?: string } = {},
): Promise<{ answer: Response; cookie: string }> {
  const headers: Record<string, string> = from ? { "x-forwarded-for": from } : {};
  const answer = await post(
    doorOf("accounts.ts#signIn"),
    { email, password, callbackUrl },
    { cookie, headers },
  );
  return { answer, cookie: withCookies(cookie, answer) };
}

/** Opens an account and signs in. */
export async function newPerson(): Promise<{ email: string; cookie: string }> {
  const email = `person-${randomUUID()}@example.com`;
  await post(doorOf("accounts.ts#signUp"), { name: "Nell Plain", email, password: PASSWORD });
  const { cookie } = await signInAs(email);
  return { email, cookie };
}

/** What a hidden field of a page holds. */
export const fieldOf = (html: string, name: string): string =>
  new RegExp(`<input[^>]*name="${name}"[^>]*>`).exec(html)?.[0]?.match(/value="([^"]*)"/)?.[1] ?? "";
