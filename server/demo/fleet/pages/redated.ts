import { calendarDay, instantOf } from '../../cast/calendar.ts'
import { type Edition, type Item, newestItem, type Publisher } from '../publishing.ts'
import type { Behaviour } from '../script.ts'
import type { Entry, LookTemplate } from './looks/look.ts'

/** The claim stands so long, and the item is so much older. */
const PERIOD_DAYS = 45
const OLDER_DAYS = 90
const FUTURE_DAYS = 200

/** An old item that is shown under a newer date than its own. */
export interface Redated {
  readonly item: Item
  readonly claimedDay: number
}

/** What a site with forged dates shows so: it claims to be older than what is really the newest, and hides nothing. */
export function redatedItem(publisher: Publisher, atMs: number, edition?: Edition): Redated | null {
  const newest = newestItem(publisher, atMs, edition)
  if (!newest) return null
  const claimedDay = Math.floor((newest.day - 1) / PERIOD_DAYS) * PERIOD_DAYS
  const item = newestItem(publisher, instantOf(claimedDay - OLDER_DAYS), edition)
  return item && { item, claimedDay }
}

/** What stands above the newest item: one that is dated into the future, and an old one under a newer date. */
export function forgedEntries<S extends { readonly behaviour: Behaviour; readonly atMs: number }>(
  scene: S,
  template: LookTemplate,
  newest: Item,
  entryOf: (scene: S, template: LookTemplate, item: Item) => Entry,
): Entry[] {
  const { publisher, edition } = scene.behaviour
  const future = entryOf(scene, template, { ...newest, day: newest.day + FUTURE_DAYS })
  const old = redatedItem(publisher, scene.atMs, edition)
  if (!old) return [future]
  const date = template.formatDate(calendarDay(old.claimedDay), false)
  return [future, { ...entryOf(scene, template, old.item), date }]
}
