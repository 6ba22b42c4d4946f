import { localDay, localMoment, localTime, monthDay } from '../../../shared/base/time.ts'
import type { LineChange, NoticeLine } from '../../../shared/desk/notifications/notifications.ts'
import type { PauseChanged } from '../../../shared/desk/pauses/facts.ts'
import type { PauseInFact, PauseTimes } from '../../../shared/desk/pauses/pauses.ts'
import { type Saying, say, type Value, type Values } from '../../base/words/say.ts'
import { markOf, placeName, type Telling } from './words.ts'

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const

/** What a plan is for: the site, the unit, the platform with its part of the city, or the district. */
function pauseName(
  { kind, name, platform, district, sites }: PauseInFact,
  { language, names }: Telling,
): string {
  if (kind === 'site') return name ?? ''
  const place = district === null ? null : placeName(district, names, language)
  const group = kind === 'district' ? place : [platform, name ?? place].filter(Boolean).join(' · ')
  const what = (kind === 'unit' ? name : group) ?? ''
  const many: Saying = { word: 'notices.pause.sites', values: { n: sites } }
  return say({ word: 'notices.pause.with', values: { what, sites: many } }, language)
}

/** When it is: one stretch, or the hours of certain days. */
function pauseTimes({ from, to, repeat }: PauseTimes): Value {
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)]
  if (!repeat) return `${localMoment(fromMs)} – ${localMoment(toMs)}`
  const named = WEEKDAYS.filter((day) => repeat.weekdays.includes(day))
  const days: Value =
    named.length === 7
      ? { word: 'notices.pause.everyDay' }
      : named.map((day): Saying => ({ word: `notices.weekday.${day}` }))
  return {
    word: 'notices.pause.repeated',
    values: {
      days,
      from: localTime(fromMs),
      next: localDay(fromMs) === localDay(toMs) ? '' : { word: 'notices.pause.nextDay' },
      to: localTime(toMs),
      first: monthDay(localDay(fromMs)),
      last: monthDay(repeat.until),
    },
  }
}

/** One plan in one line: what became of it, for what, when, why. */
export function pauseLine(pause: PauseInFact, change: LineChange, telling: Telling): NoticeLine {
  const { language } = telling
  const values = {
    mark: markOf(change, language),
    what: pauseName(pause, telling),
    times: pauseTimes(pause),
    reason: pause.reason,
  }
  const text = say({ word: 'notices.line.pause', values }, language)
  // The list of one that is over begins with what is newest; those that count are found by their own words.
  return { text, path: pause.siteId === null ? '/pauses' : `/sites/${pause.siteId}`, change, severity: null }
}

const ACTS = ['pause.filed', 'pause.approved', 'pause.changed', 'pause.refused', 'pause.withdrawn'] as const

/** Who did what to a plan, in one sentence. */
export function pauseReason({ kind, actor, data: { pause, text, before } }: PauseChanged): Saying {
  if (!actor)
    return { word: pause.decidedAt === null ? 'notices.did.pause.lapsed' : 'notices.did.pause.over' }
  const values: Values = {
    name: actor.name,
    was: before ? wasAt(before, pause) : '',
    why: text ? { word: 'notices.why', values: { text } } : '',
  }
  if (kind === 'pause.approved' && actor.id === pause.filedBy.id)
    return { word: 'notices.did.pause.own', values }
  const act = ACTS.find((one) => one === kind)
  return act ? { word: `notices.did.${act}`, values } : { word: 'notices.did.pause.over' }
}

/** When it was before; nothing when that is when it is. */
function wasAt(before: PauseTimes, now: PauseTimes): Value {
  const was = pauseTimes(before)
  return JSON.stringify(was) === JSON.stringify(pauseTimes(now))
    ? ''
    : { word: 'notices.did.pause.was', values: { was } }
}
