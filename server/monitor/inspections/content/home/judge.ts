import type { Parsed } from '../../page/parsed.ts'
import type { SiteFacts } from '../../rule.ts'
import { foreignIn } from '../foreign-words.ts'
import { type HomePrint, likeness, printOf } from './print.ts'

/*
 * A home page that has nothing in common with what it ever was may be a new design, a notice, or somebody else's. It is somebody
 * else's only where nothing on it says whose site it is any more, and something says that it is another's.
 */

export type HomeVerdict =
  | { readonly verdict: 'like' | 'redesigned' }
  | { readonly verdict: 'unknown'; readonly reason: 'notDrawn' | 'noHistory' | 'homeIsNotice' }
  | { readonly verdict: 'replaced'; readonly signs: readonly string[]; readonly likeness: number }

export interface HomeLimits {
  /** Below these it has nothing in common with what it was. */
  readonly words: number
  readonly build: number
  /** Characters without which nothing is said of a page. */
  readonly leastText: number
  /** What those leave who replace pages. */
  readonly defaced: readonly string[]
}

/** @param history prints of the home page as it was, not empty where something is to be said */
export function judgeHome(
  parsed: Parsed,
  site: SiteFacts,
  history: readonly HomePrint[],
  limits: HomeLimits,
): HomeVerdict {
  if (parsed.text.length < limits.leastText) return { verdict: 'unknown', reason: 'notDrawn' }
  if (history.length === 0) return { verdict: 'unknown', reason: 'noHistory' }
  const print = printOf(parsed)
  const words = nearest(
    print.words,
    history.map((one) => one.words),
  )
  const build = nearest(
    print.build,
    history.map((one) => one.build),
  )
  // No office writes that into its title, whatever stands below.
  const left = limits.defaced.filter((one) => parsed.title.toLowerCase().includes(one))
  if (left.length > 0) {
    return { verdict: 'replaced', signs: left.slice(0, MOST_SIGNS), likeness: Math.round(words * 100) / 100 }
  }
  if (words >= limits.words || build >= limits.build) return { verdict: 'like' }
  if (saysWhose(parsed, site)) return { verdict: 'redesigned' }
  const signs = signsOf(parsed, limits)
  // Without a sign of another it may be a notice, or anything that a server shows.
  if (signs.length === 0) return { verdict: 'unknown', reason: 'homeIsNotice' }
  return { verdict: 'replaced', signs, likeness: Math.round(words * 100) / 100 }
}

function nearest(mine: readonly number[], others: readonly (readonly number[])[]): number {
  return Math.max(0, ...others.map((one) => likeness(mine, one) ?? 0))
}

const MOST_SIGNS = 6
/** Characters of a name without which it may be anybody's. */
const LEAST_NAME = 4

/** Whether the page says whose it is: the site's name or its unit's, its code, its filings. */
export function saysWhose(
  { title, text, html }: Pick<Parsed, 'title' | 'text' | 'html'>,
  site: SiteFacts,
): boolean {
  const seen = `${title}\n${text}`.replace(/\s/g, '')
  const names = [site.name, site.unitName].flatMap((name) =>
    name && name.length >= LEAST_NAME ? [name] : [],
  )
  const stems = names.map((name) => name.replace(/(?:门户网站|政府网|官网|网站|网)$/, ''))
  if ([...names, ...stems].some((name) => name.length >= LEAST_NAME && seen.includes(name))) return true
  return [site.code, site.icp, site.police].some((mark) => mark && mark.length > 6 && html.includes(mark))
}

function signsOf({ title, text, metas }: Parsed, { defaced }: HomeLimits): string[] {
  const head = [title, metas.get('description') ?? '', metas.get('keywords') ?? '']
  const words = [...head, text.slice(0, 1_000)].flatMap((said) => foreignIn(said))
  const lower = `${title}\n${text.slice(0, 5_000)}`.toLowerCase()
  return [...new Set([...words, ...defaced.filter((one) => lower.includes(one))])].slice(0, MOST_SIGNS)
}
