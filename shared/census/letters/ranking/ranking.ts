import { z } from 'zod'

/** YYYY-MM, of an age in which letters are kept. */
export const rankedMonth = z.string().regex(/^(19[7-9]\d|[2-8]\d{3})-(0[1-9]|1[0-2])$/)

const cohort = {
  due: z.int(),
  inTime: z.int(),
  late: z.int(),
  unanswered: z.int(),
  asked: z.int(),
  rated: z.int(),
  satisfied: z.int(),
  /** Share of overdue letters, from 0 to 1, and the interval in which it lies; null of no letters. */
  overdueShare: z.number().nullable(),
  overdueInterval: z.tuple([z.number(), z.number()]).nullable(),
}

/** A department's month. */
export const rankingRow = z.object({
  /** Null: too few letters, or a part of the whole alone is seen. */
  place: z.int().nullable(),
  unit: z.object({ id: z.int(), name: z.string() }),
  district: z.string(),
  ...cohort,
})
export type RankingRow = z.infer<typeof rankingRow>

/** The letters that fell due in a month, by department. */
export const ranking = z.object({
  month: rankedMonth,
  /** All its days have passed. */
  isOver: z.boolean(),
  rules: z.string(),
  leastLetters: z.int(),
  confidencePercent: z.number(),
  satisfiedFrom: z.int(),
  rows: z.array(rankingRow),
  total: z.object(cohort),
  /** Left out: fell due while no department had them; the same as another letter; not due yet. */
  unassigned: z.int(),
  merged: z.int(),
  pending: z.int(),
  /** Since when it is fixed; null: it is reckoned anew each time. */
  publishedAt: z.iso.datetime().nullable(),
  /** SHA-256 of what was published. */
  hash: z.string().nullable(),
})
export type Ranking = z.infer<typeof ranking>

/** The same with the months that were published, newest first. */
export const rankingAnswer = ranking.extend({
  published: z.array(rankedMonth),
  /** Whoever asks may publish it now. */
  mayPublish: z.boolean(),
})
export type RankingAnswer = z.infer<typeof rankingAnswer>
