// Who may import whom. The reasons stand in docs; `import type` is free unless a rule says otherwise.
const TESTS = "\\.test\\.tsx?$|^e2e/|^db/testing/|^db/cast[a-z-]*\\.ts$";
const TOOLS = `${TESTS}|^db/seed/|^scripts/|^bench/`;
const PACKAGES = (...names) => `^node_modules/(${names.join("|")})/`;
const COUNTRY_DATA = [
  "country-region-data",
  "libphonenumber-js",
  "localized-address-format",
  "postcode-validator",
];
const OURS = "^(app|bench|components|db|e2e|lib|scripts)/|^[a-z-]+\\.(ts|tsx|mjs)$";

const value = { dependencyTypesNot: ["type-only"] };
const never = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

// checkout > payments > … > audit: a service calls only to the right; anything leftwards is a job.
const STAIRS = [
  ["checkout"],
  ["payments"],
  ["returns", "payouts"],
  ["orders"],
  ["cart", "discounts"],
  ["shipping", "tax"],
  ["inventory"],
  ["ledger"],
  ["notifications", "audit"],
];
const service = (names) => `^lib/services/(${names.join("|")})(\\.ts$|/)`;

module.exports = {
  forbidden: [
    never(
      "db-stands-alone",
      "db imports nothing of ours",
      { path: "^db/", pathNot: TOOLS },
      { path: OURS, pathNot: "^db/" },
    ),
    never(
      "domain-is-pure",
      "lib/domain imports itself, zod and plain data about countries, so that it runs anywhere and does no I/O",
      { path: "^lib/domain/", pathNot: TESTS },
      { pathNot: `^lib/domain/|${PACKAGES("zod", ...COUNTRY_DATA)}`, ...value },
    ),
    never(
      "actors-are-minted-at-the-doors",
      "who acts is decided where a session, a webhook or a job enters, nowhere else",
      { path: OURS, pathNot: `^lib/(session|system)\\.ts$|${TOOLS}` },
      { path: "^lib/domain/mint\\.ts$" },
    ),
    never(
      "below-the-web",
      "services, gateway, jobs and mail also run from webhooks, jobs, seeds and scripts: no next, no session, no cached reads",
      { path: "^lib/(services|gateway|jobs|mail)/", pathNot: TESTS },
      {
        path: `${PACKAGES("next", "next-auth")}|^lib/(queries|actions)/|^lib/(session|action|auth)\\.ts$|^(app|components)/`,
        ...value,
      },
    ),
    never(
      "no-react-below",
      "only mail templates are written in React",
      { path: "^lib/(services|gateway|jobs)/", pathNot: TESTS },
      { path: PACKAGES("react", "react-dom"), ...value },
    ),
    never(
      "one-link",
      "links are components/ui/link.tsx: plain HTML, which no page has to take over one by one",
      { path: "^(app|components)/" },
      { path: "^node_modules/next/link\\." },
    ),
    never(
      "components-only-draw",
      "components get props and submit actions; they fetch nothing",
      { path: "^components/", pathNot: TESTS },
      {
        path: "^(app|db)/|^lib/(queries|services|gateway|jobs|mail)/|^lib/(session|auth|system)\\.ts$",
        ...value,
      },
    ),
    never(
      "no-database-above",
      "app, components and actions never talk to the database",
      { path: "^(app|components|lib/actions)/", pathNot: TESTS },
      { path: `^db/|${PACKAGES("drizzle-orm", "postgres")}`, ...value },
    ),
    never(
      "pages-read-through-queries",
      "only route handlers may call services or the gateway",
      { path: "^app/", pathNot: `(^|/)route\\.ts$|^app/api/|${TESTS}` },
      { path: "^lib/(services|gateway|jobs|mail)/", ...value },
    ),
    never(
      "ui-knows-no-shop",
      "components/ui imports only itself and packages",
      { path: "^components/ui/", pathNot: TESTS },
      { path: OURS, pathNot: "^components/ui/", ...value },
    ),
    never(
      "actions-call-services",
      "an action authorises, parses, and makes one service call",
      { path: "^lib/actions/", pathNot: TESTS },
      { path: "^(app|components)/|^lib/(queries|gateway|jobs|mail)/", ...value },
    ),
    never(
      "queries-only-read",
      "a query reads the database and nothing else",
      { path: "^lib/queries/", pathNot: TESTS },
      {
        path: "^(app|components)/|^lib/(actions|services|gateway|jobs)/|^lib/mail/transport\\.ts$",
        ...value,
      },
    ),
    never(
      "few-know-the-database",
      "in lib only services, queries, jobs, and the files for queue, auth, health and failures import db",
      {
        path: "^lib/",
        pathNot: `^lib/(services|queries|jobs)/|^lib/(queue|auth|health|failures)(\\.ts$|/)|${TESTS}`,
      },
      { path: `^db/|${PACKAGES("drizzle-orm", "postgres")}`, ...value },
    ),
    never(
      "jobs-belong-to-the-worker",
      "handlers are reached through the queue, never called",
      { pathNot: `^lib/jobs/|^instrumentation\\.ts$|${TOOLS}` },
      { path: "^lib/jobs/", ...value },
    ),
    never(
      "system-acts-behind-doors",
      "the System actor is for route handlers, jobs, scripts, seeds and tests",
      { pathNot: `(^|/)route\\.ts$|^app/api/|^lib/jobs/|${TOOLS}` },
      { path: "^lib/system\\.ts$", ...value },
    ),
    never(
      "sandbox-is-another-company",
      "the payment sandbox imports nothing of ours, not even types",
      { path: "^lib/gateway/sandbox/", pathNot: TESTS },
      { path: OURS, pathNot: "^lib/gateway/sandbox/" },
    ),
    never(
      "nobody-imports-the-sandbox",
      "the shop knows the sandbox as a server, over HTTP",
      { pathNot: `^lib/gateway/sandbox/|${TOOLS}` },
      { path: "^lib/gateway/sandbox/" },
    ),
    ...STAIRS.slice(1).map((names, i) =>
      never(
        `staircase-${names.join("-")}`,
        "services call only to the right on the staircase; leftwards goes through a job",
        { path: service(names), pathNot: TESTS },
        { path: service(STAIRS.slice(0, i + 1).flat()), ...value },
      ),
    ),
    never("no-circles", "a circle, of types too, has no first file to understand", {}, { circular: true }),
    never("no-tests-inside", "code never imports tests", { pathNot: TOOLS }, { path: `${TESTS}|^bench/` }),
    never("resolvable", "an import must lead somewhere", {}, { couldNotResolve: true }),
  ],
};
