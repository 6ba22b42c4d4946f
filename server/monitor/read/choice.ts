import { cut } from '../../../shared/base/text.ts'
import type { Evidence } from '../../../shared/monitor/freshness/freshness.ts'
import type { DatedHit } from './dates/hits.ts'
import { type Hit, titleOf } from './page/page.ts'

/** A date believed to be a publish date, with what a person needs to check it. */
export interface Candidate {
  day: string
  title: string
  href: string
  evidence: Evidence
}

/** Dates seen and not believed. */
export type Rejections = { raw: string; why: string }[]

const YEAR_WHY = {
  written: null,
  link: 'year_from_link',
  neighbour: 'year_from_neighbour',
  page: 'year_from_page',
  nearest: 'year_nearest_past',
} as const

/** Makes a candidate of a hit on the page; `why` yields to the way its year was found, when it had none. */
export function candidateOf({ hit, day, year }: DatedHit, why: string): Candidate {
  const title = textOf(hit)
  const href = hit.anchor?.href ?? ''
  return {
    day,
    title,
    href,
    evidence: {
      date: day,
      text: title,
      ...(href === '' ? {} : { href }),
      where: hit.where,
      raw: hit.match.raw,
      form: hit.match.form,
      why: YEAR_WHY[year] ?? why,
      offset: hit.offset,
    },
  }
}

/** Makes a candidate of a date that stands in no text: an address, a script, a meta element. */
export function plainCandidate(evidence: Evidence): Candidate {
  return { day: evidence.date, title: evidence.text, href: evidence.href ?? '', evidence }
}

/** A link that is not surely the item's is no address of it: none is better than a wrong one. */
export function withoutLink(candidate: Candidate): Candidate {
  const { href: _, ...evidence } = candidate.evidence
  return { ...candidate, href: '', evidence }
}

/** Newest first; of equal days the one that stands first on the page. */
export function newestFirst(candidates: Candidate[]): Candidate[] {
  return candidates.toSorted((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : 0))
}

/** The candidates up to the reference day; the rest is noted as future. */
export function notFuture(candidates: Candidate[], ref: string, rejected: Rejections): Candidate[] {
  return candidates.filter((candidate) => {
    if (candidate.day <= ref) return true
    rejected.push({ raw: candidate.evidence.raw, why: 'future' })
    return false
  })
}

function textOf(hit: Hit): string {
  if (hit.anchor === null) return cut(hit.run, 200)
  const title = titleOf(hit.anchor)
  if (hit.inside !== hit.anchor || !title.includes(hit.match.raw)) return title
  const [before = '', after = ''] = title.split(hit.match.raw, 2)
  return `${before.replace(/[\s([（【〔]+$/, '')} ${after.replace(/^[\s)\]）】〕]+/, '')}`.trim() || title
}
