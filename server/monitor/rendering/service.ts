import { localDay, MINUTE } from '../../../shared/base/time.ts'
import type { Finding } from '../../../shared/monitor/freshness/freshness.ts'
import {
  type PageReading,
  RENDERING,
  type SiteRendering,
} from '../../../shared/monitor/rendering/rendering.ts'
import type { Principal } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import type { Db, Tx } from '../../base/db/database.ts'
import { Refusal } from '../../base/refusal.ts'
import { recordAudit } from '../../people/audit/record.ts'
import { within } from '../../people/rights/scope.ts'
import { noSuchSite, requireSite } from '../../register/sites/require.ts'
import { judgeSites } from '../columns/judge.ts'
import { shownTitle } from '../findings/shown.ts'
import { shownAddress } from '../persons/address.ts'
import { askRender, canRender } from './ask.ts'
import { askColumns } from './columns.ts'
import { rendererState } from './queries.ts'
import { askHomes } from './store.ts'
import './refusals.ts'

/** How the home page of a site reads as it is sent and as it is drawn. @throws Refusal not_found */
export async function siteRendering(ctx: Context, user: Principal, id: number): Promise<SiteRendering> {
  return renderingOf(ctx.db, user, id, ctx.clock.now())
}

/**
 * Has the home page of a site drawn and read now.
 * @throws Refusal not_found, forbidden; conflict where pages cannot be drawn, while the site is paused, and when it was asked
 * for too often today.
 */
export async function renderSite(ctx: Context, user: Principal, id: number): Promise<SiteRendering> {
  const now = ctx.clock.now()
  return ctx.db.transaction().execute(async (tx) => {
    await requireSite(tx, user, id, 'site.visit')
    const site = await tx
      .selectFrom('site')
      .innerJoin('site_state as state', 'state.site_id', 'site.id')
      .select(['site.url', 'state.availability'])
      .where('site.id', '=', id)
      .executeTakeFirst()
    if (!site || site.availability === 'paused') throw new Refusal('conflict', 'sites.downtimeFiledSite')
    if (!(await canRender(tx, now))) throw new Refusal('conflict', 'rendering.noRenderer')
    const ask = { siteId: id, url: site.url, purpose: 'reading', subject: null, cause: 'asked' } as const
    if ((await askRender(tx, [{ ...ask, askedBy: user.id }], now)) === 0) {
      throw new Refusal('conflict', 'rendering.askedTooOften')
    }
    await recordAudit(tx, {
      at: new Date(now),
      actor: user,
      action: 'site.rendering_requested',
      entity: 'site',
      entityId: id,
      detail: {},
    })
    return renderingOf(tx, user, id, now)
  })
}

/**
 * Has the home page of a site drawn now and, where that is wanted, the pages of its columns that seem neglected: what was drawn before
 * says nothing of what was published since. Nothing where no renderer is there.
 * @param now epoch ms.
 */
export async function drawSoon(
  tx: Tx,
  siteId: number,
  { withColumns }: { readonly withColumns: boolean },
  now: number,
): Promise<void> {
  if (!(await canRender(tx, now))) return
  await askHomes(tx, [{ siteId, cause: 'verdict' }], now)
  if (!withColumns) return
  const columns = (await judgeSites(tx, [siteId], localDay(now))).get(siteId)?.neglected ?? []
  await askColumns(tx, [{ siteId, columns }], now)
}

async function renderingOf(db: Db | Tx, user: Principal, id: number, now: number): Promise<SiteRendering> {
  const row = await db
    .selectFrom('site')
    .innerJoin('site_state as state', 'state.site_id', 'site.id')
    .leftJoin('site_rendering as r', 'r.site_id', 'site.id')
    .select(['state.finding', 'state.finding_at'])
    .select(['r.cause', 'r.sent', 'r.sent_at', 'r.drawn', 'r.drawn_at', 'r.drawn_url'])
    .select(['r.took_ms', 'r.requests', 'r.bytes', 'r.failed_at', 'r.reason'])
    .where('site.id', '=', id)
    .where(within(user.scope, 'site'))
    .executeTakeFirst()
  if (!row) throw noSuchSite()
  const open = await db
    .selectFrom('render_order')
    .select(['asked_at', 'cause', 'lease_until'])
    .where('site_id', '=', id)
    .where('purpose', '=', 'reading')
    .where('ref', '=', '')
    .where('done_at', 'is', null)
    .executeTakeFirst()
  const today = localDay(now)
  const { finding } = row
  const renderer = await rendererState(db, now)
  const heardMs = renderer.heardAt?.getTime() ?? 0
  const isDrawn = finding?.drawn === true
  // What says enough by itself is not kept beside what was drawn.
  const sent = row.sent && row.cause ? row.sent : isDrawn ? row.sent : finding
  const sentAt = sent === finding ? row.finding_at : row.sent_at
  return {
    renderer: renderer.is,
    heardAt: renderer.heardAt?.toISOString() ?? null,
    waitsUntil:
      renderer.is === 'silent' ? new Date(heardMs + RENDERING.goneMinutes * MINUTE).toISOString() : null,
    cause: row.cause,
    sent: sent && sentAt ? toReading(sent, sentAt, today) : null,
    drawn:
      row.drawn && row.drawn_at
        ? {
            ...toReading(row.drawn, row.drawn_at, today),
            url: shownAddress(row.drawn_url ?? '', today),
            tookMs: row.took_ms ?? 0,
            requests: row.requests ?? 0,
            bytes: row.bytes ?? 0,
          }
        : null,
    believed: finding ? (isDrawn ? 'drawn' : 'sent') : null,
    failed: row.failed_at && row.reason ? { at: row.failed_at.toISOString(), reason: row.reason } : null,
    open: open
      ? {
          at: open.asked_at.toISOString(),
          cause: open.cause,
          isUnderWay: open.lease_until !== null && open.lease_until.getTime() > now,
        }
      : null,
  }
}

function toReading({ outcome, newest, reason, evidence }: Finding, at: Date, today: string): PageReading {
  return {
    ...{ at: at.toISOString(), outcome, newest },
    reason: reason ?? null,
    text: evidence && shownTitle(evidence.text, today),
  }
}
