import type { ColumnType, Kysely, Transaction } from 'kysely'

/** Written once, never changed. */
export type Once<T> = ColumnType<T, T, never>
/** Stored as jsonb: a string goes in, the value comes out. */
export type Json<T> = ColumnType<T, string, string>

/** A row as it travels to the database in JSON: instants as text. */
export type InJson<Row> = {
  [K in keyof Row]: Row[K] extends Date ? string : Row[K] extends Date | null ? string | null : Row[K]
}

/** The tables that there are: each noun adds its own, in the `tables.ts` beside its queries. */
// biome-ignore lint/suspicious/noEmptyInterface: nouns add to it
export interface Database {}

export type Db = Kysely<Database>
export type Tx = Transaction<Database>
