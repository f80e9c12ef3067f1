/** The password of everybody who can sign in to the demo. */
export const DEMO_PASSWORD = "moire-demo-shop-2026";
