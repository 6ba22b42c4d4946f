import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { atOnce } from '../../server/base/slices.ts'
import { plantedAnswer } from '../../server/demo/planted/answer.ts'
import { planOf } from '../../server/demo/planted/plan.ts'
import { askingOf, giveAnswer, pathOf } from '../../server/demo/planted/serve.ts'
import { wellShown } from '../../server/demo/planted/shown.ts'
import { truthOfFleet, truthOfTestSite } from '../../server/demo/planted/truth.ts'
import { VARIANTS } from '../../server/demo/planted/variants/all.ts'
import { SITE_RULES } from '../../server/monitor/inspections/families.ts'
import { lookAtTestSite } from '../../server/monitor/quality/look.ts'
import { censusSays } from '../../server/monitor/quality/slots/census.ts'
import { machineSays } from '../../server/monitor/quality/slots/machine.ts'
import { SlotMemories, SlotMemory } from '../../server/monitor/quality/slots/memory.ts'
import { type SlotParts, seeSlot } from '../../server/monitor/quality/slots/parts.ts'
import type { LookedOutcome } from '../../server/monitor/quality/tables.ts'
import { type AskingProber, createProber } from '../../server/monitor/visit/visit.ts'
import { starterBook } from '../../server/monitor/wrong-words/starter.ts'
import { DAY } from '../../shared/base/time.ts'
import en from '../../shared/locales/en/quality.json'
import zh from '../../shared/locales/zh-CN/quality.json'
import { INSPECTION_RULES, inspectionRule } from '../../shared/monitor/inspections/catalogue.ts'
import { patient } from '../support/run/patience.ts'

const NOW = Date.parse('2026-03-10T03:00:00+08:00')

/** Rules that hold a page against what it was: they are shown it as it was before. */
const CHANGING = new Set(['hidden-links-new', 'home-replaced', 'dates-forged'])

