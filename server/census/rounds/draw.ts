import { createHash } from 'node:crypto'
import type { DRAWS, StratumBy } from '../../../shared/census/rounds/rounds-rules.ts'
import type { Steps } from '../../base/slices.ts'

/** A site of the list that is drawn from. */
export interface FrameSite {
  readonly code: string
  /** Where it is drawn in, as `street/440106`. */
  readonly stratum: string
}

export interface DrawnSite extends FrameSite {
  /** Within its stratum, from 1. */
  readonly rank: number
  readonly draw: (typeof DRAWS)[number]
  /** A second person looks at it, too. */
  readonly second: boolean
}

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

/** Codes and strata are ASCII, and are put in order as such, whatever the language of the machine. */
const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/**
 * The hash of a list: SHA-256, in lower-case hexadecimal, of its lines `code,stratum` in the order of the codes, joined
 * by a line feed; of a round without strata the lines are the codes.
 */
export function frameHash(
  sites: readonly { readonly code: string; readonly stratum: string | null }[],
): string {
  const lines = sites
    .toSorted((a, b) => inOrder(a.code, b.code))
    .map(({ code, stratum }) => (stratum === null ? code : `${code},${stratum}`))
  return sha256(lines.join('\n'))
}

/** Where a site is drawn in, by what a sample is divided by. */
export const stratumOf = (site: Readonly<Record<StratumBy, string>>, strata: readonly StratumBy[]): string =>
  strata.map((by) => site[by]).join('/') || 'all'

/**
 * How many of each stratum are drawn: of `share` of all, rounded up, each has what is due to it, and what is left goes to
 * the largest remainders, among equals in the order of their names. A stratum left with none has one.
 */
export function seatsOf(sizes: ReadonlyMap<string, number>, share: number): Map<string, number> {
  const all = [...sizes.values()].reduce((sum, n) => sum + n, 0)
  const quotas = [...sizes]
    .map(([stratum, n]) => {
      const due = exact(n * share)
      return { stratum, whole: Math.floor(due), rest: exact(due % 1) }
    })
    .sort((a, b) => b.rest - a.rest || inOrder(a.stratum, b.stratum))
  const left = Math.ceil(exact(all * share)) - quotas.reduce((sum, { whole }) => sum + whole, 0)
  return new Map(quotas.map(({ stratum, whole }, at) => [stratum, Math.max(1, whole + (at < left ? 1 : 0))]))
}

/** 0.1 × 30 is 3: what is beyond a billionth is of the machine's arithmetic. */
const exact = (n: number): number => Math.round(n * 1e9) / 1e9

/**
 * Draws from a list. Within a stratum sites stand in the order of the SHA-256 of `seed|code`, in lower-case hexadecimal:
 * the first are chosen, the next is the reserve. Of the chosen, those with the smallest SHA-256 of `seed|second|code` have a
 * second look, `second` of them, rounded up.
 * @param second part of the chosen, 0 to 1.
 * @returns the list by stratum and rank.
 */
export function* drawing(
  sites: readonly FrameSite[],
  { seed, share, second }: { readonly seed: string; readonly share: number; readonly second: number },
): Steps<DrawnSite[]> {
  const strata = new Map<string, { site: FrameSite; hash: string }[]>()
  for (const site of sites) {
    const stratum = strata.get(site.stratum) ?? []
    stratum.push({ site, hash: sha256(`${seed}|${site.code}`) })
    strata.set(site.stratum, stratum)
    yield
  }
  const seats = seatsOf(new Map([...strata].map(([name, group]) => [name, group.length])), share)
  const drawn = [...strata.keys()].sort(inOrder).flatMap((name) => {
    const n = seats.get(name) ?? 0
    return (strata.get(name) ?? [])
      .sort((a, b) => inOrder(a.hash, b.hash))
      .map(
        ({ site }, at) =>
          ({ ...site, rank: at + 1, draw: at < n ? 'chosen' : at === n ? 'reserve' : 'rest' }) as const,
      )
  })
  yield
  const looked = secondLooks(
    drawn.flatMap(({ code, draw }) => (draw === 'chosen' ? [code] : [])),
    seed,
    second,
  )
  return drawn.map((site) => ({ ...site, second: looked.has(site.code) }))
}

function secondLooks(chosen: readonly string[], seed: string, share: number): Set<string> {
  const ordered = chosen
    .map((code) => ({ code, hash: sha256(`${seed}|second|${code}`) }))
    .sort((a, b) => inOrder(a.hash, b.hash))
  return new Set(ordered.slice(0, Math.ceil(exact(chosen.length * share))).map(({ code }) => code))
}
