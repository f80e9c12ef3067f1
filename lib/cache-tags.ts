/** The names under which cached pages and reads can be expired: one per product and per category, never one for all. */

const NAME = /^(?:home|categories|store|content|(?:product|category|owner):[A-Za-z0-9_-]{1,80})$/;

/** A cache tag that one of the functions here made. */
export type CacheTag = string & { readonly __tag: "cache" };

const tag = (name: string): CacheTag => name as CacheTag;

/** Everything shown of one product: its page, its variants' pages, its card in lists. */
export const productTag = (productId: string): CacheTag => tag(`product:${productId}`);

/** The list of one category: which products stand in it, and in which order. */
export const categoryTag = (categoryId: string): CacheTag => tag(`category:${categoryId}`);

/** What is shown of an owner's shop: its name and its line of text. */
export const ownerTag = (ownerId: string): CacheTag => tag(`owner:${ownerId}`);

/** The tree of categories, as navigation and breadcrumbs show it. */
export const CATEGORIES_TAG = tag("categories");

/** Which products the bands of the front page show. */
export const HOME_TAG = tag("home");

/** The store's settings: name, shipping promise, contact. */
export const STORE_TAG = tag("store");

/** Pages of text that an admin wrote. */
export const CONTENT_TAG = tag("content");

/** Whether a text from outside names one of our tags. */
export const isCacheTag = (name: string): name is CacheTag => NAME.test(name);
