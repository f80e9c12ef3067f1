/** What an attacker sends instead of a form, to every action and every route handler of the code. Over HTTP, no browser. */
import { expect, test } from "@playwright/test";
import { voteInput } from "@/lib/domain/reviews";
import { actions } from "./authorisation/deeds";
import { listRoutes } from "./authorisation/listing";
import { doorOf, newPerson, signInAs } from "./authorisation/person";
import { routes } from "./authorisation/places";
import { base, post, someAddress } from "./authorisation/sending";
import { openWorld } from "./authorisation/world";

test.describe.configure({ mode: "default", timeout: 240_000 });

const EVIL = "https://evil.example";
/** How a browser on another site, or no browser at all, sends a form: nothing in it can be set by the other site. */
const HOSTILE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "without an origin": { origin: "" },
  "from a sandboxed frame": { origin: "null" },
  "from another site": { origin: EVIL, "sec-fetch-site": "cross-site" },
  "with forged headers of a proxy": {
    origin: EVIL,
    "x-forwarded-host": "evil.example",
    "x-forwarded-proto": "https",
    forwarded: "host=evil.example;proto=https",
  },
  "with a forged host": { origin: EVIL, host: "evil.example" },
};

/** Called by machines from anywhere: they ask for a signature, a secret or a key, which is what they refuse here. */
const MACHINES = [
  "POST /api/alerts/stop",
  "POST /api/cache/expire",
  "POST /api/cart/unsubscribe",
  "POST /api/stripe/webhook",
];
/** Forms of the back office that are no actions, and where they lead when nothing but their file is missing. */
const UPLOADS = {
  "POST /api/import": "/admin/import?problem=",
  "POST /api/stock/count": "/admin/stock/count?problem=",
};

test("no action and no route handler takes a form that is not from a page of the shop", async () => {
  const { world, cookies } = await openWorld();
  const wrong: string[] = [];
  const sendTo = (route: string, headers: Readonly<Record<string, string>>) => {
    const [method, pattern = ""] = route.split(" ");
    const line = routes[route];
    const address = typeof line === "object" && "address" in line ? line.address(world) : pattern;
    return fetch(base + address, {
      method,
      redirect: "manual",
      body: new URLSearchParams({ typed: "x" }),
      headers: { cookie: cookies.admin, "x-forwarded-for": someAddress(), ...headers },
    });
  };
  for (const [how, headers] of Object.entries(HOSTILE)) {
    for (const [name, deed] of Object.entries(actions)) {
      const answer = await post(doorOf(name), deed.to?.(world) ?? {}, { cookie: cookies.admin, headers });
      const text = await answer.text();
      if (answer.status !== 403 || !text.includes("nothing was done"))
        wrong.push(`${name} ${how}: ${answer.status} ${text.slice(0, 80)}`);
    }
    for (const route of listRoutes().filter((line) => !/^(?:GET|HEAD) /.test(line))) {
      const answer = await sendTo(route, headers);
      const text = await answer.text();
      const right = MACHINES.includes(route)
        ? [400, 403, 404].includes(answer.status)
        : answer.status === 403 && text.includes("nothing was done");
      if (!right) wrong.push(`${route} ${how}: ${answer.status} ${text.slice(0, 80)}`);
    }
  }
  expect(wrong).toEqual([]);
  // The same from a page of the shop gets past the door and reads what was sent. (Actions: authorisation.spec.ts.)
  for (const [route, to] of Object.entries(UPLOADS)) {
    const answer = await sendTo(route, { origin: base });
    expect(answer.status, route).toBe(303);
    expect(answer.headers.get("location"), route).toContain(to);
  }
});

/** Addresses that some browser, some time, read as one of another site, or that end a header. */
const ELSEWHERE = [
  ...["//evil.example", "///evil.example", "////evil.example/%2f..", "/\\evil.example", "\\\\evil.example"],
  ...[
    "\\/evil.example",
    "/\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r/evil.example",
    "\t//evil.example",
  ],
  ...["/%09/evil.example", "/%5cevil.example", "/%2f/evil.example", "/.//evil.example", "/..//evil.example"],
  ...[
    "/./\\evil.example",
    "/account/../..//evil.example",
    "/;@evil.example",
    "/@evil.example/..//evil.example",
  ],
  ...[
    "https://evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:\\\\evil.example",
    "HTTPS://EVIL.EXAMPLE",
  ],
  ...[
    "http://evil.example",
    "ftp://evil.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
  ],
  ...[
    "\u0001javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox",
    "file:///etc/passwd",
  ],
  ...["//evil.example\\@localhost", "//localhost@evil.example", "https://localhost:3000@evil.example"],
  ...["http://localhost.evil.example", "evil.example", "@evil.example", ".evil.example", "//evil。example"],
  ...[
    "/\u0000/evil.example",
    "/\u200b/evil.example",
    "/\u202e/evil.example",
    "/%0d%0aLocation:%20https://evil.example",
  ],
  ...[
    "/\r\nLocation: https://evil.example",
    "?callbackUrl=//evil.example",
    "#//evil.example",
    "//[::1]@evil.example",
  ],
];

test(`no return address leads to another site, in any of ${ELSEWHERE.length} forms`, async () => {
  const { email, cookie } = await newPerson();
  const wrong: string[] = [];
  const own = new URL(base).origin;
  const check = (where: string, asked: string, to: string | null) => {
    if (to === null) return;
    // Auth.js names itself in full.
    const led = new URL(to, base);
    if (led.origin !== own || /[\r\n\\]/.test(to) || to.startsWith("//"))
      wrong.push(`${where} ${JSON.stringify(asked)}: ${to}`);
  };
  for (const asked of ELSEWHERE) {
    const query = `callbackUrl=${encodeURIComponent(asked)}`;
    for (const path of [
      "/sign-in",
      "/sign-up",
      "/sign-in/code",
      "/api/auth/signin",
      "/api/auth/signout",
      "/api/auth/error",
    ]) {
      const answer = await fetch(`${base}${path}?${query}&next=${encodeURIComponent(asked)}`, {
        redirect: "manual",
        headers: { cookie, "x-forwarded-for": someAddress() },
      });
      check(path, asked, answer.headers.get("location"));
      if (answer.headers.has("evil") || answer.status >= 500)
        wrong.push(`${path} ${asked}: ${answer.status}`);
    }
    const { answer } = await signInAs(email, { callbackUrl: asked });
    check("signIn", asked, (answer.headers.get("x-action-redirect") ?? "").replace(/;(?:push|replace)$/, ""));
    // Where one is led without a session keeps the address for later: it must be a harmless one by then.
    const person = { name: "Nell", email, password: "four plumb words of mine" };
    for (const [name, typed] of [
      ["accounts.ts#signUp", person],
      ["second-factor.ts#giveSecondFactor", { code: "000000" }],
    ] as const) {
      const fields = { ...typed, callbackUrl: asked };
      const led = (await post(doorOf(name), fields)).headers.get("x-action-redirect") ?? "";
      check(name, asked, led.replace(/;(?:push|replace)$/, ""));
      const kept = new URL(led.replace(/;(?:push|replace)$/, ""), base).searchParams.get("callbackUrl");
      check(`kept by ${name}`, asked, kept);
    }
    check("voteReview", asked, voteInput.shape.back.parse(asked));
  }
  expect(wrong).toEqual([]);
});
