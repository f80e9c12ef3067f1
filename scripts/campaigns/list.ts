/** Every campaign by name, loaded once the settings stand: what it imports reads them. */
import type { Campaign } from "./ground";

export const CAMPAIGNS = {
  races: async (): Promise<Campaign> => (await import("./races")).races,
  kill: async (): Promise<Campaign> => (await import("./kill")).kill,
  postgres: async (): Promise<Campaign> => (await import("./postgres")).postgresDies,
  webhooks: async (): Promise<Campaign> => (await import("./webhooks")).webhooks,
  gateway: async (): Promise<Campaign> => (await import("./gateway")).gatewayFails,
  clock: async (): Promise<Campaign> => (await import("./clock")).clock,
  instances: async (): Promise<Campaign> => (await import("./instances")).instances,
  model: async (): Promise<Campaign> => (await import("./model")).model,
};

/** The environment of a shop that only a campaign sees. */
export function campaignSettings(databaseUrl: string, dataDir: string): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl,
    DATABASE_POOL: "30",
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
