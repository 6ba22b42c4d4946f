import { type Candidate, candidateOf } from './choice.ts'
import type { DateForm } from './dates/dates.ts'
import type { DatedHit } from './dates/hits.ts'
import { resolveYears } from './dates/years.ts'
import { doubtOfTrail, isOfWeather } from './doubts.ts'
import { isAccount, type Label } from './labels.ts'
import { type Anchor, type Hit, type Page, titleOf, titleRank } from './page/page.ts'
import { isSetApart } from './runs.ts'

/** Words of the line under a title that also holds the date. */
const INFO =
  /来源|作者|浏览|点击|阅读|字号|字体|编辑|打印|访问|次数|审核|播放|时长|信息员|供稿|撰稿|\d\/\d+ ?页|【|\||འབྱུང་ཁུངས|مەنبە|قاينار|출처|조회|래원/
const INFO_LINE = 100
/** The line under the title follows it closely, in characters of text. */
const NEAR_HEADING = 80
/** Written as people write it and by itself, only a date right below the title is not a signature. */
const RIGHT_BELOW = 12
const ACCOUNT_LINE = 40
/** What follows the time of a post: where it was posted, how often it was read, or nothing; a comma goes on with a sentence. */
const OF_POST = /^(?![，,。、；])[\s\p{P}]*$|^\s*(?:发布(?!会)|发表|来自|IP|阅读|浏览|[·|｜•])/u
/** 「来源：示例日报 」, 「By Li Ming | 」: what stands before a time that ends its line. */
const SOURCE_BEFORE = /(?:^|\s)(?:来源|作者|编辑|记者|Source|By)[:：\s][^，,。；]*$|[|｜·•]\s*$/i
const SOURCE_LABEL = /^\s*(?:来源|作者)[:：]/
/** What the days of other items are taken down by. */
const OF_OTHER = 4
/** Above the first words of a page stands its clock. */
const TOP = 30
/** What follows a date in the story: 「时间：3月5日上午9点」. */
const CLOCK_WORDS = /^\s*(?:上午|下午|晚|早|\d{1,2}[点时])/
/** Figures are how templates write dates, characters how people do. */
const FORM_SCORE: { [form in DateForm]?: number } = {
  ymd: 2,
  mdy: 2,
  split: 2,
  english: 2,
  ymd_cn: 1,
  yymd: 1,
  cn: 1,
  relative: 1,
}

/** The lines at the foot of a page stand together, within so many characters of text. */
const FOOT = 300

/** Words of a line that is an article's, whatever stands close below it. */
const OF_ARTICLE = /来源|作者|录入|责编|责任编辑|字号|字体|打印|供稿|点击数/

/** True for 「更新时间」 beside the lines about rights and licences: it is of the site, and of nothing published. */
export function isOfImprint(hit: Hit, page: Page): boolean {
  if (!(hit.label === 'update' || hit.label === 'plain' || hit.label === 'vague') || OF_ARTICLE.test(hit.run))
    return false
  return page.imprints.some((at) => Math.abs(at - hit.textBefore) <= FOOT)
}

/** The first date with this label, those below the heading first. */
export function labelled(page: Page, label: Label, ref: string): Candidate | null {
  const hits = page.hits.filter(
    (hit) =>
      hit.label === label &&
      isShownOn(hit, page) &&
      isInfo(hit) &&
      (isBelowHeading(hit, page) || !isOfImprint(hit, page)),
  )
  const first = belowHeading(believable(hits, ref), page)[0]
  return first ? shownCandidate(first, `${label}_label`) : null
}

/**
 * The date in the line under the title, told by its company: source, readers, type size.
 * @param isRelative asked for is one that is told from today, else one that stays what it is.
 */
