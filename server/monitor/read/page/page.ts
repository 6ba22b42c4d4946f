import { beginning } from '../../../../shared/base/text.ts'
import type { DateMatch } from '../dates/dates.ts'
import type { Doubt } from '../doubts.ts'
import type { Label } from '../labels.ts'
import { clean } from './text.ts'

/** A link, as far as it can be the title of an item. */
export interface Anchor {
  href: string
  /** The `title` attribute, else the alternative text of a picture in it. */
  title: string
  text: string
  /** The title is complete: what follows in the link is a summary. */
  full: boolean
  /** How sure its text is the title of an item, once the link has been read whole. */
  rank: 0 | 1 | 2 | null
  /** Its title as `titleOf` has it, once that was asked for. */
  shown: string | null
  /** It stands in an element that is not shown. */
  isHidden: boolean
  /** A step of 「当前位置：首页 > …」, or the source of an article: no title of anything. */
  aside: boolean
  /** It stands in the head, a menu or the foot of the page. */
  isInMenu: boolean
}

/** Where in the page a date stands. */
export type Where = 'list' | 'line' | 'attr' | 'time' | 'split' | 'meta' | 'script' | 'comment' | 'url'

/** How a date sits in its run of text: `alone` but for brackets and labels, at an edge of it, or in the middle. */
export type Shape = 'alone' | 'start' | 'end' | 'inline'

/**
 * What the head of a box says of the items in it: that people publish them, that a program shows them, or neither; `live`: that a
 * program shows them although each leads to a page of its own.
 */
export type BoxHead = 'news' | 'program' | 'live' | 'other'

/** An element named like the foot of a page; cards have such feet, too. */
export interface Foot {
  readonly names: string
}

/** A year at the head of something, outside links. */
export interface YearHead {
  /** Null where something else ended what it is of, or where it is one of a menu. */
  readonly year: number | null
  /** It is of this month alone. */
  readonly month: number | null
  /** It is marked up as a heading. */
  readonly isHeading: boolean
  /** A date without a year has stood below it. */
  isUsed: boolean
}

/** One date seen on the page, with what stands around it; nothing is decided yet. */
export interface Hit {
  match: DateMatch
  where: Where
  shape: Shape
  bracketed: boolean
  label: Label | null
  /** What follows it: a sentence that it begins, so that it is of the story, or a menu that it is the clock of. */
  leads?: 'sentence' | 'menu'
  /** The label stands at the head of its column: others of its kind stand in the rows below. */
  isOfColumn?: true
  /** Clock, imprint, period and the like: a reason not to believe it that its surroundings give at once. */
  doubt: Doubt | null
  /** The last texts before its own, whatever elements they stand in: they may say that it is of the weather. */
  trail: string
  /** It stands in an element that is not shown: a tab, if it belongs to an item, and nothing otherwise. */
  isHidden: boolean
  /** The foot of the page that it stands in, where rights and licences are told. */
  foot: Foot | null
  /** The run of text the date stands in, at most 120 characters. */
  run: string
  /** Characters of the run that follow it. */
  after: number
  /** The link whose text or attribute holds it. */
  inside: Anchor | null
  /** The link it belongs to: the title of its item. */
  anchor: Anchor | null
  /** Link and date share a list item, a table row or a parent: they surely belong together. */
  tight: boolean
  /** The smallest element that holds both is an item of a list or table. */
  isInItem: boolean
  /** How the element is made in which the date stands: those of one list are made alike. */
  make: string
  /** The year at the head of what it stands in, or of the number that it is of, where it has none itself. */
  headYear?: number
  /** Identity of the list the item stands in; 0 when unknown. */
  group: number
  /** Of a table that has items side by side: in which of its columns of items. */
  lane?: number
  /**
   * What it is of where no link stands in the element of both: its title, the identity of its list, and whether the heads of
   * its table tell that it is a row of figures or the like.
   */
  item?: { title: string; list: number; isOther: boolean }
  /** What stands at the head of the box that it stands in. */
  head?: BoxHead | null
  /** Character position in the page. */
  offset: number
  /** Characters of visible text before it. */
  textBefore: number
}

/** What one pass over a page collects. */
export interface Page {
  hits: Hit[]
  anchors: Anchor[]
  metas: { name: string; content: string }[]
  scripts: string[]
  /** Comments, data stores and script strings that may hold a list the page's script shows later. */
  hidden: { text: string; kind: 'comment' | 'store' | 'script'; inList: boolean }[]
  title: string
  heading: string
  /** How sure it is one: 3 repeats the title of the page, 2 is an h1 or h2, 1 looks like one, 0 there is none. */
  headingRank: 0 | 1 | 2 | 3
  /** Characters of visible text up to the end of the heading; -1 without one. */
  headingEnd: number
  /** A year stands at the head of something. */
  hasYears: boolean
  /** Where lines about rights and licences stand, in characters of visible text before them. */
  imprints: number[]
  /** Characters of visible text, without whitespace at the ends of runs. */
  textLength: number
  tags: number
  /** The page goes on after this character, and was not read any further; null: it was read to its end. */
  readTo: number | null
  refresh: string | null
  frames: { name: string; src: string }[]
  /** Addresses of the pages that the page holds in itself (`iframe`). */
  inner: string[]
  /** How many documents it shows in itself. */
  documents: number
  /** Addresses of its scripts. */
  sources: string[]
  /** Elements that could hold a list and hold nothing, with their class and id. */
  empties: { tag: string; names: string }[]
  /** Texts such as 「加载中」 that stand where something will be. */
  placeholders: number
  /** Elements that a program in the browser repeats for each item. */
  templates: number
}

