import {
  doubtedDates,
  type FirstSeen,
  type ListedItem,
  type ListsBefore,
  type SeenList,
} from '../../../server/monitor/findings/doubts.ts'
import { forgedDates } from '../../../server/monitor/inspections/content/forged-dates.ts'
import type { Tools } from '../../../server/monitor/inspections/rule.ts'
import { addDays } from '../../../shared/base/time.ts'
import { SITE } from '../inspections/pages.ts'
import { tableOf } from '../inspections/planted-table.ts'

/*
 * Planted: a list that was read on one day and is read again on another, with a date in it that cannot be true; and what only
 * looks like that. `n` names an item, whatever it claims.
 */

export const READ = '2026-11-01'
export const NOW = '2026-11-05'

export interface Line {
  readonly n: number
  /** What it claims. */
  readonly date: string
}
interface Seen extends FirstSeen {
  readonly n: number
}

const item = ({ n, date }: Line): ListedItem => ({
  key: `k${n}`,
  title: `第${n}条`,
  url: `/a/${n}.html`,
  date,
})
export const line = (n: number, date: string): Line => ({ n, date })

/** Ten items, the newest a day before the reading, three days apart; number 1 is the newest. */
export const usual = (newest = addDays(READ, -1)): Line[] =>
  Array.from({ length: 10 }, (_, i) => line(i + 1, addDays(newest, -3 * i)))
export const seenBefore = (lines: readonly Line[], firstDay = '2026-06-01'): Seen[] =>
  lines.map(({ n, date }) => ({ n, firstDay: date < firstDay ? firstDay : date, firstDate: date }))

export interface Story {
  readonly before?: readonly Line[]
  readonly after: readonly Line[]
  readonly seen?: readonly Seen[]
  readonly name?: string
  readonly day?: string
  readonly isFirst?: boolean
}

export function doubts({
  before = usual(),
  after,
  seen = seenBefore(before),
  name = '动态',
  day = NOW,
  isFirst,
}: Story) {
  const memory = new Map<string, FirstSeen>(
    after.map(({ n, date }) => [`k${n}`, { firstDay: day, firstDate: date }]),
  )
  for (const { n, ...first } of seen) memory.set(`k${n}`, first)
  const lists: SeenList[] = [{ name, items: after.map(item) }]
  const known: ListsBefore | null = isFirst
    ? null
    : { day: READ, lists: [{ name: '动态', keys: before.map(({ n }) => `k${n}`) }] }
  return doubtedDates(lists, known, memory, day).map(
    ({ kind, item: { key, date } }) => `${kind} ${key} ${date}`,
  )
}

/** Puts items among the usual ones, each in its place by date, above those of the same day. */
export const withNew = (...lines: readonly Line[]): Line[] =>
  [...lines, ...usual()].sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0))
export const redated = (n: number, date: string): Line[] =>
  usual()
    .map((one) => (one.n === n ? line(n, date) : one))
    .sort((a, b) => (a.date < b.date ? 1 : a.date > b.date ? -1 : 0))

/** As items of a list are known again: another title or address is another item. */
const renamed = (count: number, from: number): Line[] =>
  usual().map((one, at) => (at >= from && at < from + count ? line(200 + one.n, one.date) : one))
const old = (days: number) => addDays(READ, -days)
const fresh = (count: number): Line[] =>
  Array.from({ length: count }, (_, at) => line(90 + at, addDays(NOW, -at)))
const below = (count: number): Line[] =>
  Array.from({ length: count }, (_, at) => line(90 + at, addDays('2026-10-03', -at)))

const FORGED: readonly Story[] = [
  ...[22, 23, 24, 25, 26].map((days) => ({ after: withNew(line(99, old(days))) })),
  ...[2, 3, 4, 5].map((count) => ({
    after: withNew(...Array.from({ length: count }, (_, at) => line(90 + at, addDays('2026-10-10', -at)))),
  })),
  ...(
    [
      [10, '2026-11-05'],
      [9, '2026-11-04'],
      [8, '2026-11-03'],
      [5, '2026-11-05'],
      [10, '2026-10-20'],
      [7, '2026-10-25'],
      [6, '2026-11-05'],
      [9, '2026-10-24'],
      [1, '2026-10-12'],
      [2, '2026-10-01'],
    ] as const
  ).map(([n, date]) => ({ after: redated(n, date) })),
  { after: [line(10, NOW), line(9, NOW), ...usual().slice(0, 8)] },
  // Another was put in, beside one whose title was put right.
  { after: withNew(line(99, old(25))).map((one) => (one.n === 3 ? line(203, one.date) : one)) },
]
const HONEST: readonly Story[] = [
  { after: usual() },
  { isFirst: true, after: withNew(line(99, old(25))) },
  ...[1, 2, 3, 4, 5, 6].map((count) => ({ after: withNew(...fresh(count)) })),
  ...[1, 3, 7, 10, 14, 18, 20].map((days) => ({ after: withNew(line(99, old(days))) })),
  ...[1, 2, 5].map((count) => ({ after: [...usual(), ...below(count)] })),
  ...[1, 2, 4].map((count) => ({ after: [...usual().slice(count), ...below(count)] })),
  // Titles or addresses of old items were put right: each is another for memory, in the place of one that is gone.
  ...[4, 5, 6, 7, 8, 9].map((from) => ({ after: renamed(1, from) })),
  ...[2, 3].flatMap((count) => [5, 6, 7].map((from) => ({ after: renamed(count, from) }))),
  ...[1, 2, 3, 6].map((days) => ({ after: redated(5, addDays(usual()[4]?.date ?? '', days)) })),
  ...[3, 6, 10].map((count) => ({
    seen: count === 10 ? seenBefore(usual()) : seenBefore(usual()).slice(10 - count),
    after: usual().map(({ n }) => line(n, NOW)),
  })),
  ...[365, 366, -365, 731].map((days) => ({
    seen: seenBefore(usual()).map((one) =>
      one.n === 5 ? { ...one, firstDate: addDays(one.firstDate ?? '', days) } : one,
    ),
    after: usual(),
  })),
  { name: '公告', after: withNew(line(99, old(25))) },
  { after: [line(99, '2024-03-01'), ...usual()] },
  {
    seen: [...seenBefore(usual()), { n: 99, firstDay: old(25), firstDate: old(25) }],
    after: withNew(line(99, old(25))),
  },
]

/** Dates that cannot be true, by what the rule says of what memory finds. */
export const DATES = tableOf('dates-forged', FORGED, HONEST, async (story) => {
  const found = doubts(story).map((said) => {
    const [, key = '', claimed = ''] = said.split(' ')
    const days = { firstDay: NOW, firstDate: claimed, absentDay: READ, seenDay: NOW, lastDay: NOW }
    return { key, kind: 'moved' as const, title: key, url: null, claimed, ...days }
  })
  const tools = { kept: { dates: async () => found }, home: null } as unknown as Tools
  return (await forgedDates.measure(SITE, tools)).outcome
})
