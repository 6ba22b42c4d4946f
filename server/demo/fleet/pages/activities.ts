import { calendarDay, dayNumber } from '../../cast/calendar.ts'
import { choose } from '../../cast/random.ts'
import { servicesOf } from '../../cast/services.ts'
import { topicOf } from '../../cast/titles.ts'
import { plainPath } from './chrome.ts'
import { fullDate } from './looks/look.ts'
import type { Scene } from './pages.ts'

/** What was held long ago stands there as well. */
const OLD = 3
const [YEAR_DAYS, LATEST_DAYS] = [365, 20]

const KINDS = {
  surveys: { one: 'survey', title: (topic: string) => `关于${topic}的意见征集`, seed: 141 },
  interviews: { one: 'interview', title: (topic: string) => `在线访谈：谈谈${topic}`, seed: 142 },
} as const
export type ActivityKind = keyof typeof KINDS

/** Surveys or interviews as their page lists them, the newest first; null: the page has no list. */
export function activityList({ behaviour: { publisher }, atMs }: Scene, kind: ActivityKind): string | null {
  const held = servicesOf(publisher.salt)[kind]
  if (held === 'plain') return null
  const { one, title, seed } = KINDS[kind]
  const items = Array.from({ length: held + OLD }, (_, n) => {
    const step = Math.floor((YEAR_DAYS - 2 * LATEST_DAYS) / Math.max(1, held))
    // Days of their own, so that the page is the same tomorrow but for its window.
    const ago = n < held ? LATEST_DAYS + n * step : YEAR_DAYS + LATEST_DAYS + (n - held) * 40
    const date = fullDate(calendarDay(dayNumber(atMs) - ago))
    const topic = topicOf(publisher.salt, seed * 100 + n + choose(9, publisher.salt, seed))
    return `<li><a href="${plainPath(`${one}-${n + 1}`)}">${title(topic)}</a><span>${date}</span></li>`
  })
  return `<ul class="hd">${items.join('\n')}</ul>`
}
