import observatory from './observatory.json' with { type: 'json' }

/*
 * Protective headers of a home page, graded as the HTTP Observatory does: its points and grades are data, with the version of
 * the scoring. What it looks up in a browser's list of preloaded names is not looked up here.
 */

type Points = typeof observatory.points
export type HeaderTest = keyof Points
export const HEADER_TESTS = Object.keys(observatory.points) as HeaderTest[]

/** What each test came to, as a key of its points. */
export type HeaderResults = { readonly [T in HeaderTest]: keyof Points[T] & string }

/** The code of the scoring, as `http-observatory-4`. */
export const SCORING = observatory.code

export interface Graded {
  readonly grade: string
  /** From 0; above 100 by what is given for more than is asked for. */
  readonly score: number
  readonly scoring: string
  readonly points: { readonly [T in HeaderTest]: number }
}

/** Points for what a page shows. What counts for it counts only where it is good without that. */
export function gradeOf(results: HeaderResults): Graded {
  const entries = HEADER_TESTS.map((test) => {
    const points: Readonly<Record<string, number>> = observatory.points[test]
    return [test, points[results[test]] ?? 0] as const
  })
  const sum = (of: (points: number) => number) => entries.reduce((all, [, points]) => all + of(points), 0)
  const without = Math.max(0, observatory.start + sum((points) => Math.min(0, points)))
  const score = without >= observatory.bonusFrom ? without + sum((points) => Math.max(0, points)) : without
  const grade = observatory.grades.find(({ from }) => score >= from)?.grade ?? 'F'
  return { grade, score, scoring: SCORING, points: Object.fromEntries(entries) as Graded['points'] }
}

/** Whether a grade is worse than another: `A+` is the best. */
export function isWorse(grade: string, than: string): boolean {
  const place = (one: string) => observatory.grades.findIndex((known) => known.grade === one)
  return place(grade) > place(than)
}
