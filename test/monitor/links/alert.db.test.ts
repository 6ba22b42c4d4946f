import { describe, expect, it } from 'vitest'
import { raiseRectification } from '../../../server/desk/rectifications/raise/raise.ts'
import { takeStep } from '../../../server/desk/rectifications/service.ts'
import { recheckLinks, recheckSoon } from '../../../server/monitor/links/recheck.ts'
import type { ScanParts } from '../../../server/monitor/links/scan.ts'
import { linkReport } from '../../../server/monitor/links/service.ts'
import { recordVisits } from '../../../server/recording/record.ts'
import type { Fact } from '../../../shared/base/facts.ts'
import { MINUTE } from '../../../shared/base/time.ts'
import { visitOf } from '../../support/visits/visited.ts'
import { a, asked, ctx, forgetAsked, parts, paths, people, playOnASite, scan, serve, site } from './scans.ts'

playOnASite()

describe('the alert of broken links', () => {
  const told = (facts: Fact[]) =>
    facts.map((fact) => ('alert' in fact.data ? [fact.kind, fact.data.alert.severity] : [fact.kind]))
  const recheck = async (change: Partial<ScanParts> = {}) =>
    ctx.told(async () => {
      ctx.clock.advance(MINUTE)
      await recheckLinks(parts(change))
    })
  const BROKEN = { '/': a('/gone', '旧专题') + a('/files/a.doc') + a('/sb/', '网上申报'), '/sb/': 503 }

  it('opens with what the scan found, and is resolved by the next that finds it mended', async () => {
    serve(BROKEN)
    const facts = await ctx.told(() => scan())
    expect(told(facts)).toEqual([['alert.opened', 'major']])
    expect(facts[0]).toMatchObject({
      data: {
        alert: {
          rule: 'LINKS',
          evidence: {
            broken: {
              S2a: 1,
              S2b: 0,
              S9b: 1,
              S10: 1,
              points: 5,
              some: [{ text: '网上申报' }, { text: '链接' }, { text: '旧专题' }],
            },
          },
        },
      },
    })
    serve({ ...BROKEN, '/sb/': 'ok' })
    expect(told(await ctx.told(() => scan())), 'two points less').toEqual([['alert.eased', 'minor']])
    serve({ '/': a('/gone'), '/gone': 'ok' })
    expect(told(await ctx.told(() => scan()))).toEqual([['alert.resolved', 'minor']])
  })

  it('does not open for a site that could not be read, nor for a few links on other pages', async () => {
    serve({ '/': 503 })
    expect(told(await ctx.told(() => scan()))).toEqual([])
    serve({ '/': a('/news'), '/news': a('/old-1') + a('/old-2') })
    expect(told(await ctx.told(() => scan()))).toEqual([])
  })

  it('leads to a rectification: exactly the broken links are visited again, and decide', async () => {
    serve(BROKEN)
    const [opened] = await ctx.told(() => scan())
    const alertId = opened && 'alert' in opened.data ? opened.data.alert.id : 0
    const rectification = await raiseRectification(ctx, people.duty, { alertIds: [alertId], dueWorkdays: 10 })
    const submit = (version: number) =>
      takeStep(ctx, people.duty, { id: rectification.id, version }, { step: 'submit' })
    const visit = () =>
      ctx.told(() => recordVisits(ctx, [{ ...visitOf(site, ctx.clock.advance(MINUTE)), extra: true }]))
    const rectificationFacts = (facts: Fact[]) =>
      facts.flatMap((fact) =>
        'rectification' in fact.data ? [[fact.kind, fact.data.rectification.verification?.result]] : [],
      )
    const { version } = await submit(rectification.version)
    expect(rectificationFacts(await visit()), 'its links were not visited yet').toEqual([
      ['rectification.verifying', null],
    ])
    forgetAsked()
    expect(told(await recheck())).toEqual([])
    expect(asked.toSorted()).toEqual(['/files/a.doc', '/gone', '/sb/'])
    expect(rectificationFacts(await visit())).toEqual([['rectification.returned', 'links_still_broken']])

    await submit(version + 2)
    serve({ ...BROKEN, '/gone': 'ok', '/sb/': 'ok' })
    expect(told(await recheck()), 'a lost form alone is no alert').toEqual([['alert.resolved', 'major']])
    expect(rectificationFacts(await visit())).toEqual([['rectification.closed', 'links_mended']])
    const report = await linkReport(ctx, people.owner.scope, site.id)
    expect(paths(report, 'confirmed')).toEqual([['S9b', '/files/a.doc']])
    forgetAsked()
    await recheck()
    expect(asked, 'done').toEqual([])
  })

  it('goes on after a process that died, and waits where a firewall stands before a link of a rectification', async () => {
    serve(BROKEN)
    const [opened] = await ctx.told(() => scan())
    const alertId = opened && 'alert' in opened.data ? opened.data.alert.id : 0
    await ctx.db.transaction().execute((tx) => recheckSoon(tx, site.id, new Date(ctx.clock.now())))
    const stop = new AbortController()
    await recheck({ signal: stop.signal, wait: async () => stop.abort() })
    forgetAsked()
    await recheck()
    expect(asked, 'the links that were left').toHaveLength(3)
    const raised = await raiseRectification(ctx, people.duty, { alertIds: [alertId], dueWorkdays: 10 })
    await takeStep(ctx, people.duty, raised, { step: 'submit' })
    serve({ ...BROKEN, '/gone': 429 })
    await recheck()
    const row = () =>
      ctx.db.selectFrom('link_scan').selectAll().where('site_id', '=', site.id).executeTakeFirstOrThrow()
    expect((await row()).recheck_at?.getTime(), 'asked again later').toBeGreaterThan(ctx.clock.now())
  })
})
