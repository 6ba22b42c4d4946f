import { DAY, HOUR } from '../../../shared/base/time.ts'
import type { MessageReading } from '../../../shared/monitor/messages/messages-rules.ts'
import type { Tx } from '../../base/db/database.ts'
import '../../monitor/messages/tables.ts'
import { dayNumber } from '../cast/calendar.ts'
import { isDrawn } from '../cast/cast.ts'
import { chance } from '../cast/random.ts'
import type { DemoSite } from '../cast/register.ts'
import { fleetLetters, letterDay, messageStyle } from '../fleet/messages.ts'
import { plainPath } from '../fleet/pages/chrome.ts'
import { MAILBOX } from '../fleet/pages/messages.ts'
import { type Behaviour, behaviourAt } from '../fleet/script.ts'

/** The letter boxes of the demo's sites, read some hours ago, as a monitor would have. */
export async function storeLetterBoxes(
  tx: Tx,
  sites: readonly { id: number; url: string; demo: DemoSite }[],
  nowMs: number,
): Promise<void> {
  const rows = sites.flatMap(({ id, url, demo }) => {
    const behaviour = behaviourAt(demo, nowMs)
    if (isDrawn(behaviour.traits.home)) return []
    const readMs = nowMs - Math.round((1 + chance(id, 62) * 22) * HOUR)
    return [
      {
        ...{ site_id: id, url: new URL(plainPath(MAILBOX), url).href, name: '领导信箱' },
        ...{ seen_at: new Date(nowMs - HOUR), read_at: new Date(readMs), tried_at: new Date(readMs) },
        next_visit_at: new Date(readMs + DAY),
        reading: JSON.stringify(letterBoxOf(behaviour, readMs)),
      },
    ]
  })
  if (rows.length > 0) await tx.insertInto('message_column').values(rows).execute()
}

/** What a monitor reads of a site's letter box. */
export function letterBoxOf(
  { publisher: { salt } }: Pick<Behaviour, 'publisher'>,
  atMs: number,
): MessageReading {
  const letters = fleetLetters(salt, dayNumber(atMs)).reverse()
  const isUndated = messageStyle(salt) === 'undated'
  const dated = isUndated ? [] : letters
  return {
    dated: dated.length,
    answered: dated.filter(({ answeredDay }) => answeredDay !== null).length,
    waiting: dated.flatMap(({ day, title, answeredDay }) =>
      answeredDay === null ? [{ on: letterDay(day), title, url: null }] : [],
    ),
    unclear: [],
    undated: isUndated ? letters.length : 0,
    ...{ isWhole: true, isDrawn: false },
  }
}
