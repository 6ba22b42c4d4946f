import { DAY } from '../../base/time.ts'
import type { Limits } from '../../people/settings/settings-rules.ts'
import type { V1Counts } from './verdicts.ts'

/** What V1 is judged by, with the failed visits of each 24-hour block, newest first. */
export interface MeterCounts extends V1Counts {
  readonly failedPerDay: readonly number[]
}

/** How far a site is from the lines of V1, and where it is heading. Times in epoch ms. */
export interface V1Meter {
  /** Failed share now, per cent, two decimals; null without visits. */
  readonly share: number | null
  /** Failed visits until the warning and the veto line; 0 when the line is reached. */
  readonly toWarn: number
  readonly toVeto: number
  /** When the veto line is reached if visits go on failing as in the last 24 hours; null if that never happens. */
  readonly crossesAt: number | null
  /** If no visit failed from now on: the share in 24 hours, per cent. */
  readonly shareInADay: number | null
  /** And when the site would be below the veto line again; null when it is below it now. */
  readonly clearsAt: number | null
}

interface Block {
  readonly total: number
  readonly failed: number
}

/**
 * The 7-day meter. The window moves on: a day from now its oldest day has left it, and a new one has come, which
 * is taken to be like the last 24 hours, or free of failures. Within a day the share moves in a straight line.
 */
export function v1Meter(counts: MeterCounts, nowMs: number, rules: Limits): V1Meter {
  const { total, failed } = counts
  const blocks = Array.from({ length: rules.v1WindowDays }, (_, i) => ({
    total: counts.perDay[i] ?? 0,
    failed: counts.failedPerDay[i] ?? 0,
  }))
  const [today = { total: 0, failed: 0 }] = blocks
  const well = { total: today.total, failed: 0 }
  const toReach = (percent: number) => Math.max(0, Math.ceil((percent * total) / 100) - failed)
  const isOver = total > 0 && failed * 100 >= total * rules.v1VetoPercent
  return {
    share: percent(blocks),
    toWarn: toReach(rules.v1WarnPercent),
    toVeto: toReach(rules.v1VetoPercent),
    crossesAt: isOver ? null : crossing(blocks, today, rules.v1VetoPercent, nowMs),
    shareInADay: percent(moveOn(blocks, well)),
    clearsAt: isOver ? crossing(blocks, well, rules.v1VetoPercent, nowMs) : null,
  }
}

const moveOn = (blocks: readonly Block[], next: Block): Block[] => [next, ...blocks.slice(0, -1)]

function exactPercent(blocks: readonly Block[]): number | null {
  const total = blocks.reduce((sum, block) => sum + block.total, 0)
  const failed = blocks.reduce((sum, block) => sum + block.failed, 0)
  return total === 0 ? null : (failed * 100) / total
}

function percent(blocks: readonly Block[]): number | null {
  const exact = exactPercent(blocks)
  return exact === null ? null : Math.round(exact * 100) / 100
}

/** When the share passes `line` if every coming day is like `next`; after a whole window nothing changes any more. */
function crossing(blocks: readonly Block[], next: Block, line: number, nowMs: number): number | null {
  let before = exactPercent(blocks)
  let window = [...blocks]
  for (let day = 0; day < blocks.length; day++) {
    window = moveOn(window, next)
    const after = exactPercent(window)
    if (before === null || after === null) return null
    const passes = before < line ? after >= line : after < line
    if (passes) return Math.round(nowMs + (day + (line - before) / (after - before)) * DAY)
    before = after
  }
  return null
}
