import { createHash } from 'node:crypto'
import type { Steps } from '../../../base/slices.ts'
import { clean } from '../../read/page/text.ts'

/**
 * The version of the reader, which goes into each print and stands beside each finding: one that has learnt something reads every page
 * anew within the day. Raise it with what it finds.
 */
export const READER = 6

/** Characters between two places where the work may be put off. */
const STEP = 16_384
/** Attributes that say what a page holds; of all others (data, marks of a session) nothing is read. */
const ATTRIBUTES =
  /\s(href|src|title|alt|class|id|style|datetime|content|onclick)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi
/** Marks of a link that has more than an address and a title. */
const VOLATILE = /[?;]|\s(?:data-|style|id|on)/i
/** Parts of an address that differ from visit to visit and name nothing. */
const SESSION =
  /;jsessionid=[^?#"']*|([?&])(?:(?:j?session_?id|sid|phpsessid|csrf\w*|token|_|timestamp|rnd|rand|random)=[^&#"']*|(?:t|ts|time|r|v|ver)=(?:0?\.\d+|\d{10,}|[0-9a-f-]{16,})(?![^&#"']))/gi
/** Such parts of what is no item: an image, a program. */
const STAMP = /([?&])(?:t|ts|time|r|v|ver)=[^&#"']*/gi
const LEADS_NOWHERE = /^<(?:img|script|input|embed|source|video|audio)$/
const HIDDEN = /\shidden\b/i
/** Lengths and places of a style; nought is said apart, since it hides. */
const LENGTH = /[\d.]+/g
const SOME = /[1-9]/
/** Numbers that a program makes up for what it puts into a page. */
const MADE_UP = /\d{3,}|[0-9a-f]{8,}/gi
const MARKUP = /<(?:li|a|record)\b/i
const DATE = /\d{2}[-/.年]\d/
/** A script that holds a list, or writes a date: whatever is in it counts. */
const HOLDS_LIST =
  /pub(?:lish)?(?:ed)?_?(?:date|data|time)|date_?published|doc_?(?:rel|pub)_?(?:time|date)|fbsj|fbrq|(?:show|display|issue)_?(?:time|date)|\btitle["']?\s{0,4}:/i
/** Separators of dates that are not what keyboards have. */
const SEPARATORS = /[\u2010\u2011\u2212\ufe63．／]/
/** Seconds or milliseconds since 1970; one by itself says when the page was made. */
const EPOCH = /(?<!\d)1[4-9]\d{8}(?:\d{3})?(?!\d)/g
/** So many of them are a list. */
const LEAST_OF_LIST = 3
const COMMENT_END = /-->/g
const SCRIPT_END = /<\/script/gi
const STYLE_END = /<\/style/gi
const TAG_NAME = /[a-z/!?]/i
const NAME = /[a-z]/i
const VALUE_OR_END = />|=\s*["']/g
const LINKS_END = /^<\/(?:a|div|p|li|ul|td|tr|table|body)\b/i
const ADDRESSED = /\s(?:href|onclick)/i
const LINK = /^<a\b/i
const SHOWN = /\S/
const DIGIT = /\d/
const MAY_BE_CLOCK = /[期周週礼农農天在前时欢您你]/
/** A day that a text may say. */
const DAY = String.raw`(?:\d{4}|\d{2}) ?[-/.年] ?\d{1,2} ?[-/.月] ?\d{1,2} ?日?|\d{1,2} ?月 ?\d{1,2} ?日`
/**
 * What changes by itself in a text that is no link: what a clock says, with its day. A day with nothing but a weekday after it
 * may be an item's: it counts, and a clock that says no more costs a reading a day.
 */
const CLOCK = new RegExp(
  String.raw`(?:今[天日]是?|现在(?:时间)?是?|当前(?:时间|日期)?|(?:北京|系统|服务器|本地|访问|打印)(?:时间|日期)|您好|你好|欢迎[您你]?)[^\d<]{0,12}(?:${DAY})|(?:星期|周|週)[一二三四五六日天](?![\u4e00-\u9fa5])|(?:农历|農曆)[\u4e00-\u9fa5]{0,14}`,
  'g',
)
/** What counts visitors, and what waits. */
const COUNTS = /访客|访问(?:量|次数|人数)|浏览|阅读|点击|人次|在线|点赞|评论|下载|关注|粉丝|倒计时/
const WEATHER =
  /℃|°|气温|天气|湿度|风力|[东南西北]{1,2}风|级风|空气质量|PM2\.?5|^\s*(?:晴|阴|多云|[小中大暴]+[雨雪]|阵雨|雷阵雨|雾|霾|扬沙)(?:[转到~～-].{1,4})?\s*$/
/** A number, with a unit perhaps, and no word. */
const NUMBER = /^[\s\d,.，:：()（）[\]【】+%/-]*[\u4e00-\u9fa5a-z]?[\s()（）[\]【】]*$/i
const LONGEST_NUMBER = 30
/** A date, as far as it is one for the reader; over-long numbers and times are none. */
const DATE_LIKE =
  /(?<![\d.:])\d{1,4} ?[-/.年月·－—–~] ?\d{1,2}(?: ?[-/.月·－—–~] ?\d{1,4})?(?![\d:])|(?<!\d)20\d{6}(?!\d)|\d{1,3} ?(?:(?:分钟|小时|天)前|(?:minute|hour|day|week)s? ago)|昨[天日]|前天|今天 ?(?=\d{1,2}:)|[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}/g
/** Characters of a date that has an element to itself. */
const LONGEST_DATE = 20
/** Part of a date that has an element to itself. */
const PART = /^[\s/|.\-·[\]()]*(?:\d{1,2}[日月]?|(?:19|20)\d{2}年?|[A-Za-z]{3,9}\.?)[\s/|.\-·[\]()]*$/
/** … that is a year: it may be the head of a list, far from its days. */
const YEAR_PART = /(?:19|20)\d{2}|年/
const COUNTER_LINK =
  /访客|访问量|访问次数|浏览量|点击(?:数|量|率)|在线人数|今天是|农历|星期[一二三四五六日天]|天气|气温|℃|倒计时|当前时间/

/**
 * What the reader would use of a page, as a short text: the same as long as the page holds the same items, with the same
 * titles, addresses and dates, whatever its counters, tokens, clocks and weather are. Where it is in doubt whether something
 * matters, it counts: that costs a reading, and the other way round would hide an item.
 * @param text of the page, decoded.
 */
export function* printOf(text: string): Steps<string> {
  const out: string[] = []
  let inLink = false
  let part: string | null = null
  let isAfterDate = false
  let restedAt = 0
  for (let at = 0; at < text.length; ) {
    if (at - restedAt > STEP) {
      restedAt = at
      yield
    }
    const tag = tagStart(text, at)
    const run = clean(text.slice(at, tag < 0 ? text.length : tag))
    if (SHOWN.test(run)) {
      const isPart = !inLink && run.length <= 12 && PART.test(run)
      // 「23」 beside 「2020-12」 is a date, and by itself a counter.
      const isDate = isPart || (run.length <= LONGEST_DATE && DATE.test(run))
      if (isDate && part !== null) out.push(part)
      if (!isPart) out.push(inLink ? linkText(run) : plainText(run))
      else if (part !== null || isAfterDate || YEAR_PART.test(run)) out.push(run)
      part = isPart ? run : null
      isAfterDate = isDate && !isPart
    }
    if (tag < 0) break
    if (text.startsWith('<!--', tag)) {
      at = Math.min(text.length, endOf(text, tag, COMMENT_END) + 3)
      const comment = text.slice(tag, at)
      if (comment.length > 30 && MARKUP.test(comment) && DATE.test(comment)) out.push(comment)
      continue
    }
    const end = tagEnd(text, tag)
    // A value that is never closed is the rest of the page, for whoever reads it.
    if (end < 0) break
    const raw = text.slice(tag, end)
    if (raw.charCodeAt(1) === 47) {
      if (LINKS_END.test(raw)) inLink = false
      out.push(raw)
      at = end
      continue
    }
    at = end
    if (LINK.test(raw)) inLink = ADDRESSED.test(raw)
    out.push(tagText(raw))
    const hidden = /^<(script|style)\b/i.exec(raw)?.[1]?.toLowerCase()
    if (hidden === undefined) continue
    at = endOf(text, end, hidden === 'script' ? SCRIPT_END : STYLE_END)
    if (hidden === 'script') out.push(scriptText(text.slice(end, at)))
  }
  return createHash('sha1')
    .update(`${READER}\n${out.join('\n')}`)
    .digest('base64url')
    .slice(0, 20)
}

/** Where the next tag begins: a `<` before a blank or a figure is a character like others. */
function tagStart(text: string, from: number): number {
  let at = text.indexOf('<', from)
  while (at >= 0 && !TAG_NAME.test(text.charAt(at + 1))) at = text.indexOf('<', at + 1)
  return at
}

/** Where a tag ends, or -1: a `>` in the value of an attribute does not end it; a quote that begins no value is none. */
function tagEnd(text: string, tag: number): number {
  if (!NAME.test(text.charAt(tag + 1))) return text.indexOf('>', tag) + 1 || -1
  VALUE_OR_END.lastIndex = tag
  for (let mark = VALUE_OR_END.exec(text); mark !== null; mark = VALUE_OR_END.exec(text)) {
    if (mark[0] === '>') return mark.index + 1
    const end = text.indexOf(mark[0].slice(-1), VALUE_OR_END.lastIndex)
    if (end < 0) break
    VALUE_OR_END.lastIndex = end + 1
  }
  return -1
}

/** Where something ends that is no markup, after `from`. */
function endOf(text: string, from: number, mark: RegExp): number {
  mark.lastIndex = from
  return mark.exec(text)?.index ?? text.length
}

function tagText(raw: string): string {
  // What differs from visit to visit has a number in it.
  if (!DIGIT.test(raw) || (LINK.test(raw) && !VOLATILE.test(raw))) return raw
  const name = /^<[^\s>/]*/.exec(raw)?.[0].toLowerCase() ?? '<'
  // What is said of the page is not read on it, but for where it sends its visitor.
  if (name === '<meta' && !/refresh/i.test(raw)) return name
  if (name === '<link' || name === '<base') return name
  const kept = [name]
  for (const [, attribute = '', value = ''] of raw.matchAll(ATTRIBUTES)) {
    if (/^(?:href|src|onclick)$/i.test(attribute)) kept.push(addressText(name, value))
    else if (/^style$/i.test(attribute))
      kept.push(value.replace(LENGTH, (length) => (SOME.test(length) ? '#' : '0')))
    else if (/^(?:class|id)$/i.test(attribute)) kept.push(value.replace(MADE_UP, '#'))
    else kept.push(name === '<a' ? linkText(value) : plainText(value))
  }
  if (HIDDEN.test(raw)) kept.push('hidden')
  return kept.join(' ')
}

function addressText(tag: string, address: string): string {
  const still = address.replace(SESSION, '$1')
  return LEADS_NOWHERE.test(tag) ? still.replace(STAMP, '$1') : still
}

/** The words of a link are the title of an item: they count as they are. */
function linkText(run: string): string {
  if (!DIGIT.test(run) || !COUNTER_LINK.test(run)) return run.trim()
  return run.replace(/\d+/g, '#') + (run.match(DATE_LIKE)?.join(' ') ?? '')
}

/** Of any other text its words, and of its numbers those that may be dates. */
function plainText(run: string): string {
  const still = MAY_BE_CLOCK.test(run) ? run.replace(CLOCK, '') : run
  const dates = still.match(DATE_LIKE)
  if (WEATHER.test(still)) return dates?.join(' ') ?? ''
  if (!DIGIT.test(still)) return still.trim()
  if (COUNTS.test(still)) return still.replace(/\d+/g, '#') + (dates?.join(' ') ?? '')
  // Registered numbers and telephones are read at the foot of a page; what has hardly a word is a counter.
  if (dates === null) return still.length <= LONGEST_NUMBER && NUMBER.test(still) ? '' : still.trim()
  return still.replace(/\d{1,2}[:：]\d{2}(?:[:：]\d{2})?/g, '').trim()
}

function scriptText(script: string): string {
  if (HOLDS_LIST.test(script) || (MARKUP.test(script) && DATE.test(script))) return script
  const plain = SEPARATORS.test(script) ? clean(script) : script
  const epochs = plain.match(EPOCH) ?? []
  const dates = [...(plain.match(DATE_LIKE) ?? []), ...(epochs.length < LEAST_OF_LIST ? [] : epochs)]
  return plain.replace(/\d+(?:\.\d+)?|[\w+/=-]{16,}/g, '#') + dates.join(' ')
}
