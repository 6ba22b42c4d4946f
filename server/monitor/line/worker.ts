import { setTimeout as pause } from 'node:timers/promises'
import { SECOND } from '../../../shared/base/time.ts'
import { inspectionRule } from '../../../shared/monitor/inspections/catalogue.ts'
import { doOrSetAside } from '../../base/aside/set-aside.ts'
import type { Context } from '../../base/context.ts'
import { queue } from '../../base/jobs.ts'
import type { WorkParts } from '../../base/module.ts'
import { measureLine } from './measure.ts'
import type { LineLimits } from './parts.ts'
import { claimDueLines, type DueLine, levelPages, spreadTurns, storeLine } from './queries.ts'

const QUEUE = queue('line.tend')
/** Looks under way in one process: each is a handful of questions to one site, with pauses between them. */
const AT_ONCE = 8
/** Work begun in one minute; what is under way then has the next to come to its end. */
const BUSY_MS = 50 * SECOND

export interface LineWorker {
  stop(): void
}

/** Looks at the lines of sites, each once a day. */
export async function startLineWorker(
  ctx: Context,
  { jobs, proberFor, portsFor }: WorkParts,
): Promise<LineWorker> {
  const stop = new AbortController()
  const parts = { proberFor, portsFor, signal: stop.signal }
  await jobs.work(QUEUE, 1, () => tendLines(ctx, parts))
  await jobs.every('* * * * *', QUEUE)
  return { stop: () => stop.abort() }
}

type Looking = Pick<WorkParts, 'proberFor' | 'portsFor'> & { readonly signal: AbortSignal }

/** Looks at the lines whose turn has come, for a minute at most. */
export async function tendLines(ctx: Context, parts: Looking): Promise<void> {
  const endMs = ctx.clock.now() + BUSY_MS
  await spreadTurns(ctx.db, new Date(ctx.clock.now()))
  for (;;) {
    if (parts.signal.aborted || ctx.clock.now() >= endMs) return
    const due = await claimDueLines(ctx.db, new Date(ctx.clock.now()), AT_ONCE)
    if (due.length === 0) return
    await Promise.all(due.map((one) => lookAtLine(ctx, parts, one)))
  }
}

async function lookAtLine(ctx: Context, parts: Looking, due: DueLine): Promise<void> {
  const { siteId, url, demo, secureBefore } = due
  const { signal } = parts
  await doOrSetAside(ctx, { kind: 'job', ref: `line of site ${siteId}`, siteId }, async () => {
    const limits = lineLimits()
    const pages = await levelPages(ctx.db, siteId, new Date(ctx.clock.now()), limits.pages)
    const found = await measureLine(
      { url, secureBefore, pages },
      {
        ...{ prober: parts.proberFor(demo), ports: parts.portsFor(demo), limits, signal },
        wait: (ms) => pause(ms, undefined, { signal }).catch(() => {}),
      },
    )
    if (!signal.aborted) await storeLine(ctx.db, siteId, new Date(ctx.clock.now()), found)
  })
}

/** The limits of a look are those of the rules that judge it. */
function lineLimits(): LineLimits & { readonly pages: number } {
  const of = (rule: string, limit: string) => Number(inspectionRule(rule)?.limits[limit])
  return {
    slowMs: of('line-slow', 'ms'),
    same: of('line-ipv6', 'same'),
    pages: of('line-ipv6-links', 'pages'),
    pauseMs: of('line-ipv6-links', 'pauseMs'),
  }
}

declare module '../../base/module.ts' {
  interface WorkParts {
    /** Where plain and secure servers listen; those of the demo have ports of their own. */
    readonly portsFor: (demo: boolean) => { readonly http: number; readonly https: number }
  }
}
