import { cut } from '../../../shared/base/text.ts'
import { type Candidate, candidateOf, plainCandidate, type Rejections } from './choice.ts'
import { dayOf, scanDates } from './dates/dates.ts'
import { urlDate } from './dates/url-date.ts'
import { reasonOf } from './doubts.ts'
import {
  believable,
  infoLine,
  isBelowHeading,
  isOfImprint,
  isShown,
  labelled,
  shownCandidate,
} from './info-line.ts'
import type { Anchor, Hit, Page } from './page/page.ts'
import { scriptDates } from './page/scripts.ts'
import { clean } from './page/text.ts'
import { isOfOffice } from './runs.ts'

const PUBLISH_META =
  /^(?:pub(?:lish)?_?(?:date|time)|publishdate|article:published_time|og:published_time|datepublished|dc\.date(?:\.issued)?|articledate|firstpublishtime|release_?date|weibo: ?article:create_at)$/i
const GENERATION_META = /generat|make_?time|build|modified|others|createdate|lastupdate/i
/** Scores of the line under the title: nobody would mistake it; the least. */
const SURE_SCORE = 4
const LEAST_SCORE = 3
/** Characters of a story before its signature: what stands above them is no signature. */
const LEAST_STORY = 24

/**
 * The publish date of an article page, most trusted first: a labelled date, the date line under the title,
 * the script that writes the date, the page's own address, the signature. What only metas and hidden fields say is
 * told and not believed: 未注明信息发布时间的视为不更新 is about what is shown, and many a template fills them with today.
 */
export function articleDate(
  page: Page,
  url: string | undefined,
  ref: string,
  rejected: Rejections,
): Candidate[] {
  const title = page.heading || metaOf(page, /^articletitle$/i) || page.title
  for (const { doubt, label, match } of page.hits) {
    if (doubt !== null || label === 'other' || label === 'letter')
      rejected.push({ raw: match.raw, why: reasonOf(doubt ?? 'matter_date') })
  }
  rejectMetas(page, ref, rejected)
  const found =
    labelled(page, 'publish', ref) ??
    labelled(page, 'posted', ref) ??
    infoLine(page, ref, SURE_SCORE) ??
    labelled(page, 'update', ref) ??
    fromScript(page, ref) ??
    labelled(page, 'written', ref) ??
    fromUrl(url, ref) ??
    infoLine(page, ref, LEAST_SCORE) ??
    signature(page, ref) ??
    hovered(page, ref) ??
    // Told from today it moves along with it: whatever stays is believed first.
    infoLine(page, ref, LEAST_SCORE, true)
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

function rejectMetas(page: Page, ref: string, rejected: Rejections): void {
  for (const { name, content } of page.metas) {
    const match = scanDates(clean(content, 60))[0]
    if (match?.year == null) continue
    const { raw } = match
    const date = dayOf(match.year, match.month, match.day)
    if (GENERATION_META.test(name)) rejected.push({ raw, why: 'generation_meta' })
    else if (PUBLISH_META.test(name.trim())) rejected.push({ raw, why: date > ref ? 'future' : 'meta_only' })
  }
}

/** A date in a variable of the page's own script. */
function fromScript(page: Page, ref: string): Candidate | null {
  const dates = scriptDates(page.scripts).filter(({ day }) => day <= ref)
  const found = dates.find(({ title }) => title === '') ?? dates[0]
  return found ? unseen(found.day, 'script', found.raw, 'script_variable') : null
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

/** The labelled day that shows when the pointer rests below the heading, where people see 「3个月前」. */
function hovered(page: Page, ref: string): Candidate | null {
  const hits = page.hits.filter(
    (hit) =>
      hit.where === 'attr' && hit.label === 'publish' && hit.inside === null && isBelowHeading(hit, page),
  )
  const first = believable(hits, ref)[0]
  return first ? candidateOf(first, 'title_attribute') : null
}

/** Links that several dates have found: where they are those of a story, it stands somewhere below them. */
function sharedLinks(hits: readonly Hit[]): ReadonlySet<Anchor | null> {
  const [seen, shared] = [new Set<Anchor | null>(), new Set<Anchor | null>()]
  for (const { anchor } of hits) (seen.has(anchor) ? shared : seen).add(anchor)
  return shared
}

/** The day under the signature, the last date standing alone: near the publish date, where nothing else is shown. */
function signature(page: Page, ref: string): Candidate | null {
  const shared = sharedLinks(page.hits)
  const alone = page.hits.filter(
    (hit) =>
      isShown(hit) &&
      (hit.shape === 'alone' || isOfOffice(hit)) &&
      !(hit.tight && (hit.isInItem || !shared.has(hit.anchor))) &&
      hit.leads === undefined &&
      !hit.isOfColumn &&
      hit.textBefore - Math.max(0, page.headingEnd) >= LEAST_STORY &&
      hit.label !== 'other' &&
      !isOfImprint(hit, page),
  )
  const han = alone.filter(({ match }) => match.form === 'ymd_cn' || match.form === 'cn')
  const last = believable(han, ref).at(-1)
  return last ? shownCandidate(last, 'signature') : null
}
