import { calendarDay, dayNumber, instantOf } from '../../cast/calendar.ts'
import { isDrawn } from '../../cast/cast.ts'
import { lineOf } from '../../cast/line.ts'
import type { DemoSite } from '../../cast/register.ts'
import { paragraphsOf, titleOf } from '../../cast/titles.ts'
import { abandonedDay, type ExtraColumn, extraColumns, extraItems, extraPath } from '../neglected-columns.ts'
import { COLUMNS, type FleetColumn, type Item, itemById, itemsBefore, newestItem } from '../publishing.ts'
import type { Behaviour } from '../script.ts'
import { declaredCharset } from './charset.ts'
import {
  footer,
  friends,
  headerClock,
  marksOf,
  navigation,
  services,
  styleSheet,
  subjects,
} from './chrome.ts'
import { lapsesOf } from './content/lapses.ts'
import { templates } from './looks/index.ts'
import { type Box, type Entry, type Frame, fullDate, type LookTemplate, two } from './looks/look.ts'
import { dataScript, listScript } from './looks/scripts.ts'
import { forgedEntries } from './redated.ts'
import { dateTag } from './reports.ts'

/** A site as it is at an instant, to be drawn. */
export interface Scene {
  readonly site: DemoSite
  readonly behaviour: Behaviour
  readonly atMs: number
}

const COLUMN_NAMES: Record<FleetColumn, string> = {
  news: '工作动态',
  notice: '通知公告',
  policy: '政策文件',
  personnel: '人事信息',
  plan: '规划计划',
}
/** Stands where the visit counter's number goes. */
export const VISITS = '@@visits@@'
const HOME_ENTRIES = 8
const LIST_ENTRIES = 20
/** A part of each page that is fetched in plain, as old templates have it. */
const mixed = ({ host }: DemoSite): string =>
  `</style><link rel="stylesheet" media="print" href="http://${host}/images/print.css" /><style>`
/** Items looked through for a list; the rarest column has one in seventeen. */
const HOME_ITEMS = 130
const LIST_ITEMS = 340
/** Without their years, dates of more than half a year ago would be anybody's guess. */
const SHORT_DATE_DAYS = 180
const PIN_CHANGE_DAYS = 91

/**
 * Changes when the home page's bytes do: a new item, a new pinned one, other old ones in the columns that nobody keeps
 * up, or a new day where the server writes the date into the page.
 */
export function homeVersion({ behaviour, atMs }: Scene): string {
  const { traits, publisher, edition } = behaviour
  const today = dayNumber(atMs)
  const newest = newestItem(publisher, atMs, edition)?.id ?? 0
  const clock = traits.clock === 'server' ? today : 0
  const { thawedAt = 0, frozenFrom = 0 } = edition
  const said = behaviour.notice?.length ?? 0
  return [newest, pinDay(today), abandonedDay(today), clock, thawedAt, frozenFrom, said].join('.')
}

/** Where a site that holds its lists in a page of their own has that page. */
export const FRAME_PATH = '/include/lists.html'

/** Where the home page really is, for a site whose root only sends its visitors on. */
export const REFRESH_TARGET = '/portal/index.html'

/** A whole page that does nothing but send its visitor on. */
export function refreshPage({ site }: Scene): string {
  return `<html><head><title>${site.name}</title><meta http-equiv="refresh" content="0;url=.${REFRESH_TARGET}"></head><body></body></html>`
}

export function homePage(scene: Scene): string {
  const { traits, publisher } = scene.behaviour
  if (traits.home === 'entrance') return entrancePage(scene)
  const template = templates[traits.look]
  const boxes = boxesOf(scene, template)
  const lists = boxes.map(template.box)
  const framed = `<iframe src="${FRAME_PATH}" title="信息列表" width="100%" height="900" frameborder="0" scrolling="no"></iframe>`
  const isFramed = traits.home === 'script_frame'
  const body = [
    noticeBar(scene),
    ...(isFramed ? [framed] : lists.slice(0, 2)),
    services(),
    ...(isFramed ? [] : lists.slice(2)),
    subjects(publisher.salt),
    friends(publisher.cast.sites, publisher.salt),
    drawing(scene, COLUMNS),
  ].join('\n')
  return template.document(frameOf(scene, marksOf(scene).title), body)
}

