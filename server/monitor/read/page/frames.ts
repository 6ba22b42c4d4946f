import { beginning } from '../../../../shared/base/text.ts'
import { clockNamed } from '../labels.ts'
import type { Event } from '../pairing.ts'
import type { RunContext } from '../runs.ts'
import type { Anchor, BoxHead, Foot, YearHead } from './page.ts'

/** One open element. */
export interface Frame {
  name: string
  /** Serial number of the element in the page. */
  id: number
  /** Its class and id. */
  names: string
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
/** Elements of one item, and of its lines. */
const WITHIN_ITEM = new Set('li tr td th dt dd p h1 h2 h3 h4 h5 h6 span font a b strong i em'.split(' '))
const LEVELS_TO_LIST = 6
const COLUMN_WORDS =
  /标题|主题|名称|日期|时间|文号|序号|编号|索引号|案号|来源|机构|状态|有效期|单位|部门|内容|项目|事项|对象|姓名|领导|地点|结果|金额|电话/
const HEADER_WORDS = 12
/** Of columns one of which holds what is published. */
const TITLE_COLUMN = /标题|主题|题名|名称|内容|文件|公告|公示|事项|信息/

/** Elements whose text is not shown as text of the page. */
const MUTE = new Set('script style select textarea title template noframes object svg'.split(' '))
const INLINE = new Set(
  'a abbr b big cite code del em font i img input ins kbd label mark o:p q s samp small span strike strong sub sup time tt u var'.split(
    ' ',
  ),
)

/** An element that has just been opened inside `parent`. */
export function newFrame(
  name: string,
  id: number,
  attributes: Record<string, string>,
  parent: Frame | undefined,
): Frame {
  const { class: classes, id: ownId } = attributes
  const names = classes || ownId ? `${classes ?? ''} ${ownId ?? ''}` : ''
  return {
    name,
    id,
    names,
    events: null,
    items: 0,
    anchor: null,
    mute: (parent?.mute ?? false) || MUTE.has(name),
    isHidden: (parent?.isHidden ?? false) || isOutOfSight(attributes),
    isInMenu: (parent?.isInMenu ?? false) || MENU.has(name) || (names !== '' && MENU_NAME.test(names)),
    foot: parent?.foot ?? (isFoot(name, names, parent) ? { names } : null),
    visitors:
      parent?.visitors || (names !== '' && COMMENT_HINT.test(names) && COMMENTS.test(names))
        ? 'inherited'
        : null,
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

const MENU = new Set(['nav', 'header', 'footer', 'aside'])
const MENU_NAME =
  /nav|menu|crumb|header|foot(?:er)?|copyright|(?:^|[ _-])(?:head|top|bottom|links?|logo|position|path|side[-_]?(?:bar|nav|menu))(?:$|[ _-])/i
const PRE_STYLE = /white-space\s*:\s*pre/i
/** Class and id of boxes of comments, as the commoner programs name them. */
const COMMENTS =
  /(?:^|[ _-])(?:recent|latest|hot)?[_-]?(?:comments?|pinglun)(?:[_-]?(?:list|box|area|wrap|item|body|content|con))?(?:$|[ _-])/i
const COMMENT_HINT = /comment|pinglun/i
const OUT_OF_SIGHT = /display\s*:\s*none|visibility\s*:\s*hidden/i

function isOutOfSight({ style, hidden }: Record<string, string>): boolean {
  return hidden !== undefined || (style !== undefined && OUT_OF_SIGHT.test(style))
}

/** True for elements that do not begin a line of their own. */
export function isInline(name: string): boolean {
  return INLINE.has(name)
}

/** The list in which what has just been closed is an item: the innermost element that is none of an item's own. */
export function listAround(stack: Frame[]): number {
  return stack.at(-aroundItem(stack))?.id ?? 0
}

/** Where it stands, counted from the innermost element, which is 1. */
export function aroundItem(stack: Frame[]): number {
  let up = 1
  while (up <= LEVELS_TO_LIST && WITHIN_ITEM.has(stack.at(-up)?.name ?? '')) up++
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
  const at = stack.findLastIndex((frame) => frame.name === 'td' || frame.name === 'th')
  const cell = stack[at]
  if (cell === undefined || stack.length - at > LEVELS_TO_CELL) return ''
  const table = stack.slice(Math.max(0, at - LEVELS_TO_TABLE), at).findLast((frame) => frame.name === 'table')
  return table?.columns?.[cell.cell] ?? ''
}

/** Names of the foot of a page; cards have feet too. */
const FOOT =
  /(?:^| )(?:(?:page|site|web|main|index)?[-_]?foot(?:er)?(?:[-_]?(?:box|wrap|inner|con|content|area|main|info|bottom))?|copy_?right)(?: |$)/i

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
function isFoot(name: string, names: string, parent: Frame | undefined): boolean {
  if (name === 'footer' && parent?.name === 'body') return true
  return names !== '' && name !== 'li' && FOOT.test(names)
}

/** What the names of the innermost elements say of a clock; the name of a calendar counts before any other. */
function clockNameOf(stack: Frame[]): RunContext['clockName'] {
  let said: RunContext['clockName'] = null
  for (let up = 1; up <= 3; up++) {
    const names = stack.at(-up)?.names
    const named = names ? clockNamed(names) : null
    if (named === 'header_clock') return named
    said ??= named
  }
  return said
}
