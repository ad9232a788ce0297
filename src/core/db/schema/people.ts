import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { atColumn, flag, idColumn, uidColumn, versionColumn } from './columns.ts'

export const users = sqliteTable('users', {
  id: idColumn(),
  uid: uidColumn(),
  /** As typed; `loginKey` is its lower-case form and unique. */
  login: text('login').notNull(),
  loginKey: text('login_key').notNull().unique(),
  name: text('name').notNull(),
  language: text('language'),
  /** Versioned scrypt string; hashed outside any transaction. */
  passwordHash: text('password_hash').notNull(),
  pinHash: text('pin_hash'),
  active: flag('active').default(true),
  failedLogins: integer('failed_logins').notNull().default(0),
  lockedUntil: atColumn('locked_until'),
  lastLoginAt: atColumn('last_login_at'),
  createdAt: atColumn('created_at').notNull(),
  version: versionColumn(),
})

export const roles = sqliteTable('roles', {
  id: idColumn(),
  /** Set for the built-in roles; their names come from the locale. */
  code: text('code').unique(),
  name: text('name').notNull(),
  permissions: text('permissions', { mode: 'json' }).$type<string[]>().notNull(),
  version: versionColumn(),
})

export const userRoles = sqliteTable(
  'user_roles',
  {
    userId: integer('user_id')
      .notNull()
      .references(() => users.id),
    roleId: integer('role_id')
      .notNull()
      .references(() => roles.id),
  },
  (t) => [primaryKey({ columns: [t.userId, t.roleId] })],
)

export const seats = sqliteTable('seats', {
  id: idColumn(),
  uid: uidColumn(),
  name: text('name').notNull(),
  createdAt: atColumn('created_at').notNull(),
  lastSeenAt: atColumn('last_seen_at').notNull(),
  /** Where it was last used from, and with what; empty for the window of the host itself. */
  address: text('address').notNull().default(''),
  agent: text('agent').notNull().default(''),
})

export const sessions = sqliteTable(
  'sessions',
  {
    id: idColumn(),
    /** SHA-256 of the token; the token itself is only with the seat. */
    tokenHash: text('token_hash').notNull().unique(),
    userId: integer('user_id')
      .notNull()
      .references(() => users.id),
    seatId: integer('seat_id')
      .notNull()
      .references(() => seats.id),
    openedAt: atColumn('opened_at').notNull(),
    lastSeenAt: atColumn('last_seen_at').notNull(),
    /** A password login opens the seat for PIN switching until then. */
    expiresAt: atColumn('expires_at').notNull(),
    closedAt: atColumn('closed_at'),
  },
  (t) => [index('sessions_seat').on(t.seatId)],
)

/** Somebody has looked through who may do what (domain Q14): what stood then, and what they said. Append-only. */
export const permissionReviews = sqliteTable('permission_reviews', {
  id: idColumn(),
  uid: uidColumn(),
  at: atColumn('at').notNull(),
  userId: integer('user_id')
    .notNull()
    .references(() => users.id),
  note: text('note').notNull().default(''),
  /** People, their roles and permissions as JSON, as they stood. */
  snapshot: text('snapshot').notNull(),
})
