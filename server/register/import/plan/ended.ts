import type { NewFact } from '../../../../shared/base/facts.ts'
import type { Person } from '../../../../shared/base/person.ts'
import type { NamedSite } from '../../../../shared/register/import/imports.ts'
import type { Lifecycle } from '../../../../shared/register/sites/sites-rules.ts'
import type { Context } from '../../../base/context.ts'
import type { Db, Tx } from '../../../base/db/database.ts'
import { become } from '../../sites/lifecycle.ts'

declare module '../../../base/context.ts' {
  interface After {
    /**
     * A site is over by the register, with the reason. @returns the facts that tell of it, to be appended; none when
     * that was known.
     */
    siteEnded(
      tx: Tx,
      actor: Person | null,
      siteId: number,
      how: { end: Date | null; reason: string; planId: null },
      now: number,
    ): Promise<NewFact[]>
    /** A site that was over is not. @returns the facts that tell of it, to be appended. */
    siteReopened(tx: Tx, actor: Person | null, siteId: number, now: number): Promise<NewFact[]>
  }
}

export type HowEnded = 'closed' | 'moved'

/** What is kept of how a site ended; it is known by it again (`endedSites`), so that it must not be reworded. */
const REASONS: Readonly<Record<HowEnded, string>> = {
  closed: '名录更新：网站已关停',
  moved: '名录更新：网站已迁移',
}

/** A site that an earlier import has ended, and how. */
export interface EndedSite extends NamedSite {
  readonly id: number
  readonly how: HowEnded
}

/** Those that an import or a filing has ended and nobody has reopened since; not those that somebody has paused for good. */
export async function endedSites(db: Db | Tx): Promise<EndedSite[]> {
  const rows = await db
    .selectFrom('site')
    .select(['id', 'code', 'name', 'url', 'pause_reason as reason', 'lifecycle'])
    .where((eb) =>
      eb.or([eb('pause_reason', 'in', Object.values(REASONS)), eb('lifecycle', 'in', ['closed', 'moved'])]),
    )
    .where('pause_reason', 'is not', null)
    .where('paused_until', 'is', null)
    .orderBy('code')
    .execute()
  return rows.map(({ reason, lifecycle, ...site }) => ({
    ...site,
    how: reason === REASONS.moved || lifecycle === 'moved' ? 'moved' : 'closed',
  }))
}

interface Ends {
  readonly ended?: readonly { readonly siteId: number; readonly how: HowEnded }[]
  readonly reopened?: readonly { readonly siteId: number }[]
  readonly actor?: Person
  /** The import, and the file that it was of. */
  readonly batch?: string
  readonly file?: string
}

/** A site that is over is not visited any more; one that is open again is. All that is kept of either stays. */
export async function endAndReopen(
  tx: Tx,
  after: Context['after'],
  { ended = [], reopened = [], actor, batch, file: reason = '' }: Ends,
  now: number,
): Promise<NewFact[]> {
  const by = actor ?? null
  const facts: NewFact[] = []
  const becomes = (siteId: number, lifecycle: Lifecycle, why: string) =>
    become(
      tx,
      { siteId, lifecycle, until: null, via: 'import', reason: why, batch: batch ?? null, actor: by },
      new Date(now),
    )
  for (const { siteId, how } of ended) {
    const pause = { end: null, reason: REASONS[how], planId: null }
    facts.push(...(await after.siteEnded(tx, by, siteId, pause, now)))
    await becomes(siteId, how, REASONS[how])
  }
  for (const { siteId } of reopened) {
    facts.push(...(await after.siteReopened(tx, by, siteId, now)))
    await becomes(siteId, 'normal', reason)
  }
  return facts
}
