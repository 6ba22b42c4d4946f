import { type CalendarDay, calendarDay, dayNumber } from '../../cast/calendar.ts'
import { choose } from '../../cast/random.ts'
import type { DemoSite } from '../../cast/register.ts'
import { servicesOf } from '../../cast/services.ts'
import type { Behaviour } from '../script.ts'
import { plainPath } from './chrome.ts'
import { fullDate, two } from './looks/look.ts'

/** Of whom a page is, and when it is drawn. */
interface Drawn {
  readonly site: DemoSite
  readonly behaviour: Pick<Behaviour, 'publisher'>
  readonly atMs: number
}

/** Reports of so many years stand there. */
const YEARS = 3

/** Links to the yearly reports of the work of a site. Some have forgotten the last; it has to be there by the end of January. */
export function reportLinks({ behaviour: { publisher }, atMs }: Drawn): string {
  const { year, month } = calendarDay(dayNumber(atMs))
  const isDue = month > 1
  const last = isDue ? year - 1 : year - 2
  const first = servicesOf(publisher.salt).noReport ? 1 : 0
  const links = Array.from({ length: YEARS - first }, (_, n) => {
    const of = last - first - n
    return `<li><a href="${plainPath(`report-${of}`)}">${of}年政府网站工作年度报表</a></li>`
  })
  return `<ul class="bb">${links.join('\n')}</ul>`
}

export function reportText({ site, behaviour: { publisher } }: Drawn, year: string): string {
  const number = (most: number, seed: number) => 1 + choose(most, publisher.salt, Number(year), seed)
  const rows = [
    ...[
      ['网站名称', site.name],
      ['网站标识码', site.code],
      ['主办单位', site.unit],
    ],
    ['信息发布总数', `${100 + number(2_000, 151)} 条`],
    ['独立用户访问总量', `${1_000 + number(90_000, 152)} 个`],
  ].map(([name, value]) => `<tr><th>${name}</th><td>${value}</td></tr>`)
  return `<h2>${year}年政府网站工作年度报表</h2><table class="bb">${rows.join('\n')}</table>`
}

/** The day of an article in a tag for machines, as its template writes it. */
export function dateTag({ behaviour: { publisher } }: Drawn, date: CalendarDay, minute: number): string {
  const { tag } = servicesOf(publisher.salt)
  if (tag === null) return ''
  const time = `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
  const content = tag === 'right' ? `${fullDate(date)} ${time}` : `${fullDate(date, '/')} ${time}:00`
  return `<meta name="PubDate" content="${content}" />`
}
