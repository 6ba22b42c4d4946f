import { HOUR } from '../../../shared/base/time.ts'
import { may, type User } from '../../../shared/people/rights/rights.ts'
import type { Clock } from '../../base/clock.ts'
import { isLasting } from '../../base/db/failure.ts'
import { bearerOf, type IdentifiedRequest, type Principals } from '../../people/rights/principal.ts'
import { hashKey } from '../../people/sessions/secrets.ts'
import { soonOr } from './briefly.ts'

/** So long a token that was let read metrics is known without the database, and so many are. */
const KNOWN_MS = HOUR
const MOST_KNOWN = 16

interface Known {
  readonly user: User
  readonly untilMs: number
}

/**
 * Who asks for metrics, which are looked at above all while the database is away: a token that was let read them lately still is where it
 * cannot be looked up. What the database says of a token counts as soon as it says anything.
 */
export function knownScrapers(
  { of, endOf }: Pick<Principals, 'of' | 'endOf'>,
  clock: Clock,
): Principals['of'] {
  /** By the hash of their token, the one that came last at the end. */
  const known = new Map<string, Known>()

  async function lookUp(req: IdentifiedRequest, key: string): Promise<User | null> {
    try {
      const user = await of(req)
      const end = user && (await endOf(req))
      known.delete(key)
      if (user && may(user, 'metrics.read')) {
        const untilMs = Math.min(clock.now() + KNOWN_MS, end?.getTime() ?? Number.POSITIVE_INFINITY)
        known.set(key, { user, untilMs })
      }
      for (const oldest of [...known.keys()].slice(0, -MOST_KNOWN)) known.delete(oldest)
      return user
    } catch (error) {
      if (isLasting(error)) known.delete(key)
      throw error
    }
  }

  return async (req) => {
    const token = bearerOf(req)
    if (token === null) return of(req)
    const key = hashKey(token)
    const before = known.get(key)
    const found = lookUp(req, key)
    if (!before || before.untilMs <= clock.now()) return found
    const orKnown = found.catch((error: unknown) => {
      if (isLasting(error)) throw error
      return before.user
    })
    return soonOr(orKnown, before.user)
  }
}