export function infoLine(page: Page, ref: string, least: number, isRelative = false): Candidate | null {
  const hits = page.hits.filter(
    (hit) =>
      (hit.match.form === 'relative') === isRelative &&
      isShownOn(hit, page) &&
      isInfo(hit) &&
      !hit.isOfColumn &&
      (hit.label === null || hit.label === 'plain' || hit.label === 'vague'),
  )
  // Others that are listed with their days, below the story most often.
  const others = listedOf(hits)
  const likely = believable(hits, ref).filter(
    ({ hit }) =>
      infoScore(hit, page) -
        (hit.label === null && others.has(hit) && !isRightBelow(hit, page) ? OF_OTHER : 0) >=
      least,
  )
  const first = belowHeading(likely, page)[0]
  return first ? shownCandidate(first, first.hit.label === null ? 'info_line' : 'plain_label') : null
}

/** The days of several items of one list. */
function listedOf(hits: readonly Hit[]): ReadonlySet<Hit> {
  const sizes = new Map<string, number>()
  const listOf = ({ item, make }: Hit) => `${item?.list} ${make}`
  for (const hit of hits) if (hit.item) sizes.set(listOf(hit), (sizes.get(listOf(hit)) ?? 0) + 1)
  return new Set(hits.filter((hit) => hit.item && (sizes.get(listOf(hit)) ?? 0) > 1))
}

/** A candidate for a date shown in the page's text. */
export function shownCandidate(dated: DatedHit, why: string): Candidate {
  const candidate = candidateOf(dated, why)
  const { evidence } = candidate
  return {
    ...candidate,
    evidence: { ...evidence, where: evidence.where === 'list' ? 'line' : evidence.where },
  }
}

/** True for a date in the text of the page, or written there by a script after a label, that nothing speaks against. */
export function isShown(hit: Hit): boolean {
  if (hit.doubt !== null || hit.where === 'attr' || hit.isHidden || hit.foot !== null) return false
  if (doubtOfTrail(hit.trail) !== null) return false
  return hit.where !== 'script' || hit.label !== null
}

/** … or below the heading, where even a weekday makes no clock of it. */
function isShownOn(hit: Hit, page: Page): boolean {
  if (isShown(hit)) return true
  const distance = hit.textBefore - page.headingEnd
  const isForgiven = hit.doubt === 'weekday' || (hit.doubt === null && isOfWeather(page.heading))
  if (!isForgiven || hit.isHidden || hit.where !== 'list' || page.headingEnd < 0) return false
  return distance >= 0 && distance <= NEAR_HEADING
}

/** The hits with their days, up to the reference day, in the order of the page. */
export function believable(hits: Hit[], ref: string): DatedHit[] {
  return resolveYears(hits, ref)
    .filter(({ day }) => day <= ref)
    .sort((a, b) => a.hit.offset - b.hit.offset)
}

function belowHeading(dated: DatedHit[], page: Page): DatedHit[] {
  const below = dated.filter(({ hit }) => hit.textBefore >= page.headingEnd)
  return below.length > 0 ? below : dated
}

/** In the middle of a long paragraph even 「时间：」 speaks of the matter. */
function isInfo(hit: Hit): boolean {
  if (hit.label === 'publish') return true
  return !CLOCK_WORDS.test(behind(hit)) && (hit.shape !== 'inline' || hit.run.length < INFO_LINE)
}