/** A page of which nothing is known yet. */
export function emptyPage(): Page {
  return {
    hits: [],
    anchors: [],
    metas: [],
    scripts: [],
    hidden: [],
    title: '',
    heading: '',
    headingRank: 0,
    headingEnd: -1,
    hasYears: false,
    imprints: [],
    textLength: 0,
    tags: 0,
    readTo: null,
    refresh: null,
    frames: [],
    inner: [],
    documents: 0,
    sources: [],
    empties: [],
    placeholders: 0,
    templates: 0,
  }
}

/** Longer titles are cut. */
export const MAX_TITLE = 200

/** A link that has just been opened. */
export function newAnchor(
  { href = '', title = '' }: Record<string, string>,
  { aside, isHidden, isInMenu }: Pick<Anchor, 'aside' | 'isHidden' | 'isInMenu'>,
): Anchor {
  return {
    href,
    title: clean(title, MAX_TITLE),
    text: '',
    full: false,
    rank: null,
    shown: null,
    isHidden,
    aside,
    isInMenu,
  }
}

/** A picture in a link says what it is of, where nothing else does. */
export function takePicture(anchor: Anchor | null, alt: string | undefined): void {
  if (alt && anchor && anchor.title === '') anchor.title = clean(alt, MAX_TITLE)
}

/** True for a mark within the page; other links without an address are opened by a script. */
export function isMark({ href, name, id, onclick }: Record<string, string>): boolean {
  return href === undefined && (name ?? id) !== undefined && !onclick
}

/** True for the steps of 「当前位置：首页 > 新闻」 and for the link behind 「来源：」. */
export function isAside(line: string, linksBefore: number): boolean {
  if (line === '') return false
  return /位置|(?:来源|作者|编辑|供稿)[:：\s]*$/.test(line) || (linksBefore > 0 && /[>›»→]$/.test(line))
}

const NAVIGATION =
  /^(?:设为首页|加入收藏|收藏本站|无障碍.{0,4}|长者.{0,4}|关怀.{0,3}|登录|注册|繁[體体].{0,3}|简体.{0,3}|english|邮箱|手机版|rss.{0,3}|网站地图|网站首页|首页|返回.{0,4}|更多.{0,4}|more.{0,4}|查看.{0,4}|详[细情].{0,4}|打印.{0,4}|关闭.{0,4}|大|中|小|上一[页篇条].{0,3}|下一[页篇条].{0,3}|尾页|末页|当前位置|微博|微信|客户端|联系我们|全文|阅读全文|分享.{0,10}|转发到?.{0,8}|[大中小]号字体?|字体[大中小]?|.?ICP备.{0,4}|.{0,4}公网安备.{0,3})$/i

/** More characters none of them has. */
const LONGEST_NAVIGATION = 12

/** True for words that lead about in the site and are no title. */
export function isNavigation(words: string): boolean {
  return words.length <= LONGEST_NAVIGATION && NAVIGATION.test(words)
}

/** The words of a link, read whole, that a reader would take for the title of an item. */
export function titleOf(anchor: Anchor): string {
  anchor.shown ??= shownTitle(anchor)
  return anchor.shown
}

function shownTitle(anchor: Anchor): string {
  const text = anchor.text.trim()
  const isCut = text.endsWith('..') || text.endsWith('…')
  const attr = anchor.title.includes('：') && anchor.title.length > 60 ? '' : anchor.title
  const title = (isCut || text.length < 2) && attr.length > 1 ? attr : text || attr
  return beginning(title, MAX_TITLE)
}

/** 2: surely the title of an item, 1: could be one, 0: navigation, or nothing but a date. */
export function titleRank(anchor: Anchor): 0 | 1 | 2 {
  return anchor.rank ?? rankOf(anchor)
}

/** Signs and figures that are no words. */
const NO_WORDS = /[ \d\-/.:：年月日()[\]（）【】>»<«·]+/g

function rankOf(anchor: Anchor): 0 | 1 | 2 {
  if (anchor.aside) return 0
  const words = (anchor.text || anchor.title).replace(NO_WORDS, '')
  if (words.length < 2 || isNavigation(words)) return 0
  return words.length >= 5 ? 2 : 1
}
