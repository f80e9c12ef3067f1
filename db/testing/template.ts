/** The migrated database that every test file's own one is copied from. */
export const TEMPLATE = "shop_template";
