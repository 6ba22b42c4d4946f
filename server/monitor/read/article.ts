import { cut } from '../../../shared/base/text.ts'
import { type Candidate, plainCandidate, type Rejections } from './choice.ts'
import { dayOf, scanDates } from './dates/dates.ts'
import { urlDate } from './dates/url-date.ts'
import { believable, infoLine, isShown, labelled, shownCandidate } from './info-line.ts'
import type { Page } from './page/page.ts'
import { scriptDates } from './page/scripts.ts'
import { clean } from './page/text.ts'

const PUBLISH_META =
  /^(?:pub(?:lish)?_?(?:date|time)|publishdate|article:published_time|og:published_time|datepublished|dc\.date(?:\.issued)?|articledate|firstpublishtime|release_?date|weibo: ?article:create_at)$/i
const GENERATION_META = /generat|make_?time|build|modified|others|createdate|lastupdate/i
/** Scores of the line under the title: nobody would mistake it; enough to contradict the meta element; the least. */
const SURE_SCORE = 4
const STRONG_SCORE = 6
const LEAST_SCORE = 3

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
  for (const { doubt, label, match } of page.hits) {
    if (doubt !== null || label === 'other') rejected.push({ raw: match.raw, why: doubt ?? 'matter_date' })
  }
  const meta = fromMeta(page, ref, rejected)
  const found =
    labelled(page, 'publish', ref) ??
    labelled(page, 'posted', ref) ??
    infoLine(page, ref, meta ? STRONG_SCORE : SURE_SCORE) ??
    labelled(page, 'update', ref) ??
    meta ??
    fromScript(page, ref) ??
    labelled(page, 'written', ref) ??
    fromUrl(url, ref) ??
    infoLine(page, ref, LEAST_SCORE) ??
    signature(page, ref)
  if (found === null) return []
  const text = cut((title || found.title).replace(/\s+/g, ' ').trim(), 200)
  // The date is the article's own: the link that happens to stand nearest leads somewhere else.
  const { href: _, ...evidence } = found.evidence
  return [{ ...found, title: text, href: '', evidence: { ...evidence, text } }]
}

/** True when the page carries the marks of a single article. */
export function looksLikeArticle(page: Page): boolean {
  if (metaOf(page, /^articletitle$/i) !== '') return true
  const labels = page.hits.filter((hit) => hit.label === 'publish' && !hit.tight && hit.doubt === null)
  return labels.length === 1 && page.hits.filter((hit) => hit.tight && hit.shape === 'alone').length < 12
}

function metaOf(page: Page, name: RegExp): string {
  return page.metas.find((meta) => name.test(meta.name.trim()) && meta.content.trim() !== '')?.content ?? ''
}

function fromMeta(page: Page, ref: string, rejected: Rejections): Candidate | null {
  let found: Candidate | null = null
  for (const { name, content } of page.metas) {
    const match = scanDates(clean(content, 60))[0]
    if (match?.year == null) continue
    const { raw, form } = match
    const date = dayOf(match.year, match.month, match.day)
    if (GENERATION_META.test(name)) rejected.push({ raw, why: 'generation_meta' })
    else if (!PUBLISH_META.test(name.trim())) continue
    else if (date > ref) rejected.push({ raw, why: 'future' })
    else found ??= plainCandidate({ date, text: '', where: 'meta', raw, form, why: 'meta_pubdate' })
  }
  return found
}

/** A date in a variable of the page's own script, or kept in a hidden field of that name. */
function fromScript(page: Page, ref: string): Candidate | null {
  const dates = scriptDates(page.scripts).filter(({ day }) => day <= ref)
  const found = dates.find(({ title }) => title === '') ?? dates[0]
  if (found) return unseen(found.day, 'script', found.raw, 'script_variable')
  const field = page.fields.find(({ name }) => /pub(?:lish)?_?(?:date|time)/i.test(name))
  const match = field && scanDates(field.value)[0]
  if (match?.year == null) return null
  const day = dayOf(match.year, match.month, match.day)
  return day > ref ? null : unseen(day, 'script', match.raw, 'hidden_field')
}

function fromUrl(url: string | undefined, ref: string): Candidate | null {
  const link = url === undefined ? null : urlDate(url)
  if (url === undefined || link?.day == null) return null
  const day = dayOf(link.year, link.month, link.day)
  return day > ref ? null : unseen(day, 'url', url, 'own_address')
}

function unseen(date: string, where: 'script' | 'url', raw: string, why: string): Candidate {
  return plainCandidate({ date, text: '', where, raw, form: where, why })
}

/** The day under the signature, the last date standing alone: near the publish date, where nothing else is shown. */
function signature(page: Page, ref: string): Candidate | null {
  const alone = page.hits.filter(
    (hit) => isShown(hit) && hit.shape === 'alone' && !hit.tight && hit.label !== 'other',
  )
  const han = alone.filter(({ match }) => match.form === 'ymd_cn' || match.form === 'cn')
  const last = believable(han, ref).at(-1)
  return last ? shownCandidate(last, 'signature') : null
}
