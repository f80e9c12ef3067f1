/** What stands in the environment of a shop that only tests and campaigns see. */

/** The settings for a database and a folder for files. */
export function testSettings(databaseUrl: string, dataDir: string): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl,
    DATA_DIR: dataDir,
    SITE_URL: "http://localhost:3000",
    AUTH_SECRET: "only-for-tests-0123456789-0123456789",
    INTERNAL_SECRET: "only-for-tests-internal",
    STRIPE_SECRET_KEY: "sk_test_only_for_tests",
    STRIPE_PUBLISHABLE_KEY: "pk_test_only_for_tests",
    STRIPE_WEBHOOK_SECRET: "whsec_only_for_tests",
    WORKER: "off",
    LOG_LEVEL: "error",
  };
}
