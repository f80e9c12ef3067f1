/** What the gateway does not know (its keys were changed, its test data was cleared) cannot be paid and cannot block. */
import { GatewayRefusal } from "@/lib/gateway/failures";

/** The answer, or null where the gateway has no such object; anything else is thrown on. */
export async function unlessGone<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof GatewayRefusal && error.code === "resource_missing") return null;
    throw error;
  }
}
