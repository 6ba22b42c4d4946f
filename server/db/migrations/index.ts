import type { Migration } from 'kysely'
import * as m0001 from './0001_start.ts'
import * as m0004 from './0004_evidence_and_links.ts'

/** Every migration, in order. Frozen once released: a change is a new one at the end. */
export const migrations: Record<string, Migration> = {
  '0001_start': m0001,
  '0004_evidence_and_links': m0004,
}
