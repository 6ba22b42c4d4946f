import { type RawBuilder, sql } from 'kysely'
import type { PictureReason } from '../../../shared/monitor/pictures/pictures.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'

/** Whoever asks for pictures. */
export type Who = Pick<Principal, 'id' | 'role' | 'scope'>
/** By what it is found out what may be seen now. */
export type Parts = Pick<Context, 'db' | 'clock'>

/** What a noun says of the pictures that are taken for it; SQL about the picture `p`. */
export interface Concern {
  /** Pictures that something rests on: they are never let go. */
  readonly isKept?: RawBuilder<boolean>
  /** Whether somebody within whose scope the site is may see them; without it, yes. */
  readonly isSeen?: (parts: Parts, who: Who) => Promise<RawBuilder<boolean>>
  /** Of which pictures `isSeen` says so. */
  readonly of?: PictureReason
}

const concerns: Concern[] = []

/** What pictures are taken for, says for how long they are kept and who sees them. */
export function bringConcern(concern: Concern): void {
  concerns.push(concern)
}

/** Whether anything rests on the picture `p`. */
export function isKept(): RawBuilder<boolean> {
  const all = concerns.flatMap((one) => one.isKept ?? [])
  return sql<boolean>`(${sql.join([sql`false`, ...all], sql` or `)})`
}

/** Whether nothing speaks against somebody's seeing the picture `p`, within whose scope its site is. */
export async function isSeen(parts: Parts, who: Who): Promise<RawBuilder<boolean>> {
  const all: RawBuilder<unknown>[] = []
  for (const { of, isSeen: seen } of concerns) {
    if (of && seen) all.push(sql`(p.reason <> ${of} or ${await seen(parts, who)})`)
  }
  return sql<boolean>`(${sql.join([sql`true`, ...all], sql` and `)})`
}
