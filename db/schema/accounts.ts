/** Accounts: users, how they sign in, their sessions, and the owners who sell. */
import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, id, moment, now, ppm, updatedAt } from "./columns";

export const userRole = pgEnum("user_role", ["customer", "owner", "admin"]);

/** Membership tiers are data: a name and its benefit (a discount may be limited to a tier). */
export const membershipTiers = pgTable(
  "membership_tiers",
  {
    id: id(),
    code: text().notNull().unique(),
    name: text().notNull(),
    benefit: text().notNull().default(""),
    position: integer().notNull().default(0),
    version: integer().notNull().default(1),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("membership_tiers_name_key").on(sql`lower(${t.name})`)],
);

export const users = pgTable(
  "users",
  {
    id: id(),
    email: text().notNull(),
    username: text().notNull(),
    /** argon2id; null for accounts that sign in with OAuth only. */
    passwordHash: text(),
    firstName: text().notNull().default(""),
    lastName: text().notNull().default(""),
    phone: text(),
    image: text(),
    role: userRole().notNull().default("customer"),
    membershipTierId: uuid().references(() => membershipTiers.id, { onDelete: "set null" }),
    isActive: boolean().notNull().default(true),
    emailVerifiedAt: moment(),
    lastSignInAt: moment(),
    erasedAt: moment(),
    marketingOptIn: boolean().notNull().default(false),
    staffNote: text(),
    version: integer().notNull().default(1),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueIndex("users_email_key").on(sql`lower(${t.email})`),
    uniqueIndex("users_username_key").on(sql`lower(${t.username})`),
    index("users_role_idx").on(t.role),
    check("users_email_form", sql`${t.email} ~ '^[^@\\s]+@[^@\\s]+$'`),
    check("users_username_form", sql`${t.username} ~ '^[A-Za-z0-9][A-Za-z0-9._-]{1,39}$'`),
  ],
);

/** What the staff keeps of somebody who orders without an account: by address, as all else of a guest. */
export const guestNotes = pgTable(
  "guest_notes",
  {
    id: id(),
    email: text().notNull().unique(),
    note: text().notNull(),
    version: integer().notNull().default(1),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    check(
      "guest_notes_email_form",
      sql`${t.email} = lower(${t.email}) AND ${t.email} ~ '^[^@\\s]+@[^@\\s]+$'`,
    ),
  ],
);

/** OAuth identities. */
export const accounts = pgTable(
  "accounts",
  {
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    type: text().notNull(),
    provider: text().notNull(),
    providerAccountId: text().notNull(),
    refresh_token: text("refresh_token"),
    access_token: text("access_token"),
    expires_at: integer("expires_at"),
    token_type: text("token_type"),
    scope: text("scope"),
    id_token: text("id_token"),
    session_state: text("session_state"),
  },
  (t) => [
    primaryKey({ columns: [t.provider, t.providerAccountId] }),
    index("accounts_user_idx").on(t.userId),
  ],
);

/** One row per sign-in; its id travels in the token, so that a session can be revoked. */
export const sessions = pgTable(
  "sessions",
  {
    id: id(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    userAgent: text(),
    lastSeenAt: moment().notNull().default(now),
    expiresAt: moment().notNull(),
    revokedAt: moment(),
    /** When the second factor was given in this session; null lets nobody in who has one. */
    factorAt: moment(),
    createdAt: createdAt(),
  },
  (t) => [
    index("sessions_user_idx").on(t.userId),
    index("sessions_expires_idx").on(t.expiresAt),
    check("sessions_expiry", sql`${t.expiresAt} > ${t.createdAt}`),
  ],
);

/** Single-use tokens (verify e-mail, reset password), stored as sha256. */
export const verificationTokens = pgTable(
  "verification_tokens",
  {
    tokenHash: text().primaryKey(),
    purpose: text().notNull(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    expiresAt: moment().notNull(),
    usedAt: moment(),
    createdAt: createdAt(),
  },
  (t) => [
    index("verification_tokens_user_idx").on(t.userId),
    check("verification_tokens_purpose", sql`${t.purpose} IN ('verify_email', 'reset_password')`),
  ],
);

/** The second factor of a user, with the last accepted time step so that a code works once. */
export const totp = pgTable("totp", {
  userId: uuid()
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
  /** Sealed with the shop's secret (lib/seal.ts). */
  secret: text().notNull(),
  confirmedAt: moment(),
  lastStep: integer().notNull().default(0),
  recoveryHashes: text().array().notNull().default(sql`'{}'`),
  createdAt: createdAt(),
});

/** Who sells: a shop within the shop. */
export const owners = pgTable(
  "owners",
  {
    id: id(),
    userId: uuid()
      .notNull()
      .unique()
      .references(() => users.id, { onDelete: "restrict" }),
    name: text().notNull(),
    slug: text().notNull().unique(),
    about: text().notNull().default(""),
    /** Null: the shop's own rate from settings. */
    commission: ppm(),
    stripeAccountId: text().unique(),
    isActive: boolean().notNull().default(true),
    /** Of name and account; the commission is its own version. */
    version: integer().notNull().default(1),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    check("owners_commission_range", sql`${t.commission} BETWEEN 0 AND 1000000`),
    check("owners_slug_form", sql`${t.slug} ~ '^[a-z0-9]+(-[a-z0-9]+)*$'`),
  ],
);