/** The lists of a home page that holds them in a page of their own. Null for any other. */
export function framedPage(scene: Scene): string | null {
  if (scene.behaviour.traits.home !== 'script_frame') return null
  const boxes = boxesOf(scene, templateOf(scene)).map(templateOf(scene).box)
  return `<html><head><title>${scene.site.name}</title></head><body>${boxes.join('\n')}${listScript(COLUMNS)}</body></html>`
}

/** The script that draws the lists of a page, where one does. */
function drawing(scene: Scene, columns: readonly FleetColumn[]): string {
  const { home } = scene.behaviour.traits
  if (home === 'script_list' || home === 'script_scroll') return listScript(columns, home === 'script_scroll')
  if (home !== 'script_data' && home !== 'script_hash') return ''
  return dataScript(
    new Map(columns.map((column) => [column, listData(scene, column)])),
    home === 'script_hash',
  )
}

/** A column's own page. */
export function listPage(scene: Scene, column: FleetColumn): string {
  const template = templateOf(scene)
  const { home } = scene.behaviour.traits
  const items = isDrawn(home) ? [] : itemsByColumn(scene, LIST_ITEMS, LIST_ENTRIES)[column]
  const entries = items.map((item) => entryOf(scene, template, item))
  const name = COLUMN_NAMES[column]
  const body =
    template.list(name, entries) + (home === 'script_frame' ? listScript([column]) : drawing(scene, [column]))
  return documentOf(scene, name, body)
}

/** The own page of a column that nobody keeps up. */
export function extraListPage(scene: Scene, column: ExtraColumn): string {
  const body = templateOf(scene).list(column.name, extraEntries(scene, templateOf(scene), column))
  return documentOf(scene, column.name, body)
}

/** An article, or null when the site has published none with this id. */
export function articlePage(scene: Scene, id: number): string | null {
  const { publisher, edition } = scene.behaviour
  const item = itemById(publisher, id, scene.atMs, edition)
  if (!item) return null
  const unit = scene.site.unit
  const title = titleOf(item, unit, publisher.salt)
  const date = calendarDay(item.day)
  const published = `${fullDate(date)} ${two(Math.floor(item.minute / 60))}:${two(item.minute % 60)}`
  const body =
    dateTag(scene, date, item.minute) +
    templateOf(scene).article(title, published, unit, paragraphsOf(item, unit, publisher.salt))
  return documentOf(scene, title, body)
}

/** The column that an address lists, or the id of the article that it names. */
export function addressOf(
  scene: Scene,
  address: string,
): { column: FleetColumn } | { extra: ExtraColumn } | { article: number } | null {
  const template = templateOf(scene)
  const extra = extraColumns(scene.behaviour.traits.columns).find((one) => extraPath(one) === address)
  if (extra) return { extra }
  const column = COLUMNS.find((candidate) => template.listPaths[candidate] === address)
  if (column) return { column }
  const article = template.articleId.exec(address)?.[1]
  return article ? { article: Number(article) } : null
}

/** A column as JSON, for the home page that fills its lists by a script. */
export function listData(scene: Scene, column: FleetColumn): string {
  const template = templateOf(scene)
  const items = itemsByColumn(scene, HOME_ITEMS, HOME_ENTRIES)[column]
  return JSON.stringify(items.map((item) => entryOf(scene, template, item)))
}

/** A page of a site's, with its head and foot. @param whole its title in whole, where that is another. */
export const documentOf = (scene: Scene, title: string, body: string, whole: string | null = null): string =>
  templateOf(scene).document(frameOf(scene, whole ?? `${title} - ${scene.site.name}`), body)

function templateOf({ behaviour }: Scene): LookTemplate {
  return templates[behaviour.traits.look]
}

function frameOf({ site, behaviour, atMs }: Scene, title: string): Frame {
  const { traits, publisher } = behaviour
  const marks = marksOf({ site, behaviour })
  return {
    title,
    siteName: site.name,
    unit: site.unit,
    charset: declaredCharset(traits.encoding),
    style: styleSheet(publisher.salt) + (lineOf(site).mixed ? mixed(site) : ''),
    clock: headerClock(traits.clock, dayNumber(atMs)),
    nav: navigation(columnLinks(templates[traits.look]), '/', {
      hasMap: marks.marks.includes('map'),
      isNamed: !lapsesOf(traits.look, publisher.salt).includes('label'),
    }),
    footer: footer(marks, traits.counter ? `您是第 <b>${VISITS}</b> 位访客` : ''),
  }
}

