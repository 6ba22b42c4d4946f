import { beginning } from '../../../../shared/base/text.ts'
import { isWeatherTitle } from '../doubts.ts'
import { isName } from '../heading.ts'
import { isImprint } from '../labels.ts'
import type { Event } from '../pairing.ts'
import { type Frame, hasTitleColumn, listAround } from './frames.ts'
import { type Hit, isNavigation, MAX_TITLE } from './page.ts'
import { lookOf } from './text.ts'

/*
 * Items that lead nowhere: a title and its day in an element of their own, again and again. Scripts open them, or nothing does.
 */

/** Characters of a title, those of a date aside. */
const LEAST_TITLE = 6
const LEAST_LETTERS = 12
/** What stands between a title and its day, and before both. */
const EDGES = /^[\s*·•\-—.。、|丨:：()（）[\]【】]+|[\s*·•\-—.…。、|丨:：()（）[\]【】]+$/g
/** So many make a list. */
const LEAST_ITEMS = 2
/** 「来源：区政府办」 */
const LABEL =
  /^[^:：]{0,8}(?:来源|作者|编辑|供稿|间|期|量|次数|人|者|单位|部门|机构|地点|地址|电话|编号|文号|索引号|状态|类别|分类|栏目) ?[:：]/
/** 「张三、李四、王五」 */
const NAMES = /^(?:[^\s、，,;；]{1,4}[\s、，,;；]+)+[^\s、，,;；]{1,4}$/
/** 「4.20元」, 「12~20℃」 */
const MEASURED = /^[\d\s.~～\-—:：/%]+[^\d\s]{0,3}$/
const MEASURED_HINT = /^[\d.~:/-]/
/** 「王*明」, 「138****5678」: nobody writes a title so. */
const MASKED = /[\u4e00-\u9fff\d][*＊]+(?=[\u4e00-\u9fff\d\s])|[*＊]{2}/
/** How far a case is that somebody brought. */
const OF_CASE = /已(?:办结|受理|答复|回复)|申请办理/
const ABOUT = /关于|通知|通告|公告|公示/
/** So many of one list, all with an hour of the same day, are figures that were measured then. */
const LEAST_MEASURED = 3

/** Notes a text with the element it stands in: the longest that is no date may be the title of an item. */
export function noteWords(frame: Frame | undefined, text: string, isDate: boolean): void {
  if (frame === undefined) return
  frame.texts++
  if (isDate || text.length <= frame.words.length) return
  if (!isMeasure(text) && !isLabel(text)) frame.words = text
}

function isMeasure(text: string): boolean {
  return lookOf(text) !== 'words' && MEASURED_HINT.test(text) && MEASURED.test(text)
}

/** What has no colon is looked at no further. */
function isLabel(text: string): boolean {
  return (text.includes('：') || text.includes(':')) && LABEL.test(text)
}

/**
 * An element has been closed: where it holds one date by itself and no link, its longest text is what the date is of, as far
 * as is known now; the largest such element is the item. `stack` no longer holds it.
 */
export function closeWords(frame: Frame, stack: Frame[]): void {
  const parent = stack.at(-1)
  if (frame.events !== null && frame.words !== '') nameItem(frame, frame.events, stack)
  if (parent === undefined) return
  parent.texts += frame.texts
  if (frame.words.length > parent.words.length) parent.words = frame.words
}

function nameItem(frame: Frame, events: readonly Event[], stack: Frame[]): void {
  let own: Hit | null = null
  for (const { hit, anchor } of events) {
    if (anchor !== null) return
    if (hit === null || hit.shape !== 'alone' || hit.inside !== null) continue
    if (own !== null) return
    own = hit
  }
  if (own === null) return
  const isOther = frame.name === 'tr' && !hasTitleColumn(stack)
  own.item = { title: beginning(frame.words, MAX_TITLE), list: listAround(stack), isOther }
}

/** Of the dates those that are of such items, with their titles and lists instead of whatever link stands near. */
export function unlinkedItems(hits: readonly Hit[]): ReadonlyMap<Hit, Hit> {
  const found = new Map<Hit, Hit>()
  for (const list of listsOf(hits, itemOf).values()) {
    const titles = new Set(list.map((hit) => itemOf(hit)?.title))
    if (titles.size < LEAST_ITEMS || titles.size * 2 < list.length) continue
    for (const hit of list) {
      const { title, list: group } = itemOf(hit) ?? { title: '', list: 0 }
      found.set(hit, { ...hit, anchor: null, group, run: title, head: list[0]?.head ?? null })
    }
  }
  return found
}

type Item = NonNullable<Hit['item']>

/** The dates that stand in items, by list and make. */
function listsOf(hits: readonly Hit[], of: (hit: Hit) => Item | null): ReadonlyMap<string, Hit[]> {
  const lists = new Map<string, Hit[]>()
  for (const hit of hits) {
    const item = of(hit)
    if (item === null) continue
    const key = `${item.list} ${hit.make}`
    const list = lists.get(key)
    if (list) list.push(hit)
    else lists.set(key, [hit])
  }
  return lists
}

function itemOf(hit: Hit): Item | null {
  if (hit.item !== undefined) return !hit.item.isOther && isTitle(hit.item.title) ? hit.item : null
  const title = lineTitle(hit)
  return title === null ? null : { title, list: hit.group, isOther: false }
}

/** The title in a line of text that has its day at one end: 「一、关于……的通知 ...... 2024-03-12」; null: it is none. */
export function lineTitle({ shape, inside, label, run, match }: Hit): string | null {
  if ((shape !== 'end' && shape !== 'start') || inside !== null || label !== null) return null
  const title = run.replace(match.raw, '').replace(EDGES, '')
  return isTitle(title) ? title : null
}

function isTitle(text: string): boolean {
  const han = text.match(/[\u4e00-\u9fff]/g)?.length ?? 0
  if (han < LEAST_TITLE && (han > 0 || (text.match(/\p{L}/gu)?.length ?? 0) < LEAST_LETTERS)) return false
  if (MASKED.test(text) || (OF_CASE.test(text) && !ABOUT.test(text))) return false
  if (isLabel(text) || NAMES.test(text) || isName(text) || isImprint(text)) return false
  return !isWeatherTitle(text) && !isNavigation(text)
}

/** The dates of what a program shows as it happens: levels of water, arrivals of buses. */
export function measuredIn(hits: readonly Hit[]): ReadonlySet<Hit> {
  const lists = listsOf(hits, ({ item }) => item ?? null)
  return new Set([...lists.values()].flatMap((list) => (isMeasured(list) ? list : [])))
}

function isMeasured(list: readonly Hit[]): boolean {
  if (list.length < LEAST_MEASURED || !list.every(({ match }) => match.hasTime && match.ago === undefined))
    return false
  return new Set(list.map(({ match: { year, month, day } }) => `${year} ${month} ${day}`)).size === 1
}
