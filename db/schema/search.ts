/** Search: what is searched instead of the products themselves, the words it knows, and what was asked. */
import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  customType,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { products } from "./catalog";
import { createdAt, id, moment, money } from "./columns";

const tsvector = customType<{ data: string }>({ dataType: () => "tsvector" });
/** Compared byte by byte: all stems that begin with the same letters lie together. */
const stem = customType<{ data: string }>({ dataType: () => 'text COLLATE "C"' });
const xid8 = customType<{ data: string }>({ dataType: () => "xid8" });

/**
 * One narrow row for each active product: all that narrowing down and ordering need, and no text, so that thousands of
 * them are few pages. Kept by triggers when the transaction that changed the product commits (`refresh_search`).
 */
export const searchProducts = pgTable(
  "search_products",
  {
    productId: uuid()
      .primaryKey()
      .references(() => products.id, { onDelete: "cascade" }),
    /** What hits call it by: shorter than its id. */
    number: integer().generatedByDefaultAsIdentity().unique("search_products_number_key"),
    categoryId: uuid().notNull(),
    ownerId: uuid().notNull(),
    publishedAt: moment().notNull(),
    isFeatured: boolean().notNull(),
    priceFrom: money(),
    priceTo: money(),
    /** Units sold in the last 90 days. */
    sold: integer().notNull(),
    /** Thousandths of a star: the average of the reviews as if five more people had given three and a half. */
    score: integer().notNull(),
    /** Tenths of a star on average; 0 without a review. */
    stars: smallint().notNull(),
    isInStock: boolean().notNull(),
    isOnSale: boolean().notNull(),
    /** How many words the name has: a name that was typed in full comes first. */
    nameWords: smallint().notNull(),
    /** Values of the options of its active variants (search_values). */
    valueIds: integer().array().notNull(),
  },
  (t) => [index("search_products_category_idx").on(t.categoryId)],
);

/** The words of each active product, for searches of several words: which products have them all, and where. */
export const searchDocuments = pgTable(
  "search_documents",
  {
    /** Of search_products; a trigger removes what is left behind. */
    number: integer().primaryKey(),
    /** What the order of hits looks at: name A, tags and option values B, category C. */
    head: tsvector().notNull(),
    /** What is found: the head, SKUs, subtitle and description. */
    words: tsvector().notNull(),
  },
  (t) => [index("search_documents_words_idx").using("gin", t.words).with({ fastupdate: false })],
);

/**
 * One entry for each word of each active product, for searches of one word: the index alone counts them and gives the
 * best ones first. Entries of a product are rewritten only where its words change.
 */
export const searchHits = pgTable(
  "search_hits",
  {
    /** Of search_products; a trigger removes what is left behind, a foreign key would cost as much as the entry. */
    number: integer().notNull(),
    stem: stem().notNull(),
    /** In which part of the product the word stands (`search_hits_of`); 4 or more: it is the whole name. */
    rank: smallint().notNull(),
    /** As in search_products. */
    sold: integer().notNull(),
  },
  (t) => [
    // Read backwards: the best ones first.
    primaryKey({ columns: [t.stem, t.rank, t.sold, t.number] }),
    index("search_hits_number_idx").on(t.number),
  ],
);

/** An option's value as filters know it: "Colour: Cobalt" is one, on however many products. Never removed. */
export const searchValues = pgTable(
  "search_values",
  {
    id: integer().primaryKey().generatedAlwaysAsIdentity(),
    name: text().notNull(),
    value: text().notNull(),
    swatch: text(),
  },
  (t) => [uniqueIndex("search_values_key").on(sql`lower(${t.name})`, sql`lower(${t.value})`)],
);

/** Every word of the active products, to finish and to correct what is typed. Counted anew every night. */
export const searchWords = pgTable(
  "search_words",
  {
    word: text().primaryKey(),
    /** As full text knows it; null for words that it leaves out ("the"). */
    stem: text(),
    /** Products that have it. */
    uses: integer().notNull().default(1),
    /** Stands in a name, tag, option or category: worth suggesting. */
    isHead: boolean().notNull().default(false),
    /** The word and what is left of it without one letter: two words that share one differ in about a letter. */
    near: text().array().notNull(),
  },
  (t) => [
    index("search_words_prefix_idx").on(t.word.op("text_pattern_ops")),
    index("search_words_stem_idx").on(t.stem),
    // By shortened forms, and by letters in threes.
    index("search_words_near_idx")
      .using("gin", t.near, t.word.op("gin_trgm_ops"))
      .with({ fastupdate: false }),
  ],
);

/** Products whose search row is made anew when the transaction commits; empty in between. */
export const searchQueue = pgTable(
  "search_queue",
  {
    transaction: xid8().notNull(),
    productId: uuid().notNull(),
  },
  (t) => [primaryKey({ columns: [t.transaction, t.productId] })],
);

/** Words that mean the same to a searcher. */
export const synonyms = pgTable(
  "synonyms",
  {
    id: id(),
    terms: text().array().notNull(),
    version: integer().notNull().default(1),
    createdAt: createdAt(),
  },
  (t) => [check("synonyms_several", sql`cardinality(${t.terms}) >= 2`)],
);

/** What was searched and how much was found; append-only, partitioned by month. */
export const searchLog = pgTable(
  "search_log",
  {
    id: uuid().notNull(),
    query: text().notNull(),
    results: integer().notNull(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.id, t.createdAt] }), index("search_log_query_idx").on(t.query)],
);

/** Searches that several people made in the last 30 days and that found something: what is suggested. */
export const searchQueries = pgTable(
  "search_queries",
  {
    query: text().primaryKey(),
    times: integer().notNull(),
    results: integer().notNull(),
  },
  (t) => [index("search_queries_prefix_idx").on(t.query.op("text_pattern_ops"))],
);
