import { beginning } from '../../../../shared/base/text.ts'
import { remembered } from '../../html/remembered.ts'
import { clockNamed } from '../labels.ts'
import type { Event } from '../pairing.ts'
import type { RunContext } from '../runs.ts'
import type { Anchor, BoxHead, Foot, YearHead } from './page.ts'

/** One open element. */
export interface Frame {
  name: string
  tag: Tag
  /** Serial number of the element in the page. */
  id: number
  /** Its class and id, and what they say of it. */
  names: string
  said: Said
  /** Links and dates in it that have not found each other yet. */
  events: Event[] | null
  /** How many elements right below it held an item. */
  items: number
  anchor: Anchor | null
  /** Text in here is not shown as text: scripts, styles, choices of a form. */
  mute: boolean
  /** Nothing in here is shown, or not until something is clicked. */
  isHidden: boolean
  /** It is the head, a menu or the foot of the page by its name, or stands in one. */
  isInMenu: boolean
  /** It is the foot of the page or stands in it. */
  foot: Foot | null
  /** Visitors write here; `own`: a heading in it said so. */
  visitors: 'own' | 'inherited' | null
  /** What stands at its head. */
  head: BoxHead | null
  /** The last year that stands at the head of what follows in it. */
  year: YearHead | null
  /** Words stand in it that are no such year and do not lead about in the site. */
  hasWords: boolean
  /** Its lines are those of its source. */
  isPre: boolean
  /** How many texts stand in it, and the longest that is no date. */
  texts: number
  words: string
  /** Of a row: the number of its cells so far. Of a cell: its place in the row. */
  cell: number
  /** Of a row: the words of its cells. Of a cell: its first words. */
  cells: string[] | null
  /** Of a row: how many of its cells are heads. */
  heads: number
  /** Of a table: the words at the heads of its columns. */
  columns: string[] | null
}

/** Rows, sections and the like between a cell and its table. */
const LEVELS_TO_TABLE = 4
const LEVELS_TO_CELL = 6
const LEVELS_TO_LIST = 6
const COLUMN_WORDS =
  /标题|主题|名称|日期|时间|文号|序号|编号|索引号|案号|来源|机构|状态|有效期|单位|部门|内容|项目|事项|对象|姓名|领导|地点|结果|金额|电话/
const HEADER_WORDS = 12
/** Of columns one of which holds what is published. */
const TITLE_COLUMN = /标题|主题|题名|名称|内容|文件|公告|公示|事项|信息/

/** What the elements of one name have in common. */
interface Tag {
  readonly name: string
  /** It begins no line of its own. */
  readonly isInline: boolean
  /** It is one of h1 to h6. */
  readonly isHeading: boolean
  /** Its text is not shown as text of the page. */
  readonly isMute: boolean
  readonly isMenu: boolean
  /** It is an element of one item, or of its lines. */
  readonly isOfItem: boolean
}

const MUTE = 'script style select textarea title template noframes object svg'.split(' ')
const HEADINGS = 'h1 h2 h3 h4 h5 h6'.split(' ')
const MENU = ['nav', 'header', 'footer', 'aside']
const OF_ITEM = 'li tr td th dt dd p h1 h2 h3 h4 h5 h6 span font a b strong i em'.split(' ')
const INLINE =
  'a abbr b big cite code del em font i img input ins kbd label mark o:p q s samp small span strike strong sub sup time tt u var'.split(
    ' ',
  )
const TAGS = new Map(
  'html head meta link body div ul ol dl table tbody thead section main br hr form iframe'
    .split(' ')
    .concat(MUTE, HEADINGS, MENU, OF_ITEM, INLINE)
    .map((name) => [name, newTag(name)]),
)

function newTag(name: string): Tag {
  return {
    name,
    isInline: INLINE.includes(name),
    isHeading: HEADINGS.includes(name),
    isMute: MUTE.includes(name),
    isMenu: MENU.includes(name),
    isOfItem: OF_ITEM.includes(name),
  }
}

