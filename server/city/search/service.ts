import type { FoundOfKind, Hit } from '../../../shared/city/search/search.ts'
import { FOUND_KINDS, type FoundKind, isTooShort } from '../../../shared/city/search/search-rules.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Db } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import type { Found, FoundItem } from '../../base/search/found.ts'
import { spanOf } from '../../base/search/span.ts'
import { createTurns } from '../../base/turns.ts'
import { findDocuments } from '../../census/documents/find.ts'
import { findLetters } from '../../census/letters/search/find.ts'
import { findAlerts } from '../../desk/alerts/find.ts'
import { findRectifications } from '../../desk/rectifications/find.ts'
import { findSites } from '../../register/sites/find.ts'
import { findPeople, findUnits } from '../../register/units/find.ts'
import { inTurn } from './turns.ts'

/** How each kind is found: of what somebody may see, and of nothing else. */
const FINDERS: Readonly<
  Record<FoundKind, (db: Db, who: Principal, q: string, limit: number) => Promise<Found>>
> = {
  site: findSites,
  unit: findUnits,
  person: findPeople,
  alert: findAlerts,
  rectification: findRectifications,
  letter: findLetters,
  document: findDocuments,
}

/** Kinds of one search at once: of the database's connections most are left to others. */
const KINDS_AT_ONCE = 2

export interface Wanted {
  readonly q: string
  readonly kinds?: readonly FoundKind[] | undefined
  readonly limit: number
}

/**
 * What somebody finds, by kind, at most `limit` of each; kinds of which nothing was found are left out. A kind that
 * cannot be looked for says so and leaves the others alone.
 * @param left says that nobody waits for it any more
 * @throws Refusal invalid for what is too short to be looked for; too_many_requests where too many wait already, or newer ones
 * of the same person do
 */
export async function searchOver(
  { db, log }: Pick<Context, 'db' | 'log'>,
  who: Principal,
  { q, kinds = FOUND_KINDS, limit }: Wanted,
  left?: AbortSignal,
): Promise<FoundOfKind[]> {
  if (isTooShort(q)) {
    throw new Refusal('invalid', 'search.tooShort', {
      issues: [{ path: 'query.q', reason: 'search.tooShort', values: {} }],
    })
  }
  const find = async (kind: FoundKind): Promise<FoundOfKind> => {
    try {
      const { items, total, isMore } = await FINDERS[kind](db, who, q, limit)
      return { kind, total, isMore, failed: false, items: items.map((item) => toHit(item, q)) }
    } catch (error) {
      log.warn({ err: error, kind }, 'a search has failed')
      return { kind, total: 0, isMore: false, failed: true, items: [] }
    }
  }
  const wanted = FOUND_KINDS.filter((kind) => kinds.includes(kind))
  const groups = await inTurn(who.id, left, () => {
    const own = createTurns(KINDS_AT_ONCE, wanted.length, 'search.busy')
    return Promise.all(wanted.map((kind) => own.run('known', () => find(kind))))
  })
  return groups.filter(({ total, failed }) => total > 0 || failed)
}

function toHit(item: FoundItem, q: string): Hit {
  const { id, name, number = null, is = null, rule = null, district = null, unit = null } = item
  const marked = spanOf(name, q)
  return { id, name, marked: marked && [...marked], number, is, rule, district, unit }
}
