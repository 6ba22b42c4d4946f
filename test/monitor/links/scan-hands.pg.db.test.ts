import { beforeEach, describe, expect, it } from 'vitest'
import { runSlice } from '../../../server/monitor/links/scan.ts'
import {
  linkReport,
  startBriefScan,
  startScan,
  startWeeklyScan,
  turnScan,
} from '../../../server/monitor/links/service.ts'
import { scheduleScans } from '../../../server/monitor/links/worker.ts'
import { DAY, HOUR, MINUTE } from '../../../shared/base/time.ts'
import { DEFAULT_SETTINGS } from '../../../shared/monitor/links/links.ts'
import { a, asked, ctx, finish, parts, people, playOnASite, scan, serve, site, waited } from './scans.ts'

playOnASite()

describe('a scan in the hands of people', () => {
  beforeEach(() => serve({ '/': Array.from({ length: 9 }, (_, n) => a(`/p${n}`)).join('') }, () => 'ok'))

  it('is stopped and goes on where it was, without asking anything twice', async () => {
    const { id, version } = await startScan(ctx, people.owner, site.id, { delayMs: 100 })
    await runSlice(parts(), id, 350)
    const soFar = asked.length
    expect(soFar).toBe(4)
    const stopped = await turnScan(ctx, people.owner, id, 'stopped', version)
    expect(await runSlice(parts(), id, HOUR)).toBeNull()
    expect(asked).toHaveLength(soFar)
    await turnScan(ctx, people.duty, id, 'running', stopped.version)
    await finish(id)
    expect(asked).toHaveLength(10)
    expect(new Set(asked).size).toBe(10)
  })

  it('stops at once for whoever is at it, and is not gone on with twice', async () => {
    const { id, version } = await startScan(ctx, people.owner, site.id, { delayMs: 100 })
    const wait = async () => {
      if (asked.length !== 2) return
      const { version: after } = await turnScan(ctx, people.owner, id, 'stopped', version)
      await turnScan(ctx, people.owner, id, 'running', after)
    }
    expect(await runSlice(parts({ wait }), id, HOUR)).toBeNull()
    expect(asked).toHaveLength(2)
  })

  it('is begun once: the second who presses is told so, and so is who acts on what is past', async () => {
    const { id, version } = await startScan(ctx, people.owner, site.id, {})
    await expect(startScan(ctx, people.duty, site.id, {})).rejects.toMatchObject({ code: 'conflict' })
    await turnScan(ctx, people.owner, id, 'stopped', version)
    await expect(turnScan(ctx, people.duty, id, 'stopped', version)).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  it('is not for everybody', async () => {
    await expect(startScan(ctx, people.viewer, site.id, {})).rejects.toMatchObject({ code: 'forbidden' })
    await expect(startScan(ctx, people.haizhu, site.id, {})).rejects.toMatchObject({ code: 'not_found' })
    await expect(linkReport(ctx, people.haizhu.scope, site.id)).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  it('remembers its settings for the next time', async () => {
    await scan({ depth: 5, links: 300 })
    const next = await startScan(ctx, people.owner, site.id, { pages: 7 })
    expect(next.settings).toEqual({ depth: 5, pages: 7, links: 300, delayMs: 100 })
  })

  it('makes those that nobody asks for slower or wider, never narrower than they are by default', async () => {
    await scan({ depth: 1, pages: 1, links: 1, delayMs: 900 })
    const night = (await startBriefScan(ctx, site.id)) ?? 0
    const { max_depth } = await ctx.db
      .selectFrom('link_scan')
      .select('max_depth')
      .where('id', '=', night)
      .executeTakeFirstOrThrow()
    expect(max_depth).toBe(DEFAULT_SETTINGS.depth)
    const settings = async () => {
      await finish((await startWeeklyScan(ctx, site.id)) ?? 0)
      return (await linkReport(ctx, people.owner.scope, site.id)).scan?.settings
    }
    expect(await settings()).toEqual({ ...DEFAULT_SETTINGS, delayMs: 900 })
    await scan({ depth: 5, links: 9_000, delayMs: 100 })
    expect(await settings()).toEqual({ ...DEFAULT_SETTINGS, depth: 5, links: 9_000, delayMs: 100 })
  })

  it('waits for long between two requests, where somebody wants it to, without keeping others waiting', async () => {
    const { id } = await startScan(ctx, people.owner, site.id, { delayMs: MINUTE })
    const begunAt = ctx.clock.now()
    const again = (await runSlice(parts(), id, HOUR)) ?? 0
    expect([asked, waited]).toEqual([['/'], []])
    expect(again).toBeGreaterThanOrEqual(MINUTE)
    ctx.clock.advance(MINUTE / 2)
    expect(await runSlice(parts(), id, HOUR), 'not before its time').toBeNull()
    ctx.clock.advance(MINUTE)
    await finish(id)
    expect(asked).toHaveLength(10)
    expect(ctx.clock.now() - begunAt).toBeGreaterThanOrEqual(9 * MINUTE)
  })
})

describe('a scan that nobody watches', () => {
  it('is taken up again when whoever had it is gone, and goes on where it was', async () => {
    serve({ '/': Array.from({ length: 5 }, (_, n) => a(`/p${n}`)).join('') }, () => 'ok')
    const { id } = await startScan(ctx, people.owner, site.id, { delayMs: 100 })
    const killed = Object.assign(new Error('killed'), { code: 'ECONNRESET' })
    const wait = () => (asked.length === 3 ? Promise.reject(killed) : Promise.resolve())
    await expect(runSlice(parts({ wait }), id, HOUR)).rejects.toBe(killed)
    expect(await runSlice(parts(), id, HOUR), 'somebody may still be at it').toBeNull()
    ctx.clock.advance(3 * MINUTE)
    const sent: number[] = []
    await scheduleScans(ctx, async (scanId) => void sent.push(scanId))
    expect(sent).toContain(id)
    await finish(id)
    expect(asked).toEqual(['/', '/p0', '/p1', '/p2', '/p3', '/p4'])
  })

  it('goes on by itself a day after somebody stopped it: no site is kept from its scans and looks for ever', async () => {
    const { id, version } = await startScan(ctx, people.owner, site.id, { delayMs: 100 })
    await turnScan(ctx, people.owner, id, 'stopped', version)
    const sentAfter = async (ms: number) => {
      ctx.clock.advance(ms)
      const sent: number[] = []
      await scheduleScans(ctx, async (scanId) => void sent.push(scanId))
      return sent.includes(id)
    }
    expect([await sentAfter(23 * HOUR), await sentAfter(2 * HOUR)]).toEqual([false, true])
    await finish(id)
    await ctx.db.updateTable('site').set({ pause_reason: 'done' }).where('id', '=', site.id).execute()
    const next = await startScan(ctx, people.owner, site.id, {})
    await turnScan(ctx, people.owner, next.id, 'stopped', next.version)
    ctx.clock.advance(25 * HOUR)
    await scheduleScans(ctx, async () => {})
    expect((await linkReport(ctx, people.owner.scope, site.id)).scan?.state, 'not to be visited').toBe(
      'stopped',
    )
    await ctx.db.updateTable('site').set({ pause_reason: null }).where('id', '=', site.id).execute()
  })

  it('comes by the week to each site at its own hour, two at a time at most', async () => {
    const begun = new Map<number, number[]>()
    const ids = (await ctx.db.selectFrom('site').select('id').execute()).map((row) => row.id)
    for (let step = 0; step < 15 * 24 * 2; step++) {
      ctx.clock.advance(30 * MINUTE)
      await scheduleScans(ctx, async (scanId) => {
        const { site_id } = await ctx.db
          .updateTable('link_scan')
          .set({ state: 'done' })
          .where('id', '=', scanId)
          .returning('site_id')
          .executeTakeFirstOrThrow()
        begun.set(site_id, [...(begun.get(site_id) ?? []), ctx.clock.now()])
      })
    }
    for (const id of ids) {
      const times = begun.get(id) ?? []
      expect(times.length, `site ${id}`).toBeGreaterThanOrEqual(2)
      expect(Math.abs(times[1]! - times[0]! - 7 * DAY)).toBeLessThan(2 * HOUR)
    }
  })

  it('keeps other sites waiting for two hours at most, however slow it is', async () => {
    const [first = 0, second = 0, ...others] = (
      await ctx.db.selectFrom('site').select('id').orderBy('id').execute()
    ).map((row) => row.id)
    for (const id of others) {
      const old = (await startWeeklyScan(ctx, id)) ?? 0
      await ctx.db.updateTable('link_scan').set({ state: 'done' }).where('id', '=', old).execute()
    }
    // The hour of each of them has come and gone.
    ctx.clock.advance(9 * DAY)
    const slow = [await startWeeklyScan(ctx, first), await startWeeklyScan(ctx, second)]
    const begun = async (ms: number) => {
      ctx.clock.advance(ms)
      await ctx.db
        .updateTable('link_scan')
        .set({ next_at: new Date(ctx.clock.now()) })
        .execute()
      const sent: number[] = []
      await scheduleScans(ctx, async (scanId) => void sent.push(scanId))
      return sent.length
    }
    expect([await begun(HOUR), await begun(HOUR / 2), await begun(HOUR), await begun(MINUTE)]).toEqual([
      0, 0, 1, 1,
    ])
    expect(await begun(MINUTE), 'two at a time beside those').toBe(0)
    const running = await ctx.db
      .selectFrom('link_scan')
      .select('id')
      .where('state', '=', 'running')
      .where(
        'id',
        'in',
        slow.flatMap((id) => id ?? []),
      )
      .execute()
    expect(running, 'which go on').toHaveLength(2)
  })
})
