import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { OUTAGE_CAUSES, OUTAGE_KINDS } from '../../server/fleet/outages.ts'
import { behaviourAt, truthAt } from '../../server/fleet/script.ts'
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

  it('every site of the city is found as the script has it', async () => {
    const wrong: string[] = []
    for (let first = 100; first < sites.length; first += 60) {
      await Promise.all(
        sites.slice(first, first + 60).map(async (site) => {
          const truth = truthAt(site, NOW)
          const { latencyMs } = behaviourAt(site, NOW)
          if (latencyMs > 1_000) return
          const { result } = await world.prober.visit({ url: world.urlOf(site) })
          if (result.cause !== truth.cause) wrong.push(`${site.host}: ${result.cause}, not ${truth.cause}`)
        }),
      )
    }
    expect(wrong).toEqual([])
  }, 60_000)
})
