import { chance, choose } from './random.ts'

/** What a made-up site has of services and dialogue. Never changes. */
export interface DemoServices {
  /** Classes of element that its guides lack. */
  readonly guideLacks: readonly string[]
  /** Its own search: finds what is there, was never filled again, or does not open. */
  readonly search: 'works' | 'stale' | 'broken'
  /** Surveys and interviews held within a year; `plain`: a page without any list. */
  readonly surveys: number | 'plain'
  readonly interviews: number | 'plain'
  /** Its report of last year is missing. */
  readonly noReport: boolean
  /** How its articles say the day in their tags; null: not at all. */
  readonly tag: 'right' | 'wrong' | null
}

const CLASSES = ['basis', 'conditions', 'papers', 'place', 'hours', 'phone', 'procedure']
const MOST_HELD = 12

/** @param salt of the site */
export function servicesOf(salt: number): DemoServices {
  const share = (seed: number) => chance(salt, seed)
  const lacks = share(131) < 0.03 ? 1 + choose(3, salt, 132) : 0
  const first = choose(CLASSES.length, salt, 133)
  const search = share(134)
  const tag = share(140)
  return {
    guideLacks: Array.from({ length: lacks }, (_, n) => CLASSES[(first + n * 2) % CLASSES.length] ?? ''),
    search: search < 0.04 ? 'stale' : search < 0.06 ? 'broken' : 'works',
    surveys: heldOf(share(135), choose(MOST_HELD - 6, salt, 136)),
    interviews: heldOf(share(137), choose(MOST_HELD - 6, salt, 138)),
    noReport: share(139) < 0.08,
    tag: tag < 0.5 ? 'right' : tag < 0.53 ? 'wrong' : null,
  }
}

function heldOf(share: number, more: number): number | 'plain' {
  if (share < 0.2) return 'plain'
  if (share < 0.25) return 0
  return share < 0.32 ? 1 + (more % 2) : 6 + more
}
