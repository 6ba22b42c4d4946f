import { cut } from '../../../shared/base/text.ts'
import { type DateMatch, scanDates } from './dates/dates.ts'
import { doubtOfTrail, isLetterState, isOfVisitor } from './doubts.ts'
import { isAccount, isClock, isImprint, isMasthead, isOfPassing, labelBehind, labelOf } from './labels.ts'
import type { Anchor, Hit, Shape, Where } from './page/page.ts'

/** What stands around a run of text. */
export interface RunContext {
  /** Text of the same line before the run. */
  line: string
  /** The run before, in whatever element: labels often have a cell of their own. */
  previous: string
  /** Heading of the table column the run stands in. */
  column: string
  /** The last texts before the run, whatever elements they stand in. */
  trail: string
  isHidden: boolean
  inside: Anchor | null
  where: Where
  /** What the names of the elements around it say of a clock. */
  clockName: Hit['doubt']
  /** The foot of the page that it stands in. */
  foot: Hit['foot']
  /** It stands where visitors write. */
  ofVisitors: boolean
  offset: number
  /** Characters of visible text before the run. */
  textBefore: number
}

const DECORATION = /^[\s'‘’()[\]（）【】〔〕〖〗{}<>《》«»·•|丨:：\-—–_,，;；.。、*★◆●■※→/~]*$/
const OPENING = /[([（【〔〖{<]\s*$/
const CLOSING = /^\s*[)\]）】〕〗}>]/
const PERIOD = /^[\s日号]*(?:至|到|[-—－~～–]{1,3})\s*$/
/** So many characters before a date may say what it is of. */
const TRAIL = 60
/** A cell or element that holds a label and nothing else. */
const LABEL_ONLY = /^[\s【[（(]*[\u4e00-\u9fa5 ]{2,10}[:：]?\s*$/

/** 「今天」 between these is a day of a forecast or of a counter. */
const BESIDE_TODAY =
  /^(?:[:：是]|今[天日]$|明[天日]|后天|本[周月]|昨[天日]|访问|浏览|天气|气温|多云|晴|阴|\d+ ?(?:人|次|℃))/

const NONE: readonly Hit[] = []

/** The name of an office or a paper, and nothing else. */
const OFFICE =
  /^[\u4e00-\u9fa5]{1,14}(?:局|委|办|办公室|厅|院|所|中心|街道|镇|乡|政府|学校|协会|支队|大队|部|科|处|网|台|日报|社)$/

/** Beside a date that is not part of a sentence stands a space or a mark, or whose it is. */
export function isSetApart({ run, match, shape }: Hit): boolean {
  const at = run.indexOf(match.raw)
  const rest = shape === 'start' ? run.slice(at + match.raw.length) : run.slice(0, Math.max(0, at))
  const beside = shape === 'start' ? rest.charAt(0) : rest.slice(-1)
  return beside === '丨' || !/[\p{Script=Han}\w]/u.test(beside) || OFFICE.test(rest)
}

/** True for a date at the end of a line that names an office and says nothing else. */
export function isOfOffice({ run, match, shape }: Hit): boolean {
  return shape === 'end' && OFFICE.test(run.slice(0, Math.max(0, run.indexOf(match.raw))).trim())
}

/** Source and readers of an item, as templates write them. */
const OF_ITEM = /(?:来源|作者)[:：]|(?:浏览|点击|阅读|访问|播放|评论|点赞)(?:量|数|次数|人数)?[:：]? ?\d/
const ITEM_LINE = 60

/** True for figures in the middle of a line that has the source of an item or its readers too. */
export function isOfItemLine(hit: Hit): boolean {
  if (hit.shape !== 'inline' || hit.match.form !== 'ymd' || hit.run.length > ITEM_LINE) return false
  return OF_ITEM.test(hit.run) && isSetApart(hit)
}

/** True for a date in a summary or a story: it is of no item, and takes no title from the date that is. */
export function isInProse(hit: Hit): boolean {
  if (hit.inside !== null || hit.label !== null || hit.bracketed || hit.shape === 'alone') return false
  if (hit.shape === 'inline') return !isOfItemLine(hit)
  return hit.shape === 'start' && !isSetApart(hit)
}

/** 「2024-03-14 08:00」「-18:00」 */
const HOURS_ON = /^\s*[-—–－]{1,2}\s*\d{1,2}[:：]\d{2}/
/** 「2024年3月14日（星期四）」「香港時間12時15分」: a release ends so. */
const ISSUED = /^(?:香港[時时][間间]|澳門[時时][間间]|Issued at HKT)/
/** 「2024年3月14日」「上午，…」 */
const HOURS = /^(?:[上下中]午|凌晨|晚上?|当[天日])/
const LEAST_SENTENCE = 10
/** 「昨天」「，区政府……」, 「10 days ago」「the mayor…」 */
const CLAUSE = /^(?:[，,。、；]|[\u4e00-\u9fff]{4}|[a-z]{2})/
const OF_POST = /^(?:发布(?!会)|发表|来自|来源|作者|编辑|阅读|浏览|点击|by\b)/
const MOST_SIGNED = 16
const MENU = /^(?:网站)?(?:首页|设为首页|加入收藏|收藏本站|登录|注册|无障碍.{0,3}|繁[體体]|简体|English)$/i

/**
 * What follows a date may still unmake it: a weekday in the next element, the end of a period, the sentence it begins.
 * @param isSameLine `text` stands in the line of the date.
 */
export function followed(hit: Hit, text: string, isSameLine: boolean): void {
  const isOfMatter = hit.label === 'other' || hit.label === 'letter'
  if (ISSUED.test(text) && !isOfMatter && hit.shape !== 'inline' && hit.inside === null) {
    hit.label = 'publish'
    if (hit.doubt === 'weekday') hit.doubt = null
    return
  }
  if (isSameLine && hit.match.ago !== undefined && goesOn(text)) hit.leads = 'sentence'
  if (HOURS.test(text) || (isSameLine && text.length >= LEAST_SENTENCE && /[。；]/.test(text))) {
    hit.leads = 'sentence'
    return
  }
  if (MENU.test(text)) hit.leads = 'menu'
  if (hit.label === null && hit.shape === 'alone') hit.label = labelBehind(text)
  if ((hit.doubt !== null && hit.doubt !== 'weekday') || isSure(hit.label)) return
  hit.doubt = doubtOfNext(hit, text) ?? hit.doubt
}

/** True for what goes on with a sentence: neither an account nor what is told of a post. */
function goesOn(text: string): boolean {
  return CLAUSE.test(text) && !OF_POST.test(text) && !isAccount(text)
}

function doubtOfNext({ match }: Hit, text: string): Hit['doubt'] {
  if (/^[(（]?(?:星期|[周週])[一二三四五六日天](?![\u4e00-\u9fa5])/.test(text)) return 'weekday'
  if (/^[(（]?[农農][历曆]/.test(text) || (match.ago !== undefined && BESIDE_TODAY.test(text)))
    return 'header_clock'
  if (isLetterState(text)) return 'letter'
  return /^(?:至|到|~|～|—|-) ?(?:\d|$)/.test(text) ? 'period' : null
}

/** The dates of one run of text (whitespace collapsed), each with how it stands there. */
export function hitsOf(text: string, contextOf: () => RunContext): readonly Hit[] {
  const matches = scanDates(text)
  if (matches.length === 0) return NONE
  const context = contextOf()
  return matches.map((match, i) => hitOf(text, match, context, isPeriod(text, matches, i)))
}

/** A hit for a date that stands alone but not in one run of text. */
export function bareHit(match: DateMatch, label: Hit['label'], context: RunContext): Hit {
  return {
    match,
    where: context.where,
    shape: 'alone',
    bracketed: false,
    label,
    doubt: context.clockName ?? (context.ofVisitors ? 'letter' : null),
    trail: context.trail,
    isHidden: context.isHidden,
    foot: context.foot,
    run: context.previous.slice(-60),
    after: 0,
    inside: context.inside,
    anchor: null,
    tight: false,
    isInItem: false,
    make: '',
    group: 0,
    offset: context.offset,
    textBefore: context.textBefore,
  }
}

/** What stands around an attribute: nothing. */
export function attributeContext(
  inside: Anchor | null,
  where: Where,
  offset: number,
  textBefore: number,
): RunContext {
  return {
    line: '',
    previous: '',
    column: '',
    trail: '',
    isHidden: false,
    inside,
    where,
    clockName: null,
    foot: null,
    ofVisitors: false,
    offset,
    textBefore,
  }
}

function hitOf(text: string, match: DateMatch, context: RunContext, period: boolean): Hit {
  const before = text.slice(0, match.start)
  const after = text.slice(match.end)
  const openStart = before.length <= 60 && DECORATION.test(before)
  const lead = openStart ? context.line + before : before
  const label =
    labelOf(lead) ??
    (openStart ? besides(context) : null) ??
    labelBehind(after) ??
    (context.inside === null ? ofPeople(match, before, after) : null)
  const near = openStart && context.line === '' ? context.previous + lead : lead
  const doubt =
    doubtOf(lead, after, text, period) ??
    clockOf(lead, after, label, context.clockName) ??
    (near === lead || clockOf(near, after, label, null) === null ? null : 'after_clock') ??
    (context.ofVisitors || isLetterState(context.previous) || isOfVisitor(text)
      ? 'letter'
      : doubtOfTrail(before.slice(-TRAIL)))
  const hit: Hit = {
    match,
    where: context.where,
    shape: shapeOf(before, after, openStart, label !== null || isSigned(before, match)),
    bracketed: OPENING.test(before.slice(-3)) && CLOSING.test(after.slice(0, 3)),
    label,
    doubt: doubt ?? (match.hasWeekday && !isSure(label) ? 'weekday' : null),
    trail: context.trail,
    isHidden: context.isHidden,
    foot: context.foot,
    run: text.length <= 60 ? text : cut(text.slice(Math.max(0, match.start - 60), match.end + 60), 120),
    inside: context.inside,
    after: text.length - match.end,
    anchor: null,
    tight: false,
    isInItem: false,
    make: '',
    group: 0,
    offset: context.offset + match.start,
    textBefore: context.textBefore + match.start,
  }
  if (openStart && isOfColumn(lead, context)) hit.isOfColumn = true
  const year = yearBefore(before, match)
  if (year !== null) hit.headYear = year
  return hit
}

/** 「2024年第12期（06-12）」: a number of its year. */
const NUMBER_OF_YEAR = /(20\d{2}) ?年? ?第 ?\d{1,4} ?[期号][^\d]{0,4}$/

/** The year of the number before a month and day. */
function yearBefore(before: string, { year, ago }: DateMatch): number | null {
  const number = year === null && ago === undefined ? NUMBER_OF_YEAR.exec(before)?.[1] : undefined
  return number === undefined ? null : Number(number)
}

/** 「示例融媒 03-12 10:00」: whose words these are, and when. */
function isSigned(before: string, { hasTime, form }: DateMatch): boolean {
  return (hasTime || form === 'relative') && before.length <= MOST_SIGNED && isAccount(before)
}

/** People write in characters when a law was passed, and at the head of a paper of which day it is. */
function ofPeople({ form }: DateMatch, before: string, after: string): Hit['label'] {
  if (form !== 'ymd_cn' && form !== 'cn') return null
  return isMasthead(before, after) ? 'publish' : isOfPassing(after) ? 'other' : null
}

/** The label of what comes next in the line. */
export function labelBefore(context: RunContext): Hit['label'] {
  return labelOf(context.line) ?? besides(context)
}

/** True where no label but that of the column speaks of the date. */
function isOfColumn(lead: string, { column, line, previous }: RunContext): boolean {
  if (column === '' || labelOf(column) === null || labelOf(lead) !== null) return false
  return line !== '' || !LABEL_ONLY.test(previous) || labelOf(previous) === null
}

/** A label in the cell before, or at the head of the column. */
function besides(context: RunContext): Hit['label'] {
  if (context.line === '' && LABEL_ONLY.test(context.previous)) {
    const label = labelOf(context.previous)
    if (label !== null) return label
  }
  return context.column === '' ? null : labelOf(context.column)
}

function isSure(label: Hit['label']): boolean {
  return label === 'publish' || label === 'posted'
}

function shapeOf(before: string, after: string, openStart: boolean, labelled: boolean): Shape {
  const openEnd = after.length <= 60 && DECORATION.test(after)
  const start = openStart || (labelled && before.length <= 20)
  if (start && openEnd) return 'alone'
  if (start) return 'start'
  return openEnd ? 'end' : 'inline'
}

function doubtOf(lead: string, after: string, text: string, period: boolean): Hit['doubt'] {
  if (period || /^\s*(?:至|起至|~|～)/.test(after) || HOURS_ON.test(after)) return 'period'
  return isImprint(lead.slice(-20) + text) ? 'copyright' : null
}

/** A weekday beside a labelled publish date does not make it a clock. */
function clockOf(lead: string, after: string, label: Hit['label'], named: Hit['doubt']): Hit['doubt'] {
  if (isSure(label)) return null
  return isClock(lead.slice(-40), after.slice(0, 20)) ? 'header_clock' : named
}

/** True when date `i` opens or closes a period written as two dates. */
function isPeriod(text: string, matches: readonly DateMatch[], i: number): boolean {
  return joined(text, matches[i - 1], matches[i]) || joined(text, matches[i], matches[i + 1])
}

function joined(text: string, a: DateMatch | undefined, b: DateMatch | undefined): boolean {
  if (!a || !b || b.start - a.end > 12) return false
  return PERIOD.test(text.slice(a.end, b.start))
}