let server: Server
let prober: AskingProber
let address: string
/** Of the day: before the faults of a night begin, or while they stand. */
let minute = 60
/** Every variant stands at its own page, in their order. */
beforeAll(async () => {
  server = createServer((request, response) => {
    const path = pathOf(request)
    const [, slot, below] = /^\/case\/(\d+)\/(.*)$/.exec(path) ?? []
    const variant = VARIANTS[Number(slot) - 1]
    const links = '<a href="/case/1/">1</a>'
    const index = { status: 200, body: `<html><body><h1>校验站</h1>${links}</body></html>` }
    const asked = { day: '2026-03-10', salt: Number(slot), minute, ...askingOf(request) }
    const show = variant?.isFault && minute === 60 ? wellShown : variant?.show
    const answer = show ? show(asked, below ?? '') : index
    giveAnswer(request, response, answer, 60)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  prober = createProber({ userAgent: 'test', deadlineMs: 900, allowAddresses: ['127.0.0.0/8'] })
})
afterAll(() => {
  prober.close()
  server.closeAllConnections()
  server.close()
})

const parts = async (): Promise<SlotParts> => ({
  ...{ prober, ports: { http: 80, https: 443 }, signal: new AbortController().signal },
  ...{ nowMs: NOW, book: await starterBook(), log: { warn() {} } },
})

/** What the rule that a page is about says of it. */
async function saidOf(rule: string, slot: number, memory: SlotMemory): Promise<LookedOutcome | undefined> {
  const by = await parts()
  const seen = await seeSlot(by, `${address}case/${slot}/`, memory)
  // That a site is known at all is kept by the rule of hidden links.
  const own = SITE_RULES.filter(({ id }) => id === rule || id === 'hidden-links-new')
  const said = inspectionRule(rule) ? await machineSays(seen, by, own) : await censusSays(seen, by)
  return said.find(([one]) => one === rule)?.[1]
}

test('the monitor finds each planted fault, and nothing on a page that only looks like one', {
  timeout: patient(120_000),
}, async () => {
  const wrong: string[] = []
  for (const [n, { rule, what, isFault }] of VARIANTS.entries()) {
    // Whether a page takes more than three seconds is measured, and not waited for here.
    if (rule === 'line-slow') continue
    const memory = new SlotMemory('2026-03-10')
    minute = 60
    const before = CHANGING.has(rule) ? await saidOf(rule, n + 1, memory) : undefined
    minute = 200
    const outcome = await saidOf(rule, n + 1, memory)
    if (before === 'found' || outcome !== (isFault ? 'found' : 'clear'))
      wrong.push(`${rule} ${what}: ${before}, ${outcome}`)
  }
  expect(wrong).toEqual([])
})

test('each page of the site is looked at by every rule', async () => {
  minute = 60
  const looks = await lookAtTestSite(await parts(), address, new SlotMemories())
  const rules = new Set(looks.map(({ rule }) => rule))
  expect(INSPECTION_RULES.filter(({ id }) => !rules.has(id)).map(({ id }) => id)).toEqual([])
  expect([...rules]).toEqual(expect.arrayContaining(['V1', 'V2', 'V3', 'V5', 'LINKS']))
})

test('every rule of machine inspections is planted on the test site or among the sites of the fleet', () => {
  const fleet = atOnce(truthOfFleet(NOW - DAY, NOW))
  const planted = (rule: string, isFault: boolean) =>
    [...VARIANTS, ...fleet].some((one) => one.rule === rule && one.isFault === isFault)
  const without = INSPECTION_RULES.filter(({ id }) => !planted(id, true) || !planted(id, false)).map(
    ({ id }) => id,
  )
  // Neither names nor certificates can be had for a made-up site; the rules' own tables say what they do.
  expect(without).toEqual(['mark-domain', 'line-certificate'])
  for (const rule of ['V1', 'V2', 'V3', 'V5', 'LINKS'])
    expect(
      [true, false].map((isFault) => planted(rule, isFault)),
      rule,
    ).toEqual([true, true])
})

describe('the plan of a night', () => {
  test('is the same for whoever knows the seed, and another each night', () => {
    const names = (seed: number, night: string) => planOf(seed, night).map(({ variant }) => variant.what)
    expect(names(640, '2026-03-10')).toEqual(names(640, '2026-03-10'))
    expect(names(640, '2026-03-10')).not.toEqual(names(640, '2026-03-11'))
    expect(names(640, '2026-03-10')).not.toEqual(names(641, '2026-03-10'))
  })
  test('has faults and look-alikes of each rule, and each fault its time within the night', () => {
    for (const rule of new Set(VARIANTS.map((one) => one.rule))) {
      const own = planOf(640, '2026-03-10').filter(({ variant }) => variant.rule === rule)
      expect(
        own.some(({ variant }) => variant.isFault),
        rule,
      ).toBe(true)
      expect(
        own.some(({ variant }) => !variant.isFault),
        rule,
      ).toBe(true)
      expect(own.length, rule).toBeLessThanOrEqual(5)
    }
    for (const { variant, fromMinute, toMinute } of planOf(640, '2026-03-10').filter(
      (one) => one.variant.isFault,
    )) {
      expect(toMinute - fromMinute, variant.what).toBeGreaterThanOrEqual(45)
      expect([fromMinute > 60, toMinute <= 300]).toEqual([true, true])
    }
  })
  test('is shown by the site for as long as it says, and a good page before and after', () => {
    const fault = truthOfTestSite(640, '2026-03-10').find(({ what }) => /^status/.test(what))
    if (!fault) throw new Error('no page of this night fails')
    const statusAt = (atMs: number) => plantedAnswer(640, `/case/${fault.slot}/`, atMs).status
    expect([fault.fromMs - 1, fault.fromMs, fault.toMs - 1, fault.toMs].map(statusAt)).toEqual([
      200,
      Number(fault.what.slice(-3)),
      Number(fault.what.slice(-3)),
      200,
    ])
  })
  test('answers whatever is asked for', () => {
    for (const path of ['/case/0/', '/case/9999/', '/nothing', '/case//', '/case/1'])
      expect(plantedAnswer(640, path, NOW).status, path).toBe(404)
  })
})

test('each way of going wrong has its words', () => {
  const missing = VARIANTS.filter(({ what }) => !(what in zh.quality.what) || !(what in en.quality.what))
  expect(missing.map(({ what }) => what)).toEqual([])
})
