import { classifyColumn } from '../../../shared/monitor/columns/columns-rules.ts'
import type { DatedItem } from '../../../shared/monitor/freshness/freshness.ts'
import type { Steps } from '../../base/slices.ts'
import { Addresses } from './addresses.ts'
import { type Entry, headsOf, type Name, type Section, sectionsOf } from './sections.ts'
import type { Token } from './tokens.ts'

/** An item as it stands in a column. */
export interface FoundItem {
  readonly title: string
  readonly url: string | null
  readonly date: string | null
}

/** A column as it stands on a home page. */
export interface FoundColumn {
  readonly name: string
  /** Its own page; null where the home page leads to none. */
  readonly url: string | null
  readonly items: readonly FoundItem[]
}

const MAX_COLUMNS = 60
const MAX_ITEMS = 60
/** Ways to more around one section; a page of nothing else has no columns. */
const MAX_MORES = 50
/** Without dates, so many titles of this length make a list. */
const LEAST_TITLES = 3
const TITLE_LENGTH = 8
const NO_COLUMN =
  /^(?:网站)?首页$|^返回|设为首页|加入收藏|登录|注册|搜索|链接|网站地图|联系我们|版权|^[上下]一|详[细情]|全文|English/i

/** What a page says of its addresses and dates, to look things up in. */
interface Lookup {
  readonly addresses: Addresses
  dateOf(entry: Entry): string | null
  /** The name that leads to a folder of the site, as in its menu. */
  nameOf(folder: string | null): Name | null
}

/**
 * The columns that a home page shows: a name in the place of a heading, the list under it, and the way to more
 * of it. Names side by side over several lists are tabs, each with its own list. Lists without a heading are
 * called what the menu calls the folder that their items lie in.
 * @param dated the page's dated items, as the freshness reader found them.
 * @param base the address of the page.
 */
export function* detectColumns(
  tokens: readonly Token[],
  base: string,
  dated: readonly DatedItem[],
): Steps<FoundColumn[]> {
  const dates = new Map(dated.map(({ date, text, href }) => [href ?? text, date]))
  const dateOf = ({ href, text }: Entry) => dates.get(href) ?? dates.get(text) ?? null
  const addresses = new Addresses(base)
  for (const { href } of tokens) {
    addresses.folder(addresses.url(href))
    yield
  }
  const names = tokens.filter((token) => token.kind === 'name' && !NO_COLUMN.test(token.text)) as Name[]
  const look: Lookup = { addresses, dateOf, nameOf: folderNames(names, addresses) }
  const sections = sectionsOf(tokens, (entry) => dateOf(entry) !== null)
  const found = new Map<string, FoundColumn>()
  for (const [index, section] of sections.entries()) {
    yield
    for (const column of columnsOf(section, sections[index - 1], look)) {
      const known = found.get(column.name)
      if (known || found.size < MAX_COLUMNS) found.set(column.name, known ? merged(known, column) : column)
    }
  }
  return [...found.values()]
}

function folderNames(names: readonly Name[], addresses: Addresses): Lookup['nameOf'] {
  const byFolder = new Map<string, Name>()
  for (const name of names) {
    const folder = addresses.folder(addresses.url(name.href))
    if (folder !== null && !byFolder.has(folder)) byFolder.set(folder, name)
  }
  return (folder) => (folder === null ? null : (byFolder.get(folder) ?? null))
}

function columnsOf(section: Section, before: Section | undefined, look: Lookup): FoundColumn[] {
  const lists = [...section.lists.values()]
  const heads = headsOf(section.names.filter(({ text }) => !NO_COLUMN.test(text)))
  // A way to more that stands over its heading was taken for the end of the list before.
  const mores = [...section.before, ...section.after, ...(before?.after.slice(-1) ?? [])]
    .slice(0, MAX_MORES)
    .map((href) => look.addresses.url(href))
    .filter((url) => url !== null)
  if (heads.length >= 2 && lists.length >= 2) {
    return heads.flatMap((head, index) => {
      const own = index === heads.length - 1 ? lists.slice(index).flat() : (lists[index] ?? [])
      return columnOf(head, own, mores, look)
    })
  }
  const [head] = heads
  if (!head) return lists.flatMap((list) => unheaded(list, section, mores, look))
  if (classifyColumn(head.text) !== 'other') return columnOf(head, lists.flat(), mores, look)
  const named = new Set(lists.filter((list) => isClassed(menuName(list, look))))
  const rest = lists.filter((list) => !named.has(list)).flat()
  return [
    ...columnOf(head, rest, mores, look),
    ...[...named].flatMap((list) => unheaded(list, section, mores, look)),
  ]
}

function unheaded(list: Entry[], section: Section, mores: string[], look: Lookup): FoundColumn[] {
  const name = menuName(list, look)
  if (name !== null) return columnOf(name, list, mores, look)
  const [last, other] = section.names.slice(-2).reverse()
  // The last of a menu is no heading; a name that stands alone is.
  const isAlone = last !== undefined && last.box !== other?.box && !NO_COLUMN.test(last.text)
  return isAlone && section.lists.size === 1 ? columnOf(last, list, mores, look) : []
}

const menuName = (list: readonly Entry[], look: Lookup): Name | null =>
  look.nameOf(look.addresses.commonFolder(list.map(({ href }) => look.addresses.url(href))))

const isClassed = (name: Name | null) => name !== null && classifyColumn(name.text) !== 'other'

function columnOf(
  head: Name,
  entries: readonly Entry[],
  mores: readonly string[],
  look: Lookup,
): FoundColumn[] {
  const items = entries.map((entry) => ({
    title: entry.text,
    url: look.addresses.url(entry.href),
    date: look.dateOf(entry),
  }))
  const folder = look.addresses.commonFolder(items.map((item) => item.url))
  const more = mores.find((url) => folder !== null && look.addresses.folder(url) === folder)
  const url = look.addresses.url(head.href) ?? more ?? (mores.length === 1 ? (mores[0] ?? null) : null)
  const titles = items.filter((item) => item.title.length >= TITLE_LENGTH)
  const isKnown = isClassed(head)
  const isList = items.some((item) => item.date !== null) || (isKnown && titles.length >= LEAST_TITLES)
  // A heading with a way to more and nothing under it is filled by a script, or not at all.
  const isEmptyBox = isKnown && head.isHead && url !== null && items.length === 0
  return isList || isEmptyBox ? [{ name: head.text, url, items: items.slice(0, MAX_ITEMS) }] : []
}

function merged(a: FoundColumn, b: FoundColumn): FoundColumn {
  return { name: a.name, url: a.url ?? b.url, items: [...a.items, ...b.items].slice(0, MAX_ITEMS) }
}