/** What is known of the elements of a name. */
export function tagOf(name: string): Tag {
  return TAGS.get(name) ?? newTag(name)
}

/** An element that has just been opened inside `parent`. */
export function newFrame(
  tag: Tag,
  id: number,
  attributes: Record<string, string>,
  parent: Frame | undefined,
): Frame {
  const said = saidOf(attributes.class ?? '', attributes.id ?? '')
  const { names } = said
  const { name } = tag
  return {
    name,
    tag,
    id,
    names,
    said,
    events: null,
    items: 0,
    anchor: null,
    mute: (parent?.mute ?? false) || tag.isMute,
    isHidden: (parent?.isHidden ?? false) || isOutOfSight(attributes),
    isInMenu: (parent?.isInMenu ?? false) || tag.isMenu || said.isMenu,
    foot: parent?.foot ?? (isFoot(name, said, parent) ? { names } : null),
    visitors: parent?.visitors || said.isOfVisitors ? 'inherited' : null,
    head: null,
    year: null,
    hasWords: false,
    isPre:
      (parent?.isPre ?? false) ||
      name === 'pre' ||
      (attributes.style !== undefined && PRE_STYLE.test(attributes.style)),
    texts: 0,
    words: '',
    cell: 0,
    cells: null,
    heads: 0,
    columns: null,
  }
}

const MENU_NAME =
  /nav|menu|crumb|header|foot(?:er)?|copyright|(?:^|[ _-])(?:head|top|bottom|links?|logo|position|path|side[-_]?(?:bar|nav|menu))(?:$|[ _-])/i
const PRE_STYLE = /white-space\s*:\s*pre/i
/** Class and id of boxes of comments, as the commoner programs name them. */
const COMMENTS =
  /(?:^|[ _-])(?:recent|latest|hot)?[_-]?(?:comments?|pinglun)(?:[_-]?(?:list|box|area|wrap|item|body|content|con))?(?:$|[ _-])/i
const COMMENT_HINT = /comment|pinglun/i
/** Names of the foot of a page; cards have feet too. */
const FOOT =
  /(?:^| )(?:(?:page|site|web|main|index)?[-_]?foot(?:er)?(?:[-_]?(?:box|wrap|inner|con|content|area|main|info|bottom))?|copy_?right)(?: |$)/i

/** What the class and id of an element say of it. */
interface Said {
  readonly names: string
  readonly isMenu: boolean
  readonly isOfVisitors: boolean
  readonly isFoot: boolean
  readonly clock: RunContext['clockName']
}

const NOTHING: Said = { names: '', isMenu: false, isOfVisitors: false, isFoot: false, clock: null }
const LONGEST_NAME = 100
const saidByClass = remembered((name: string) => saidBy(`${name} `), LONGEST_NAME)
const saidById = remembered((name: string) => saidBy(` ${name}`), LONGEST_NAME)

function saidOf(classes: string, id: string): Said {
  if (id === '') return classes === '' ? NOTHING : saidByClass(classes)
  return classes === '' ? saidById(id) : saidBy(`${classes} ${id}`)
}

function saidBy(names: string): Said {
  return {
    names,
    isMenu: MENU_NAME.test(names),
    isOfVisitors: COMMENT_HINT.test(names) && COMMENTS.test(names),
    isFoot: FOOT.test(names),
    clock: clockNamed(names),
  }
}

const OUT_OF_SIGHT = /display\s*:\s*none|visibility\s*:\s*hidden/i

function isOutOfSight({ style, hidden }: Record<string, string>): boolean {
  return hidden !== undefined || (style !== undefined && OUT_OF_SIGHT.test(style))
}

/** The list in which what has just been closed is an item: the innermost element that is none of an item's own. */
export function listAround(stack: Frame[]): number {
  return stack.at(-aroundItem(stack))?.id ?? 0
}

/** Where it stands, counted from the innermost element, which is 1. */
export function aroundItem(stack: Frame[]): number {
  let up = 1
  while (up <= LEVELS_TO_LIST && stack.at(-up)?.tag.isOfItem) up++
  return up
}

