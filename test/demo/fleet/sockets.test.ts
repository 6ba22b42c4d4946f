import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { OUTAGE_CAUSES, OUTAGE_KINDS } from '../../../server/demo/fleet/outages.ts'
import { behaviourAt, truthAt } from '../../../server/demo/fleet/script.ts'
import { patient } from '../../support/run/patience.ts'
import { NOW, openWorld, sites, type World } from './support.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const well = (scheme: 'http' | 'https') =>
  sites.filter((site) => {
    const { outage, latencyMs, traits } = behaviourAt(site, NOW)
    return site.scheme === scheme && outage === null && latencyMs < 200 && traits.home === null
  })

const cases = OUTAGE_KINDS.flatMap((kind) =>
  kind.startsWith('tls_') ? [['https', kind] as const] : [['http', kind] as const, ['https', kind] as const],
)

describe('over real sockets', () => {
  it.concurrent.each(cases)('a visit over %s finds out about %s', async (scheme, kind) => {
    const site = well(scheme)[OUTAGE_KINDS.indexOf(kind)]!
    expect((await world.command('break', { code: site.code, kind })).status).toBe(200)
    const { result } = await world.prober.visit({ url: world.urlOf(site) })
    expect(result.cause).toBe(OUTAGE_CAUSES[kind])
    expect(result.outcome).toBe(kind === 'firewall' || kind === 'captcha' ? 'blocked' : 'failed')
  })

  it('every site that the script has down or walled off is found so, and its neighbours well', {
    timeout: patient(30_000),
  }, async () => {
    const patient = await openWorld(8_000)
    const visited = sites.filter((site, index) => index % 8 === 0 || truthAt(site, NOW).availability !== 'up')
    const wrong: string[] = []
    const next = visited.values()
    const visitAll = async () => {
      for (const site of next) {
        const { result } = await patient.prober.visit({ url: patient.urlOf(site) })
        const { cause } = truthAt(site, NOW)
        if (result.cause !== cause) wrong.push(`${site.host}: ${result.cause}, not ${cause}`)
      }
    }
    await Promise.all(Array.from({ length: 12 }, visitAll))
    await patient.close()
    expect(visited.length).toBeGreaterThan(85)
    expect(wrong).toEqual([])
  })
})
