import { MOST_ID } from '../../../shared/base/ids.ts'
import { Refusal } from '../refusal.ts'

/*
 * Lists are paged by the last id of the page before (keyset), in the order of ids: a page stays cheap however
 * deep it lies, and nothing is skipped or repeated when rows are added or changed meanwhile.
 */

/** The id that the page before ended with, of at most `most`. @throws Refusal invalid */
export function parseCursor(cursor: string | undefined, most = MOST_ID): number | undefined {
  if (cursor === undefined) return undefined
  if (!/^\d{1,15}$/.test(cursor) || Number(cursor) > most) {
    throw new Refusal('invalid', 'http.cursorNotOneOurs')
  }
  return Number(cursor)
}

/** The cursor of the next page; null when this one was not full. */
export function nextCursor(items: readonly { id: number }[], limit: number): string | null {
  const last = items.at(-1)
  return last && items.length === limit ? String(last.id) : null
}
