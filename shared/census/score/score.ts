import { z } from 'zod'
import type { ColumnVerdicts } from '../../monitor/columns/columns.ts'
import type { BrokenLinks } from '../../monitor/links/links.ts'
import { LINK_RULES, linkPoints } from '../../monitor/links/links.ts'
import type { Verdict } from '../../register/sites/states.ts'

/** Indicators of the 2015 table that a monitor measures by itself, in the order of the table. */
export const SCORE_RULES = ['S1', 'S2a', 'S2b', 'S3', 'S4a', 'S4b', 'S4c', 'S9b', 'S10'] as const
export const scoreRule = z.enum(SCORE_RULES)
export type ScoreRule = z.infer<typeof scoreRule>

export const SCORE_VETOES = ['V1', 'V2', 'V3a', 'V3b', 'V3c'] as const

/** Each whole per cent of failed visits of 7 days costs so much ("每1%扣5分"). */
const S1_POINTS = 5
/** A site fails at so many points ("得分超过60分,达到合格标准"). */
export const FAIL_POINTS = 40

export const scoreLine = z.object({
  rule: scoreRule,
  /** What costs points: per cent for S1, items for S3, columns for S4, links for S2, S9b and S10; null: not measured. */
  count: z.number().nullable(),
  points: z.number(),
  /** A veto stands in its place, so it costs nothing by itself. */
  replacedBy: z.enum(SCORE_VETOES).nullable(),
  /** What was found: names of columns, addresses of links; some of them. */
  proof: z.array(z.string()),
})
export type ScoreLine = z.infer<typeof scoreLine>

/** What the monitor's part of the census would cost a site today. */
export const sitePreview = z.object({
  vetoes: z.array(z.enum(SCORE_VETOES)),
  lines: z.array(scoreLine),
  /** Sum of the lines, in tenths. */
  points: z.number(),
  /** D0: a veto, or 40 points; `open` while neither is so, as a person's part is still to come. */
  outcome: z.enum(['vetoed', 'failed', 'open']),
})
export type SitePreview = z.infer<typeof sitePreview>

/** What the deductions are counted from. Null: not measured yet, which costs nothing and is said to be so. */
export interface Measured {
  readonly v1: Verdict
  /** Spaced visits of the last 7 days. */
  readonly visits: { readonly total: number; readonly failed: number }
  readonly v2: Verdict
  readonly columns: ColumnVerdicts | null
  readonly links: Omit<BrokenLinks, 'some' | 'points'> | null
  readonly proof: Partial<Record<ScoreRule, readonly string[]>>
}

/**
 * The deductions of the 2015 table as far as a monitor measures them. V1 replaces S1, V2 replaces S3; where a veto
 * stands the site has failed whatever the rest comes to. Nothing is capped: the table knows no caps.
 */
export function previewScore(measured: Measured): SitePreview {
  const vetoes = SCORE_VETOES.filter((rule) => isVetoed(measured, rule))
  const lines = SCORE_RULES.map((rule) => lineOf(measured, rule, vetoes))
  const points = Math.round(lines.reduce((sum, line) => sum + line.points, 0) * 10) / 10
  const outcome = vetoes.length > 0 ? 'vetoed' : points >= FAIL_POINTS ? 'failed' : 'open'
  return { vetoes, lines, points, outcome }
}

function isVetoed({ v1, v2, columns }: Measured, rule: (typeof SCORE_VETOES)[number]): boolean {
  if (rule === 'V1') return v1 === 'violated'
  if (rule === 'V2') return v2 === 'violated'
  return columns?.vetoes.some((veto) => veto.rule === rule && veto.verdict === 'violated') ?? false
}

const REPLACED_BY: Partial<Record<ScoreRule, 'V1' | 'V2'>> = { S1: 'V1', S3: 'V2' }

function lineOf(measured: Measured, rule: ScoreRule, vetoes: SitePreview['vetoes']): ScoreLine {
  const by = REPLACED_BY[rule]
  const replacedBy = by && vetoes.includes(by) ? by : null
  const { count, points } = costOf(measured, rule)
  return {
    rule,
    count,
    points: replacedBy ? 0 : points,
    replacedBy,
    proof: [...(measured.proof[rule] ?? [])],
  }
}

function costOf(measured: Measured, rule: ScoreRule): { count: number | null; points: number } {
  if (rule === 'S1') return homeCost(measured)
  const link = LINK_RULES.find((name) => name === rule)
  if (link) {
    const count = measured.links?.[link] ?? null
    return { count, points: linkPoints(link, count ?? 0) }
  }
  const found = measured.columns?.deductions.find((one) => one.rule === rule)
  return { count: found?.count ?? null, points: found?.points ?? 0 }
}

/** Literally by whole per cent; too few visits say nothing. */
function homeCost({ v1, visits: { total, failed } }: Measured): { count: number | null; points: number } {
  if (v1 === 'insufficient' || total === 0) return { count: null, points: 0 }
  const percent = (failed * 100) / total
  return { count: Math.round(percent * 100) / 100, points: Math.floor(percent) * S1_POINTS }
}
