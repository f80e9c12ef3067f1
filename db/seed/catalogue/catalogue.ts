/** The whole demo catalogue in one place: what the seed inserts. Pure data, the same on every machine. */
import { categories } from "./categories";
import { customers, owners, reviewers } from "./people";
import { products } from "./products";
import { replyTo, reviewsFor, spareReviewsFor } from "./reviews";

export { categories, customers, owners, products, replyTo, reviewers, reviewsFor, spareReviewsFor };