function columnLinks(template: LookTemplate): { name: string; href: string }[] {
  return COLUMNS.map((column) => ({ name: COLUMN_NAMES[column], href: template.listPaths[column] }))
}

/** That the site closes or moves, where it does. */
const noticeBar = ({ behaviour: { notice } }: Scene): string =>
  notice === undefined ? '' : `<div class="tc-notice"><p><strong>${notice}</strong></p></div>`

/** Nothing but ways to the columns. */
function entrancePage(scene: Scene): string {
  const template = templateOf(scene)
  const doors = columnLinks(template).map(
    ({ name, href }) =>
      `<div class="door"><a href="${href}"><img src="/images/door.png" alt="${name}" /><br />${name}</a></div>`,
  )
  const frame = frameOf(scene, marksOf(scene).title)
  return template.document(frame, `${noticeBar(scene)}<div class="doors">${doors.join('\n')}</div>`)
}

function boxesOf(scene: Scene, template: LookTemplate): Box[] {
  const { traits } = scene.behaviour
  const byColumn = itemsByColumn(scene, HOME_ITEMS, HOME_ENTRIES)
  const boxes = COLUMNS.map((column) => {
    const entries = byColumn[column].map((item) => entryOf(scene, template, item))
    const extra = column === 'news' ? specialEntries(scene, template, byColumn.news[0]) : []
    return {
      column,
      name: COLUMN_NAMES[column],
      href: template.listPaths[column],
      entries: [...extra, ...entries],
      isScript: isDrawn(traits.home),
    }
  })
  const extra = extraColumns(traits.columns).map((column) => ({
    column: column.slug,
    name: column.name,
    href: extraPath(column),
    entries: extraEntries(scene, template, column),
    isScript: false,
  }))
  return [...boxes, ...extra]
}

/** With their whole dates: without the year they would be anybody's guess. */
function extraEntries(
  { site, behaviour, atMs }: Scene,
  template: LookTemplate,
  column: ExtraColumn,
): Entry[] {
  const { publisher } = behaviour
  return extraItems(publisher, column, dayNumber(atMs)).map((item) => {
    const date = calendarDay(item.day)
    const title = titleOf(item, site.unit, publisher.salt)
    return { title, href: template.articlePath(item, date), date: template.formatDate(date, false) }
  })
}

/** What stands above the newest item: one of long ago that is pinned, or those with forged dates (伪造发稿日期). */
function specialEntries(scene: Scene, template: LookTemplate, newest: Item | undefined): Entry[] {
  const { traits, publisher, edition } = scene.behaviour
  if (traits.home === 'forged' && newest) return forgedEntries(scene, template, newest, entryOf)
  if (!traits.pinned) return []
  const before = instantOf(pinDay(dayNumber(scene.atMs)) - 20)
  const item = newestItem(publisher, before, edition)
  return item ? [entryOf(scene, template, item)] : []
}

function pinDay(today: number): number {
  return Math.floor(today / PIN_CHANGE_DAYS) * PIN_CHANGE_DAYS
}

function itemsByColumn(scene: Scene, look: number, most: number): Record<FleetColumn, Item[]> {
  const { publisher, edition, traits } = scene.behaviour
  const columns: Record<FleetColumn, Item[]> = { news: [], notice: [], policy: [], personnel: [], plan: [] }
  let left = look
  let oldest = 0
  for (const item of itemsBefore(publisher, scene.atMs, edition)) {
    oldest ||= traits.shortDates ? item.day - SHORT_DATE_DAYS : 1
    if (left-- === 0 || item.day < oldest) break
    if (columns[item.column].length < most) columns[item.column].push(item)
  }
  return columns
}

function entryOf({ site, behaviour }: Scene, template: LookTemplate, item: Item): Entry {
  const { traits, publisher } = behaviour
  const date = calendarDay(item.day)
  return {
    title: titleOf(item, site.unit, publisher.salt),
    href: template.articlePath(item, date),
    date: traits.home === 'undated' ? '' : template.formatDate(date, traits.shortDates),
  }
}
