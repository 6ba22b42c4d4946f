import type { Selectable } from 'kysely'
import { MINUTE } from '../../../shared/base/time.ts'
import { MACHINE } from '../../../shared/monitor/inspections/catalogue.ts'
import { CAUSES, causeGroup } from '../../../shared/monitor/visit/probes.ts'
import type { Tx } from '../../base/db/database.ts'
import { filesOfLook, keepUnseen } from '../inspections/crawl/pages.ts'
import { retryAfterMs } from '../visit/http/retry-after.ts'
import type { Visit } from '../visit/visit.ts'
import { areLastBy } from './queries.ts'
import type { LinkScanTable } from './tables.ts'

/** A server that asks for more patience than that is asked again all the same. */
const MOST_PATIENCE_MS = MINUTE

/** A server says that it is asked too often, is overloaded, or does not want to be asked. */
export function isRefusal({ result }: Pick<Visit, 'result'>): boolean {
  const { status, outcome } = result
  return outcome === 'blocked' || status === 403 || status === 429 || (status !== null && status >= 500)
}

/**
 * The pause after a visit, in ms: twice as long after a refusal, and back by small steps after answers. Never shorter than the
 * scan's own, nor longer than so many times it.
 */
export function pauseAfter(
  { delay_ms: own, pause_ms: last }: { readonly delay_ms: number; readonly pause_ms: number | null },
  visit: Pick<Visit, 'result' | 'headers'>,
  now: number,
): number {
  const { slowest, quicken } = MACHINE.crawl
  const before = Math.max(own, last ?? own)
  if (!isRefusal(visit)) return Math.max(own, Math.round(before - own * quicken))
  const asked = Math.min(MOST_PATIENCE_MS, retryAfterMs(visit.result.status, visit.headers, now))
  return Math.max(asked, Math.min(own * slowest, before * 2))
}

/** Nobody has answered, as behind a firewall that swallows what it does not like. */
const SILENT = CAUSES.filter((cause) => causeGroup(cause) === 'network')

/** Why a look by night is to be over although there is more: its site has swallowed so many questions, or takes too long; null: it is not. */
export async function whyOver(
  tx: Tx,
  { id, started_at, checked, delay_ms }: Selectable<LinkScanTable>,
  { result }: Pick<Visit, 'result'>,
  now: number,
): Promise<'silent' | 'budget' | null> {
  const { silent, minutes } = MACHINE.crawl
  const isSilent = result.cause !== null && SILENT.includes(result.cause)
  if (isSilent && (await areLastBy(tx, id, SILENT, silent))) return 'silent'
  // Of the pauses that people have set, no site is to blame.
  const takenMs = now - (started_at?.getTime() ?? now) - checked * delay_ms
  return takenMs > minutes * MINUTE ? 'budget' : null
}

/** What a look by night has not come to is left to the next one, and not measured in this one. */
export async function leaveRest(
  tx: Tx,
  { id, site_id, max_pages, pages }: Selectable<LinkScanTable>,
  reason: string,
  now: Date,
): Promise<void> {
  const left = await tx
    .updateTable('link_target')
    .set({ state: 'unmeasured' })
    .where('scan_id', '=', id)
    .where('state', '=', 'waiting')
    .returning(['url_hash', 'url', 'kind', 'depth'])
    .execute()
  left.sort((a, b) => a.depth - b.depth)
  const files = left.filter(({ kind }) => kind === 'attachment')
  const room = Math.max(0, MACHINE.crawl.files - (await filesOfLook(tx, site_id, id)))
  const unseen = [
    ...left.filter((one) => !files.includes(one)).slice(0, Math.max(0, max_pages - pages)),
    ...files.slice(0, room),
  ]
  const rows = unseen.map(({ kind, ...one }) => ({
    ...one,
    kind: kind === 'attachment' ? ('file' as const) : ('page' as const),
  }))
  await keepUnseen(tx, { siteId: site_id, scanId: id, now }, rows, reason)
}
