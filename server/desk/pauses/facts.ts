import type { Person } from '../../../shared/base/person.ts'
import type { PauseFactKind } from '../../../shared/desk/pauses/facts.ts'
import type { PauseBefore } from '../../../shared/desk/pauses/pauses.ts'
import type { Tx } from '../../base/db/database.ts'
import { appendFacts } from '../../base/facts/append.ts'
import { pausesInFacts, placesOf } from './queries.ts'

/**
 * Tells what became of a plan, as the last step of the transaction that made it so. Wake the live plane after the
 * commit.
 * @param actor null for the clock.
 * @param text what was said with it.
 * @param before of a change, how it was.
 */
export async function appendPause(
  tx: Tx,
  kind: PauseFactKind,
  id: number,
  actor: Person | null,
  text: string | null,
  now: number,
  before?: PauseBefore,
): Promise<void> {
  const pause = (await pausesInFacts(tx, [id])).get(id)
  if (!pause) throw new Error(`no pause plan ${id}`)
  const places = await placesOf(tx, id)
  // Of one that covers a single district, it is that district's, as a site's facts are.
  const districts = new Set(places.map(({ district }) => district))
  const [only = null] = districts.size === 1 ? districts : []
  await appendFacts(tx, [
    {
      at: new Date(now).toISOString(),
      kind,
      siteId: pause.siteId,
      district: only,
      actor: actor && { id: actor.id, name: actor.name },
      data: { pause, text, places, ...(before && { before }) },
    },
  ])
}
