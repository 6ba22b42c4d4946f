import type { Parsed } from '../../page/parsed.ts'
import type { SiteFacts } from '../../rule.ts'
import { LEAST_NAME, namesOf } from './names.ts'
import { type HomePrint, likeness, printOf } from './print.ts'
import { bareSignsOf, leftIn, type SignLimits, signsDespite, signsOf, signsOfShell } from './signs.ts'

/*
 * A home page that has nothing in common with what it ever was may be a new design, a notice, or somebody else's. It is somebody
 * else's only where nothing on it says whose site it is any more, and something says that it is another's.
 */

export type HomeVerdict =
  | { readonly verdict: 'like' | 'redesigned' }
  | { readonly verdict: 'unknown'; readonly reason: 'notDrawn' | 'noHistory' | 'homeIsNotice' }
  | { readonly verdict: 'replaced'; readonly signs: readonly string[]; readonly likeness: number }

export interface HomeLimits extends SignLimits {
  /** Below these it has nothing in common with what it was. */
  readonly words: number
  readonly build: number
  /** Characters without which nothing is said of a page. */
  readonly leastText: number
}

/** @param history prints of the home page as it was, not empty where something is to be said */
export function judgeHome(
  parsed: Parsed,
  site: SiteFacts,
  history: readonly HomePrint[],
  limits: HomeLimits,
): HomeVerdict {
  if (parsed.text.length < limits.leastText) {
    // Next to no words are no page of an office, but may be somebody's name, or the way to him.
    const signs = history.length === 0 || saysWhose(parsed, site) ? [] : bareSignsOf(parsed, limits)
    return signs.length > 0
      ? { verdict: 'replaced', signs, likeness: 0 }
      : { verdict: 'unknown', reason: 'notDrawn' }
  }
  if (history.length === 0) return { verdict: 'unknown', reason: 'noHistory' }
  const { words, is } = likenessTo(history, printOf(parsed), limits)
  const replaced = (signs: readonly string[]): HomeVerdict => ({
    verdict: 'replaced',
    signs,
    likeness: Math.round(words * 100) / 100,
  })
  if (is === 'asEver') return { verdict: 'like' }
  // No office writes that into its title, nor fills its columns with it, whatever stands below.
  const left = leftIn(parsed.title, limits)
  const shell = signsOfShell(parsed, history)
  if (left.length > 0) return replaced(left)
  const despite = signsDespite(parsed, site, limits)
  if (despite.length > 0) return replaced(despite)
  if (is === 'like' && shell.length > 0) return replaced(shell)
  if (is === 'like') return { verdict: 'like' }
  if (saysWhose(parsed, site)) return { verdict: 'redesigned' }
  const said = signsOf(parsed, limits)
  const signs = said.length > 0 ? said : shell
  // Without a sign of another it may be a notice, or anything that a server shows.
  if (signs.length === 0) return { verdict: 'unknown', reason: 'homeIsNotice' }
  return replaced(signs)
}

/** So much in common with what it was: nobody has filled its columns with something else. */
const AS_EVER = 0.5

/** How a page stands to what it was: `other` where neither its words nor its build have anything in common with that. */
export function likenessTo(
  history: readonly HomePrint[],
  print: HomePrint,
  limits: Pick<HomeLimits, 'words' | 'build'>,
): { readonly words: number; readonly is: 'asEver' | 'like' | 'other' } {
  const words = nearest(
    print.words,
    history.map((one) => one.words),
  )
  const build = nearest(
    print.build,
    history.map((one) => one.build),
  )
  const isLike = words >= limits.words || build >= limits.build
  return { words, is: words >= AS_EVER ? 'asEver' : isLike ? 'like' : 'other' }
}

function nearest(mine: readonly number[], others: readonly (readonly number[])[]): number {
  return Math.max(0, ...others.map((one) => likeness(mine, one) ?? 0))
}

/** Whether the page says whose it is: the site's name or its unit's, its code, its filings. */
export function saysWhose(
  { title, text, html }: Pick<Parsed, 'title' | 'text' | 'html'>,
  site: SiteFacts,
): boolean {
  const seen = `${title}\n${text}`.replace(/\s/g, '')
  if (namesOf(site).some((name) => name.length >= LEAST_NAME && seen.includes(name))) return true
  return [site.code, site.icp, site.police].some((mark) => mark && mark.length > 6 && html.includes(mark))
}
