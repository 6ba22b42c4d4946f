import { type Hit, titleOf } from '../page/page.ts'

/*
 * How a date stands in its line: in a sentence, at the edge of a title, or between what templates tell of an item.
 */

/** An info line under a title is short; in anything longer a date is part of the story. */
const INFO_LINE = 60

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
  if (isInfoLine(hit)) return false
  if (hit.shape === 'inline') return !isOfItemLine(hit)
  return (
    hit.shape === 'start' && (!isSetApart(hit) || GOES_ON.test(hit.run.slice(hit.run.indexOf(hit.match.raw))))
  )
}

/** 「3月9日，县政府……」 */
const GOES_ON = /^[^，,。]{1,12}[日号]，/

/** What may stand between a day and what else is told of the item. */
const GAP = String.raw`[\s|｜丨·•/[\]【】()（）]`
/** 「来源：县融媒体中心」 */
const SOURCE = String.raw`(?:来源|作者|编辑|供稿)[:：] ?[\u4e00-\u9fa5A-Za-z《》]{1,20}`
/** 「阅读(33)」, 「浏览：31次」. 「访问」 is of the whole site as often, and beside a clock. */
const READ = String.raw`(?:浏览|点击|阅读|播放|评论|点赞|人气)(?:量|数|次数|人数)?[:：]?[ (（]{0,2}\d{1,7} ?[次人]?`
/** Who publishes and is no place in which something takes place. */
const PUBLISHER = String.raw`[\u4e00-\u9fa5]{1,14}(?:局|委|办|办公室|办事处|厅|政府|宣传部|组织部|统战部|报社|日报|晚报|电视台|(?:媒|媒体|新闻|宣传)中心)`
/** Readers in brackets, without a word. */
const COUNT = String.raw`[(（[【] ?\d{1,7} ?[次人]? ?[)）\]】]`
const AHEAD = new RegExp(`^${GAP}*(?:(?:${SOURCE}|${PUBLISHER}|${READ})${GAP}+)*$`)
/** Behind a day stands where something takes place as well, so that an office is none of an item … */
const BEHIND = new RegExp(`^(?:${GAP}*${COUNT}|${GAP}+(?:${SOURCE}|${READ}))*${GAP}*$`)
/** … but behind 「1天前」, which nobody writes of an event. */
const BEHIND_AGO = new RegExp(`^(?:${GAP}+(?:${SOURCE}|${READ}|${PUBLISHER}))*${GAP}*$`)
const INFO_FORMS: ReadonlySet<string> = new Set(['ymd_cn', 'yymd', 'md_cn', 'md', 'relative'])
/** Numbers with a dot are prices and levels, and single figures with a number behind them scores. */
const MONTH_DAY = /^\d{1,2}[-/]\d{1,2}/
const WHOLE_MONTH_DAY = /^\d{2}[-/]\d{2}/
const COUNTED = /^ ?[(（[【] ?\d/
/** So many items of a list with such a line are a template's. */
const LEAST_LINES = 2

/** True for a day beside nothing but what templates tell of an item: its source, its office, its readers. */
function isInfoLine({ run, match, shape, label }: Hit): boolean {
  if (label !== null || shape === 'alone' || run.length > ITEM_LINE || !INFO_FORMS.has(match.form))
    return false
  const at = run.indexOf(match.raw)
  if (at < 0) return false
  const behind = run.slice(at + match.raw.length)
  const isAgo = match.form === 'relative'
  // 「今日 浏览 312」 counts the visitors of a site.
  if (isAgo && !match.hasTime && !/(?:前|ago)$/.test(match.raw)) return false
  if (match.form === 'md' && !(COUNTED.test(behind) ? WHOLE_MONTH_DAY : MONTH_DAY).test(match.raw))
    return false
  return AHEAD.test(run.slice(0, at)) && (isAgo ? BEHIND_AGO : BEHIND).test(behind)
}

/**
 * The days in info lines of lists: one by itself may be of a story or a clock. In links also beside days by themselves, and below a title:
 * 「市教育局 3月12日」 alone says when it is the turn of that office.
 */
export function infoLines(hits: readonly Hit[]): ReadonlySet<Hit> {
  const lines = hits.filter(
    (hit) => hit.group !== 0 && hit.anchor !== null && isInfoLine(hit) && !isTitle(hit),
  )
  if (lines.length === 0) return new Set()
  const links = new Map<number, Set<Hit['anchor']>>()
  for (const hit of hits) {
    const { group, anchor, inside, shape } = hit
    if (anchor === null || !((inside !== null && shape === 'alone') || isInfoLine(hit))) continue
    links.set(group, (links.get(group) ?? new Set()).add(anchor))
  }
  return new Set(lines.filter(({ group }) => (links.get(group)?.size ?? 0) >= LEAST_LINES))
}

const isTitle = ({ inside, run }: Hit): boolean => inside !== null && run.includes(titleOf(inside))

/** 「[03月10日] 标题」: people who begin a title so write 「【3月10日】」. */
const BY_TEMPLATE = /^[[(［] ?\d{2}月\d{2}日 ?[\])］]/

/** A date at an edge of a longer text: in brackets, or clearly set apart from it. */
export function edgeDoubt(hit: Hit): string | null {
  if (hit.label !== null) return null
  const why = hit.inside ? 'in_title' : 'in_text'
  switch (hit.match.form) {
    case 'english':
      if (hit.inside) return hit.bracketed ? null : why
      return hit.run.length <= INFO_LINE && isSetApart(hit) ? null : why
    case 'ymd':
    case 'mdy':
    case 'split':
      if (hit.bracketed || hit.inside) return null
      return hit.run.length <= INFO_LINE && isSetApart(hit) ? null : why
    case 'ymd_cn':
    case 'cn':
      if (hit.bracketed) return null
      return !hit.inside && hit.shape === 'end' && hit.run.length <= INFO_LINE ? null : why
    case 'md_cn':
      return hit.inside && hit.bracketed && (hit.shape === 'end' || BY_TEMPLATE.test(hit.run)) ? null : why
    case 'yymd':
    case 'md':
      return hit.bracketed || (hit.shape === 'start' && /^\S+ [·|]? ?\S/.test(hit.run)) ? null : why
    default:
      return why
  }
}

/** True for a day that is written in figures. */
export function isNumeric(hit: Hit): boolean {
  return hit.match.form === 'ymd' || hit.match.form === 'yymd' || hit.match.form === 'md'
}