/** Numbers a cell that has just been opened. */
export function openCell(stack: Frame[]): void {
  const [row, cell] = stack.slice(-2)
  if (cell === undefined || row?.name !== 'tr') return
  cell.cell = row.cell++
  cell.cells = []
}

/** Adds a run of text to the cell it stands in. */
export function noteCellText(stack: Frame[], text: string): void {
  for (let up = 1; up <= 3; up++) {
    const frame = stack.at(-up)
    if (frame?.cells && frame.name !== 'tr' && frame.cells.length < 3) {
      frame.cells.push(beginning(text, HEADER_WORDS))
    }
  }
}

/** Adds a closed cell to its row. */
function closeCell(cell: Frame, row: Frame | undefined): void {
  if (row?.name !== 'tr' || cell.cells === null) return
  row.cells ??= []
  row.cells[cell.cell] = cell.cells.join('')
  if (cell.name === 'th') row.heads++
}

/**
 * Takes what was in a cell or a row that has been closed and that `stack` no longer holds: a first row of words without dates
 * names the columns below it.
 * @returns whether it is a row of several cells: the last of them says nothing of the row below.
 */
export function closeRow(row: Frame, stack: Frame[]): boolean {
  const { name, cells } = row
  if (name === 'td' || name === 'th') closeCell(row, stack.at(-1))
  if (name !== 'tr' || cells === null || cells.length < 2) return false
  if (row.events?.some((event) => event.hit !== null)) return true
  const areHeads = row.heads === cells.length
  if (!areHeads && cells.filter((cell) => COLUMN_WORDS.test(cell)).length < 2) return true
  const table = stack.slice(-LEVELS_TO_TABLE).findLast((frame) => frame.name === 'table')
  if (table) table.columns ??= cells
  return true
}

/** False in a table whose heads name no column of titles: its dates are of figures, shifts and the like. */
export function hasTitleColumn(stack: Frame[]): boolean {
  const table = stack.slice(-LEVELS_TO_TABLE).findLast((frame) => frame.name === 'table')
  return table?.columns == null || table.columns.some((words) => TITLE_COLUMN.test(words))
}

/** Words at the head of the column the innermost cell stands in; empty outside such tables. */
function columnOf(stack: Frame[]): string {
  for (let up = 1; up <= LEVELS_TO_CELL; up++) {
    const cell = stack.at(-up)
    if (cell?.name !== 'td' && cell?.name !== 'th') continue
    const at = stack.length - up
    const table = stack.slice(Math.max(0, at - LEVELS_TO_TABLE), at).findLast(({ name }) => name === 'table')
    return table?.columns?.[cell.cell] ?? ''
  }
  return ''
}

/** What the open elements say of a text in them. */
export function placeOf(
  stack: Frame[],
): Pick<RunContext, 'column' | 'isHidden' | 'clockName' | 'foot' | 'ofVisitors'> {
  return {
    column: columnOf(stack),
    isHidden: stack.at(-1)?.isHidden === true,
    clockName: clockNameOf(stack),
    foot: stack.at(-1)?.foot ?? null,
    ofVisitors: stack.at(-1)?.visitors != null || stack.some(({ visitors }) => visitors === 'own'),
  }
}

/** True for the foot of the page; the element for it may be a card's, deeper down. */
function isFoot(name: string, said: Said, parent: Frame | undefined): boolean {
  if (name === 'footer' && parent?.name === 'body') return true
  return name !== 'li' && said.isFoot
}

/** What the names of the innermost elements say of a clock; the name of a calendar counts before any other. */
function clockNameOf(stack: Frame[]): RunContext['clockName'] {
  let said: RunContext['clockName'] = null
  for (let up = 1; up <= 3; up++) {
    const named = stack.at(-up)?.said.clock
    if (named === 'header_clock') return named
    said ??= named ?? null
  }
  return said
}
