import { type Candidate, candidateOf, plainCandidate, type Rejections } from './choice.ts'
import { type DateForm, dayOf, scanDates } from './dates.ts'
import type { Label } from './labels.ts'
import { type Hit, type Page, titleRank } from './page.ts'
import { scriptDates } from './scripts.ts'
import { urlDate } from './url-date.ts'
import { type DatedHit, resolveYears } from './years.ts'

const PUBLISH_META =
  /^(?:pub(?:lish)?_?(?:date|time)|publishdate|article:published_time|og:published_time|datepublished|dc\.date(?:\.issued)?|articledate|firstpublishtime|release_?date|weibo: ?article:create_at)$/i
const GENERATION_META = /generat|make_?time|build|modified|others|createdate|lastupdate/i
/** Figures are how templates write dates, characters how people do. */
const FORM_SCORE: { [form in DateForm]?: number } = {
  ymd: 2,
  mdy: 2,
  split: 2,
  english: 2,
  ymd_cn: 1,
  yymd: 1,
}
/** A date line nobody would mistake, and one that will do when nothing else is there. */
const SURE_SCORE = 4
const LEAST_SCORE = 3
/** Words of the line under a title that also holds the date. */
const INFO = /来源|作者|浏览|点击|阅读|字号|字体|编辑|打印|访问|次数|审核|信息员|供稿|撰稿|【|\|/

/**
 * The publish date of an article page, most trusted first: a labelled date, the date line under the title,
 * the publish-date meta element, the script that writes the date, the page's own address, the signature.
 */
export function articleDate(
  page: Page,
  url: string | undefined,
  ref: string,
  rejected: Rejections,
): Candidate[] {
  const title = page.heading || metaOf(page, /^articletitle$/i) || page.title
  const found =
    labelled(page, ['publish', 'posted', 'plain'], ref) ??
    infoLine(page, ref, SURE_SCORE) ??
    labelled(page, ['update'], ref) ??
    fromMeta(page, ref, rejected) ??
    fromScript(page, ref) ??
    labelled(page, ['written'], ref) ??
    fromUrl(url, ref) ??
    infoLine(page, ref, LEAST_SCORE) ??
    signature(page, ref)
  if (found === null) return []
  const text = (title || found.title).replace(/\s+/g, ' ').trim().slice(0, 200)
  return [{ ...found, title: text, evidence: { ...found.evidence, text } }]
}

/** True when the page carries the marks of a single article. */
export function looksLikeArticle(page: Page): boolean {
  if (metaOf(page, /^articletitle$/i) !== '') return true
  const labels = page.hits.filter(
    (hit) => hit.label === 'publish' && hit.anchor === null && hit.doubt === null,
  )
  return (
    labels.length === 1 && page.hits.filter((hit) => hit.anchor !== null && hit.shape === 'alone').length < 12
  )
}

function labelled(page: Page, labels: Label[], ref: string): Candidate | null {
  for (const label of labels) {
    const hits = page.hits.filter((hit) => hit.label === label && isShown(hit) && isInfo(hit))
    const dated = believable(hits, ref)[0]
    if (dated)
      return { ...candidateOf(dated, `${label}_label`), evidence: evidenceOf(dated, `${label}_label`) }
  }
  return null
}

function evidenceOf(dated: DatedHit, why: string) {
  const { evidence } = candidateOf(dated, why)
  return { ...evidence, where: evidence.where === 'list' ? 'line' : evidence.where }
}

function isShown(hit: Hit): boolean {
  return hit.doubt === null && (hit.where === 'list' || hit.where === 'split' || hit.where === 'time')
}

/** In the middle of a long paragraph even 「时间：」 speaks of the matter. */
function isInfo(hit: Hit): boolean {
  if (hit.label === 'publish') return true
  if (
    /^\s*(?:上午|下午|晚上?|\d{1,2}[点时])/.test(
      hit.run.slice(hit.run.indexOf(hit.match.raw) + hit.match.raw.length),
    )
  ) {
    return false
  }
  return hit.shape !== 'inline' || hit.run.length < 100
}

