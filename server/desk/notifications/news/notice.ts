import type { Language } from '../../../../shared/base/words/language.ts'
import { type Alert, SEVERITIES } from '../../../../shared/desk/alerts/alerts.ts'
import type { Notice, NoticeLine } from '../../../../shared/desk/notifications/notifications.ts'
import type { PauseInFact } from '../../../../shared/desk/pauses/pauses.ts'
import type { Rectification } from '../../../../shared/desk/rectifications/rectifications.ts'
import { say } from '../../../base/words/say.ts'
import { pauseLine } from '../../notices/pause-words.ts'
import {
  alertLine,
  type PlaceNames,
  placeName,
  rectificationLine,
  severityWord,
  type Telling,
} from '../../notices/words.ts'
import type { Item } from '../delivery/group.ts'

/** More lines are stored for nobody to read. */
const MAX_LINES = 200

/** Rectifications and planned pauses as they are now. */
export interface Things {
  readonly rectifications: ReadonlyMap<number, Rectification>
  readonly pauses: ReadonlyMap<number, PauseInFact>
}

const OVER = new Set(['resolved', 'passed'])

/** The digest of one place: what came, what went, what goes on. */
export function digest(
  { place, items, firing }: { place: string; items: readonly Item[]; firing: readonly Alert[] },
  things: Things,
  telling: Telling,
): Notice {
  const { language, names } = telling
  const ordered = [...items].sort((a, b) => weight(a) - weight(b))
  const all = ordered.flatMap((item) => lineOf(item, things, telling))
  return {
    title: title(placeName(place, names, language), items, language),
    summary: summary(firing, language),
    lines: all.slice(0, MAX_LINES),
    more: Math.max(0, all.length - MAX_LINES),
    language,
  }
}

/** The gravest first, what is over last. */
function weight(item: Item): number {
  if (!('alert' in item)) return 5
  return OVER.has(item.change) ? 10 : SEVERITIES.indexOf(item.alert.severity)
}

function lineOf(item: Item, { rectifications, pauses }: Things, telling: Telling): NoticeLine[] {
  if ('alert' in item) return [alertLine(item.alert, item.change, telling)]
  if ('pauseId' in item) {
    const pause = pauses.get(item.pauseId)
    return pause ? [pauseLine(pause, item.change, telling)] : []
  }
  const rectification = rectifications.get(item.rectificationId)
  return rectification ? [rectificationLine(rectification, item.change, telling.language)] : []
}

function title(place: string, items: readonly Item[], language: Language): string {
  const over = items.filter(({ change }) => OVER.has(change)).length
  const firing = items.filter(({ change }) => change === 'firing').length
  const rectifications = items.filter((item) => 'rectificationId' in item).length
  const pauses = items.filter((item) => 'pauseId' in item).length
  const news = items.length - over - firing - rectifications - pauses
  const counts = { alerts: news, firing, over, rectifications, pauses }
  const said = (Object.keys(counts) as (keyof typeof counts)[])
    .filter((one) => counts[one] > 0)
    .map((one) => say({ word: `notices.title.${one}`, values: { n: counts[one] } }, language))
  const values = { place, counts: said.join(say({ word: 'notices.title.join' }, language)) }
  return say({ word: 'notices.title.place', values }, language)
}

function summary(firing: readonly Alert[], language: Language): string {
  if (firing.length === 0) return say({ word: 'notices.summary.none' }, language)
  const counts = SEVERITIES.flatMap((severity) => {
    const count = firing.filter((alert) => alert.severity === severity).length
    return count > 0 ? [`${say(severityWord(severity), language)} ${count}`] : []
  })
  const values = { n: firing.length, counts: listed(counts, language) }
  return say({ word: 'notices.summary.open', values }, language)
}

const listed = (names: readonly string[], language: Language): string =>
  names.join(say({ word: 'notices.list.join' }, language))

/**
 * What stands for digests that were one too many for their channel's hour.
 * @param before the one that waits already.
 */
export function overflow(
  before: Notice | null,
  added: Notice,
  place: string,
  placeNames: PlaceNames,
): Notice {
  const { language } = added
  const notices = (before?.folded?.notices ?? 0) + 1
  const places = [...new Set([...(before?.folded?.places ?? []), place])]
  const names = places.map((one) => placeName(one, placeNames, language))
  const lines = [...(before?.lines ?? []), ...added.lines]
  return {
    title: say({ word: 'notices.overflow.title', values: { n: notices } }, language),
    summary: say({ word: 'notices.overflow.summary', values: { names: listed(names, language) } }, language),
    lines: lines.slice(0, MAX_LINES),
    more: (before?.more ?? 0) + added.more + Math.max(0, lines.length - MAX_LINES),
    language,
    folded: { notices, places },
  }
}
