import { chance } from '../../cast/random.ts'
import type { MadeOf, MadeProblem } from './kinds.ts'

interface Mended extends Omit<MadeProblem, 'isGone'> {
  /** Of the sites that have it no longer, so many had it. */
  readonly share: number
}

const mended = (rule: string, kind: string, share: number, path = '/'): Mended => ({
  ...{ rule, key: kind, path, excerpt: '', detail: { kind }, share },
})

/** What units have put right within half a year, as they were told of it. */
const MENDED: readonly Mended[] = [
  mended('line-ipv6', 'none', 0.7),
  mended('line-hsts', 'none', 0.55),
  mended('line-https', 'redirect', 0.4),
  mended('mark-official', 'missing', 0.6),
  mended('mark-report', 'missing', 0.65),
  mended('mark-map', 'missing', 0.4),
  mended('mark-contact', 'missing', 0.15),
  mended('page-surveys', 'none', 0.45, '/about/surveys.html'),
  mended('page-interviews', 'none', 0.3, '/about/interviews.html'),
  mended('mark-own-search', 'broken', 0.2, '/about/query.html'),
]

/** What a site had and has no longer. @param there what it has by now */
export function mendedProblems({ behaviour }: MadeOf, there: readonly MadeProblem[]): MadeProblem[] {
  const { salt } = behaviour.publisher
  const wrong = new Set(there.map(({ rule }) => rule))
  return MENDED.flatMap(({ share, ...one }, n) =>
    !wrong.has(one.rule) && chance(salt, 213, n) < share ? [{ ...one, isGone: true as const }] : [],
  )
}
