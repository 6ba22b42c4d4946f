import { z } from 'zod'
import { rowId } from '../../base/ids.ts'
import { type Action, may, type User } from './rights.ts'

/** Ids are PostgreSQL's `int`. */
export const id = z.object({ id: rowId })
export const paging = {
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  cursor: z.string().optional(),
}
/** What a page of a list costs: something for the asking, and a point for so many rows. */
export const costOfRows =
  (least: number, rowsOfPoint: number) =>
  ({ limit }: { readonly limit?: unknown }): number =>
    least + Math.floor(Number(limit ?? 0) / rowsOfPoint)
/** One page of a list. */
export const page = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.int() })

/**
 * Who may call an endpoint: `open` anybody; `signedIn` who has an account, by session or token, within the own
 * scope; `wall` these and a wall display, which may call nothing else; `person` somebody who has signed in to an
 * account, so no token; else whoever has the right, or one of those among which the body chooses. The server checks
 * it before it reads anything else; the place, which only the entity tells, is checked with it.
 */
export type Need = 'open' | 'wall' | 'signedIn' | 'person' | Action | readonly Action[]

/** Whether `who` meets a need, wherever it concerns. */
export function meets(who: Pick<User, 'role' | 'scope' | 'access'> | null, need: Need): boolean {
  if (need === 'open') return true
  if (!who) return false
  if (need === 'wall') return true
  if (who.access === 'wallLink') return false
  if (need === 'signedIn') return true
  if (need === 'person') return who.access === 'session'
  return (typeof need === 'string' ? [need] : need).some((action) => may(who, action))
}

/** How one endpoint looks from outside. `params` are those in the path. */
export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly summary: string
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  /** Undefined: 204, no content. */
  readonly output?: z.ZodType
  /** What is sent when it is no JSON; the handler reads it. */
  readonly takes?: string
  /** What is answered when it is no JSON. */
  readonly media?: string
  readonly needs: Need
  /** How many requests it counts for in the allowance of who asks, by what is asked for; 1 unless said. */
  readonly cost?: number | ((query: { readonly limit?: unknown }) => number)
}
