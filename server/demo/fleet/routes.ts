import { Router } from 'express'
import { z } from 'zod'
import { api } from '../../../shared/api.ts'
import { fleetState } from '../../../shared/demo/fleet/api.ts'
import type { User } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'
import { Refusal } from '../../base/refusal.ts'
import { type AuditRecord, recordAudit } from '../../people/audit/record.ts'
import { serve } from '../../people/requests/route.ts'
import type { Demo } from '../demo.ts'

const controlState = z.object({
  line: fleetState.shape.line,
  overrides: fleetState.shape.overrides,
})

/** The demo's own page: break and heal sites of the fleet by hand. Without the demo there is nothing to break. */
export function fleetRoutes(ctx: Context, demo: Demo | null): Router {
  const router = Router()

  async function control(path: string, body?: object) {
    if (!demo) throw new Refusal('not_found', 'fleet.noDemoFleet')
    const response = await fetch(`http://127.0.0.1:${demo.controlPort}/__fleet/${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    if (response.status === 400)
      throw new Refusal('invalid', 'fleet.fleetRefused', { values: { value: await response.text() } })
    if (!response.ok) throw new Error(`the fleet answered ${response.status} to ${path}`)
    return controlState.parse(await response.json())
  }

  async function act(
    user: User,
    action: AuditRecord['action'],
    siteId: number | null,
    detail: Record<string, unknown>,
  ) {
    const actor = { id: user.id, name: user.name }
    await recordAudit(ctx.db, {
      at: new Date(ctx.clock.now()),
      actor,
      action,
      entity: 'fleet',
      entityId: siteId,
      detail,
    })
  }

  async function codeOf(siteId: number): Promise<string> {
    const site = await ctx.db
      .selectFrom('site')
      .select('code')
      .where('id', '=', siteId)
      .where('demo', '=', true)
      .executeTakeFirst()
    if (!site) throw new Refusal('not_found', 'fleet.noSuchDemoSite')
    return site.code
  }

  /** The room should see at once what was done. */
  async function visitSoon(siteId: number): Promise<void> {
    await ctx.db
      .updateTable('site_state')
      .set({ next_visit_at: new Date(ctx.clock.now()), read_again: true })
      .where('site_id', '=', siteId)
      .execute()
  }

  serve(router, api.fleet, () => control('state'))
  serve(router, api.breakSite, async ({ user, body: { siteId, kind } }) => {
    const code = await codeOf(siteId)
    await control('break', { code, kind })
    await visitSoon(siteId)
    await act(user, 'fleet.broken', siteId, { code, kind })
  })
  serve(router, api.healSite, async ({ user, body: { siteId } }) => {
    const code = await codeOf(siteId)
    await control('heal', { code })
    await visitSoon(siteId)
    await act(user, 'fleet.healed', siteId, { code })
  })
  serve(router, api.cutLine, async ({ user, body: { down } }) => {
    await control('line', { down })
    await act(user, down ? 'fleet.lineCut' : 'fleet.lineMended', null, {})
  })
  return router
}
