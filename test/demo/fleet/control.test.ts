import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { behaviourAt, truthAt } from '../../../server/demo/fleet/script.ts'
import { fleetState } from '../../../shared/demo/fleet/api.ts'
import { NOW, openWorld, sites, type World } from './support.ts'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const well = sites.filter(
  (site) => truthAt(site, NOW).state === 'healthy' && behaviourAt(site, NOW).latencyMs < 150,
)
const plain = well.filter(({ scheme }) => scheme === 'http')
const secure = well.filter(({ scheme }) => scheme === 'https')
const causeOf = async (url: string) => (await world.prober.visit({ url })).result.cause

describe("the operator's door", () => {
  it('breaks a site in each of the named ways and heals it again', async () => {
    const causes = { down: 'http_5xx', hang: 'timeout', tls: 'tls_expired', firewall: 'blocked_firewall' }
    const site = secure[0]!
    for (const [kind, cause] of Object.entries(causes)) {
      await world.command('break', { code: site.code, kind })
      expect(await causeOf(world.urlOf(site))).toBe(cause)
      await world.command('heal', { code: site.code })
      expect(await causeOf(world.urlOf(site))).toBeNull()
    }
  })

  it('heals what the script has broken', async () => {
    const site = sites.find((candidate) => truthAt(candidate, NOW).availability === 'down')!
    expect(await causeOf(world.urlOf(site))).not.toBeNull()
    await world.command('heal', { code: site.code })
    expect(await causeOf(world.urlOf(site))).toBeNull()
  })

  it('cuts the line for every host, and mends it', async () => {
    const reference = `http://reference-1.localhost:${world.fleet.httpPort}/`
    expect(await causeOf(world.urlOf(plain[0]!))).toBeNull()
    const { body } = await world.command('line', { down: true })
    expect(fleetState.parse(body).line).toBe('down')
    for (const url of [world.urlOf(plain[0]!), world.urlOf(secure[1]!), reference]) {
      expect(await causeOf(url)).toMatch(/^(reset|closed)$/)
    }
    await world.command('line', { down: false })
    expect(await causeOf(world.urlOf(plain[0]!))).toBeNull()
    expect((await fetch(`http://127.0.0.1:${world.fleet.httpPort}`, { headers: { host: 'x' } })).status).toBe(
      421,
    )
  })

  it('tells what is broken by hand, in the form of the contract', async () => {
    await world.command('break', { code: plain[1]!.code, kind: 'stale' })
    const response = await fetch(`http://127.0.0.1:${world.fleet.controlPort}/__fleet/state`)
    const state = fleetState.parse(await response.json())
    expect(state.overrides).toContainEqual({ code: plain[1]!.code, kind: 'stale' })
  })

  it('says what is wrong with a request that it refuses', async () => {
    expect((await world.command('break', { code: '9999999999', kind: 'down' })).status).toBe(404)
    expect((await world.command('break', { code: plain[2]!.code, kind: 'explode' })).status).toBe(400)
    const { status, body } = await world.command('break', { code: plain[2]!.code, kind: 'tls' })
    expect(status).toBe(400)
    expect(JSON.stringify(body)).toContain('plain HTTP')
    expect((await world.command('nothing', {})).status).toBe(404)
    const form = await fetch(`http://127.0.0.1:${world.fleet.controlPort}/__fleet/line`, {
      method: 'POST',
      body: new URLSearchParams({ down: 'true' }),
    })
    expect(form.status).toBe(415)
  })
})

describe('conditional requests', () => {
  it('are answered with 304 until something is published', async () => {
    const site = plain.find((candidate) => behaviourAt(candidate, NOW).traits.validators)!
    const url = world.urlOf(site)
    const { result } = await world.prober.visit({ url })
    expect(result.etag).not.toBeNull()
    expect((await world.prober.visit({ url, etag: result.etag })).result.notModified).toBe(true)
    await world.command('heal', { code: site.code })
    expect((await world.prober.visit({ url, etag: result.etag })).result.notModified).toBe(false)
  })
})