function believable(hits: Hit[], ref: string): DatedHit[] {
  return resolveYears(hits, ref)
    .filter(({ day }) => day <= ref)
    .sort((a, b) => a.hit.offset - b.hit.offset)
}

/** The date in the line under the title, told by its company: source, readers, type size. */
function infoLine(page: Page, ref: string, least: number): Candidate | null {
  let best: { score: number; dated: DatedHit } | null = null
  for (const dated of believable(
    page.hits.filter((hit) => isShown(hit) && hit.label === null),
    ref,
  )) {
    const score = infoScore(dated.hit, page)
    if (score >= least && (best === null || score > best.score)) best = { score, dated }
  }
  return best && { ...candidateOf(best.dated, 'info_line'), evidence: evidenceOf(best.dated, 'info_line') }
}

function infoScore(hit: Hit, page: Page): number {
  const { form, hasTime, year } = hit.match
  if (hit.shape === 'inline' && !(hit.run.length < 100 && INFO.test(hit.run))) return 0
  let score = FORM_SCORE[form] ?? 0
  if (hasTime) score += 2
  if (year === null) score -= 2
  if (hit.shape === 'alone') score += 1
  if (hit.run.length < 100 && INFO.test(hit.run)) score += 2
  if (page.headingOffset >= 0)
    score += hit.offset < page.headingOffset ? -1 : hit.offset - page.headingOffset < 2_500 ? 2 : 0
  if (hit.tight && hit.anchor !== null && titleRank(hit.anchor) === 2) score -= 4
  return score
}

function metaOf(page: Page, name: RegExp): string {
  return page.metas.find((meta) => name.test(meta.name.trim()) && meta.content.trim() !== '')?.content ?? ''
}

function fromMeta(page: Page, ref: string, rejected: Rejections): Candidate | null {
  for (const { name, content } of page.metas) {
    const match = scanDates(content)[0]
    if (match?.year == null) continue
    if (GENERATION_META.test(name)) rejected.push({ raw: match.raw, why: 'generation_meta' })
    if (!PUBLISH_META.test(name.trim())) continue
    const date = dayOf(match.year, match.month, match.day)
    if (date > ref) rejected.push({ raw: match.raw, why: 'future' })
    else
      return plainCandidate({
        date,
        text: '',
        where: 'meta',
        raw: match.raw,
        form: match.form,
        why: 'meta_pubdate',
      })
  }
  return null
}

/** A date written out by the page's own script, or kept in a hidden field of that name. */
function fromScript(page: Page, ref: string): Candidate | null {
  const field = page.fields.find(({ name }) => /pub(?:lish)?_?(?:date|time)/i.test(name))
  const inField = field && scanDates(field.value)[0]
  const dates = scriptDates(page.scripts).filter(({ day }) => day <= ref)
  const found = dates.find(({ title }) => title === '') ?? dates[0]
  if (found) {
    return plainCandidate({
      date: found.day,
      text: '',
      where: 'script',
      raw: found.raw,
      form: 'script',
      why: 'script_variable',
    })
  }
  if (inField?.year == null) return null
  const date = dayOf(inField.year, inField.month, inField.day)
  return date > ref
    ? null
    : plainCandidate({
        date,
        text: '',
        where: 'script',
        raw: inField.raw,
        form: inField.form,
        why: 'hidden_field',
      })
}

function fromUrl(url: string | undefined, ref: string): Candidate | null {
  const link = url === undefined ? null : urlDate(url)
  if (link?.day == null) return null
  const date = dayOf(link.year, link.month, link.day)
  return date > ref
    ? null
    : plainCandidate({ date, text: '', where: 'url', raw: url ?? '', form: 'url', why: 'own_address' })
}

/** The day under the signature, the last date standing alone: near the publish date, where nothing else is shown. */
function signature(page: Page, ref: string): Candidate | null {
  const alone = page.hits.filter(
    (hit) => isShown(hit) && hit.shape === 'alone' && hit.anchor === null && hit.label !== 'other',
  )
  const last = believable(
    alone.filter(({ match }) => match.form === 'ymd_cn' || match.form === 'cn'),
    ref,
  ).at(-1)
  return last ? { ...candidateOf(last, 'signature'), evidence: evidenceOf(last, 'signature') } : null
}