function infoScore(hit: Hit, page: Page): number {
  const { form, hasTime, year, ago } = hit.match
  const company =
    hit.run.length < INFO_LINE && (INFO.test(hit.run) || (isRightBelow(hit, page) && isOfAccount(hit)))
  if ((hit.shape === 'inline' && !company) || (hit.leads === 'sentence' && hit.label === null)) return 0
  if (form === 'relative' && hit.label === null && !isOwnRelative(hit, page)) return 0
  // 「来源：新华社2024年3月13日电」
  if (
    form === 'ymd_cn' &&
    hit.label === null &&
    hit.shape !== 'alone' &&
    hit.shape !== 'start' &&
    !isSetApart(hit)
  )
    return 0
  const below = closesHeading(hit, page) ? 0 : hit.textBefore - page.headingEnd
  let score = FORM_SCORE[form] ?? 0
  if (hasTime) score += 2
  if (year === null && ago === undefined) score -= 2
  if (hit.shape === 'alone') score += 1
  if (hit.leads === 'menu' && hit.label === null) score -= 2
  if (hit.label === 'plain') score += 2
  if (company) score += 2
  if (page.headingEnd >= 0)
    score += nearHeading(below, form === 'ymd_cn' && !hasTime && !company ? RIGHT_BELOW : NEAR_HEADING)
  const isAtTop = hit.textBefore < TOP && (below < 0 || page.headingEnd < 0)
  if (isAtTop && hit.label === null && !OF_ARTICLE.test(hit.run)) score -= 3
  if (hit.tight && !isRightBelow(hit, page) && hit.anchor !== null && isOfOther(hit.anchor, page))
    score -= OF_OTHER
  return score
}

/**
 * A day that is told from today is anybody's: a forecast's, a story's. It is the page's where it is no part of a sentence: 「3天前」 alone
 * or behind its source; 「今天」 and 「昨天」 right below the title beside nothing but whose words these are, those without an hour alone.
 */
function isOwnRelative(hit: Hit, page: Page): boolean {
  const { raw, hasTime } = hit.match
  if (!OF_POST.test(behind(hit))) return hasTime && isRightBelow(hit, page) && isOfAccount(hit)
  if (/(?:前|ago)$/.test(raw))
    return hit.shape === 'alone' || isOfAccount(hit) || SOURCE_BEFORE.test(ahead(hit))
  if (!isRightBelow(hit, page) || !isOfAccount(hit)) return false
  return hasTime || (hit.shape === 'alone' && /^[昨前]/.test(raw))
}

/** What of its run stands before a date, and what behind it. */
const ahead = ({ run, match }: Hit) => run.slice(0, Math.max(0, run.indexOf(match.raw)))
const behind = ({ run, match }: Hit) => run.slice(Math.max(0, run.indexOf(match.raw)) + match.raw.length)

/** True where whose words these are stands right before the date, or behind it at the end of the line. */
function isOfAccount(hit: Hit): boolean {
  const { shape, run, match, trail } = hit
  const before = ahead(hit).replace(SOURCE_LABEL, '')
  if (shape === 'alone' && before.trim() === '') return isAccount(trail)
  if (run.length > ACCOUNT_LINE || !run.includes(match.raw)) return false
  return (shape === 'start' && isAccount(behind(hit))) || (isAccount(before) && OF_POST.test(behind(hit)))
}

function isRightBelow(hit: Hit, page: Page): boolean {
  if (page.headingEnd < 0) return false
  const below = closesHeading(hit, page) ? 0 : hit.textBefore - page.headingEnd
  return below >= 0 && below <= RIGHT_BELOW
}

/** A link that repeats the heading leads to the article itself. */
function isOfOther(anchor: Anchor, page: Page): boolean {
  if (titleRank(anchor) !== 2) return false
  const title = titleOf(anchor)
  return page.heading === '' || !(page.heading.includes(title) || title.includes(page.heading))
}

/** True for what stands closely below the heading, however short the article and close the foot. */
export function isBelowHeading({ textBefore }: Hit, { headingEnd }: Page): boolean {
  return headingEnd >= 0 && textBefore >= headingEnd && textBefore - headingEnd <= NEAR_HEADING
}

/** True for figures in brackets at the end of the heading. */
function closesHeading({ bracketed, shape, match, textBefore, after }: Hit, { headingEnd }: Page): boolean {
  if (!bracketed || shape !== 'end' || match.form !== 'ymd') return false
  return Math.abs(textBefore + (match.end - match.start) + after - headingEnd) <= 1
}

function nearHeading(distance: number, near: number): number {
  return distance < 0 ? -1 : distance <= near ? 2 : 0
}
