/** Every campaign by name, loaded once the settings stand: what it imports reads them. */
import { testSettings } from "@/db/testing/settings";
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
  return { ...testSettings(databaseUrl, dataDir), DATABASE_POOL: "30" };
}
