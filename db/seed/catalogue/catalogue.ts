/** The whole demo catalogue in one place: what the seed inserts. Pure data, the same on every machine. */
import { categories } from "./categories";
import { customers, owners, reviewers } from "./people";
import { products } from "./products";
import { reviewsFor } from "./reviews";

export { categories, customers, owners, products, reviewers, reviewsFor };
