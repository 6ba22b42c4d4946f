import { describe, expect, test } from 'vitest'
import { createResolver, type DnsSource, nameServers } from '../../../../server/monitor/visit/net/dns.ts'
import { causeGroup } from '../../../../shared/monitor/visit/probes.ts'
import { HOME, page, proberFor, serve, visit } from '../servers.ts'

const failing = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }))
const found =
  (...addresses: string[]) =>
  () =>
    Promise.resolve(addresses.map((address) => ({ address, ttl: 60 })))

/** A name server of our own that counts what it is asked. */
function source(four: DnsSource['resolve4'], six: DnsSource['resolve6'] = failing('ENODATA')) {
  const asked = { four: 0, six: 0 }
  const dns: DnsSource = {
    resolve4(...args) {
      asked.four++
      return four(...args)
    },
    resolve6(...args) {
      asked.six++
      return six(...args)
    },
  }
  return { dns, asked }
}

function resolverAt(clock: { ms: number }, dns: DnsSource, hosts = {}) {
  return createResolver({ source: dns, hosts, elapsedMs: () => clock.ms })
}

test('a line that has got other name servers is asked over them within a minute, without a restart', async () => {
  const before = { ...source(failing('ETIMEOUT')).dns, getServers: () => ['192.0.2.1'] }
  const after = { ...source(found('198.51.100.1')).dns, getServers: () => ['192.0.2.2'] }
  const clock = { ms: 0 }
  const kinds = [before, after]
  const ofNow = nameServers(
    () => kinds.shift() ?? after,
    () => clock.ms,
  )
  const resolve = resolverAt(clock, ofNow)
  expect(await resolve('www.gz.gov.cn')).toEqual({ cause: 'dns_timeout' })
  clock.ms = 59_000
  expect(await resolve('www.gz.gov.cn')).toEqual({ cause: 'dns_timeout' })
  clock.ms = 63_000
  expect(await resolve('www.gz.gov.cn')).toEqual({ addresses: [{ address: '198.51.100.1', family: 4 }] })
})

test('while the name servers are the same it is not forgotten which of them do not answer', async () => {
  const clock = { ms: 0 }
  const made: ReturnType<typeof source>[] = []
  const ofNow = nameServers(
    () => {
      const next = source(found('198.51.100.1'))
      made.push(next)
      return { ...next.dns, getServers: () => ['192.0.2.1', '192.0.2.2'] }
    },
    () => clock.ms,
  )
  for (clock.ms = 0; clock.ms < 180_000; clock.ms += 30_000)
    await ofNow.resolve4('www.gz.gov.cn', { ttl: true })
  expect(made.length).toBeGreaterThan(2)
  expect(made.map(({ asked }) => asked.four)).toEqual([6, ...made.slice(1).map(() => 0)])
})

describe('what a name look-up finds', () => {
  test('both families, IPv4 first', async () => {
    const { dns } = source(found('198.51.100.1', '198.51.100.2'), found('2001:db8::1'))
    expect(await resolverAt({ ms: 0 }, dns)('www.gz.gov.cn')).toEqual({
      addresses: [
        { address: '198.51.100.1', family: 4 },
        { address: '198.51.100.2', family: 4 },
        { address: '2001:db8::1', family: 6 },
      ],
    })
  })

  test('a site on IPv6 alone', async () => {
    const { dns } = source(failing('ENODATA'), found('2001:db8::1'))
    expect(await resolverAt({ ms: 0 }, dns)('v6.gz.gov.cn')).toEqual({
      addresses: [{ address: '2001:db8::1', family: 6 }],
    })
  })

  test('a name server that never answers about IPv6 holds nobody up', async () => {
    const { dns } = source(found('198.51.100.1'), () => new Promise(() => {}))
    expect(await resolverAt({ ms: 0 }, dns)('www.gz.gov.cn')).toMatchObject({ addresses: [{ family: 4 }] })
  })

  test.for([
    ['ENOTFOUND', 'dns_not_found'],
    ['ENODATA', 'dns_not_found'],
    ['EBADNAME', 'dns_not_found'],
    ['ESERVFAIL', 'dns_failed'],
    ['EREFUSED', 'dns_failed'],
    ['ETIMEOUT', 'dns_timeout'],
  ])('%s is %s', async ([code, cause]) => {
    const { dns } = source(failing(code!), failing(code!))
    expect(await resolverAt({ ms: 0 }, dns)('www.gz.gov.cn')).toEqual({ cause })
    const { result } = await visit('http://www.gz.gov.cn/', { resolver: dns })
    expect(result).toMatchObject({ outcome: 'failed', cause, connectMs: null, status: null })
    expect(result.dnsMs).not.toBeNull()
  })
})

describe('the memory for names', () => {
  test('asks once while the answer lives, and again after', async () => {
    const clock = { ms: 0 }
    const { dns, asked } = source(found('198.51.100.1'))
    const resolve = resolverAt(clock, dns)
    await resolve('a.gov.cn')
    clock.ms = 59_999
    expect(resolve('a.gov.cn')).not.toBeInstanceOf(Promise)
    expect(asked.four).toBe(1)
    clock.ms = 60_000
    await resolve('a.gov.cn')
    expect(asked.four).toBe(2)
  })

  test.for([
    ['of nothing is kept half a minute', 0, 30_000],
    ['of a week is kept an hour', 604_800, 3_600_000],
  ] as const)('a lifetime %s', async ([, ttl, keptMs]) => {
    const clock = { ms: 0 }
    const { dns, asked } = source(() => Promise.resolve([{ address: '198.51.100.1', ttl }]))
    const resolve = resolverAt(clock, dns)
    await resolve('a.gov.cn')
    clock.ms = keptMs - 1
    await resolve('a.gov.cn')
    expect(asked.four).toBe(1)
    clock.ms = keptMs
    await resolve('a.gov.cn')
    expect(asked.four).toBe(2)
  })

  test('forgets a failure before anybody re-checks it', async () => {
    const clock = { ms: 0 }
    const { dns, asked } = source(failing('ENOTFOUND'))
    const resolve = resolverAt(clock, dns)
    await resolve('a.gov.cn')
    clock.ms = 2999
    await resolve('a.gov.cn')
    expect(asked.four).toBe(1)
    clock.ms = 3000
    await resolve('a.gov.cn')
    expect(asked.four).toBe(2)
  })

  test('a look-up that broke down is not waited for by the next visit', async () => {
    let isBroken = true
    const { dns } = source(() => {
      if (isBroken) throw new Error('a bug of ours')
      return Promise.resolve([{ address: '198.51.100.1', ttl: 60 }])
    })
    const resolve = resolverAt({ ms: 0 }, dns)
    await expect(resolve('a.gov.cn')).rejects.toThrow('a bug of ours')
    isBroken = false
    expect(await resolve('a.gov.cn')).toMatchObject({ addresses: [{ address: '198.51.100.1' }] })
  })

  test('a hundred visits at once ask once', async () => {
    const { dns, asked } = source(found('198.51.100.1'))
    const resolve = resolverAt({ ms: 0 }, dns)
    await Promise.all(Array.from({ length: 100 }, () => resolve('a.gov.cn')))
    expect(asked).toEqual({ four: 1, six: 1 })
  })
})

test('names under localhost, literals and the operator’s own table never go to DNS', async () => {
  const { dns, asked } = source(failing('ESERVFAIL'))
  const hosts = { 'www.gz.gov.cn': '10.1.2.3', '*.th.gov.cn': '10.4.4.4', '*.fleet.localhost': '127.0.0.9' }
  const resolve = resolverAt({ ms: 0 }, dns, hosts)
  const addressOf = (name: string) => {
    const answer = resolve(name)
    return 'addresses' in answer && answer.addresses[0]?.address
  }
  expect(addressOf('localhost')).toBe('127.0.0.1')
  expect(addressOf('any.thing.localhost')).toBe('127.0.0.1')
  expect(addressOf('a.fleet.localhost')).toBe('127.0.0.9')
  expect(addressOf('www.gz.gov.cn')).toBe('10.1.2.3')
  expect(addressOf('www.th.gov.cn')).toBe('10.4.4.4')
  expect(addressOf('203.0.113.9')).toBe('203.0.113.9')
  expect(addressOf('2001:db8::9')).toBe('2001:db8::9')
  expect(asked).toEqual({ four: 0, six: 0 })
})

describe('one family down', () => {
  test('a dead IPv4 address is not the end: the IPv6 one answers', async ({ skip }) => {
    const served = await serve(page(HOME), '::1').catch(() => skip('this machine has no IPv6 loopback'))
    const { dns } = source(found('127.0.0.2'), found('::1'))
    const { result } = await visit(`http://www.gz.gov.cn:${served.port}/`, { resolver: dns })
    expect(result).toMatchObject({ outcome: 'ok', address: '::1' })
  })

  test('a dead IPv6 address does no harm', async () => {
    const { port } = await serve(page(HOME))
    const { dns } = source(found('127.0.0.1'), found('::1'))
    const { result } = await visit(`http://www.gz.gov.cn:${port}/`, { resolver: dns })
    expect(result).toMatchObject({ outcome: 'ok', address: '127.0.0.1' })
  })

  test('the second of two addresses answers for the first', async () => {
    const { port } = await serve(page(HOME))
    const { dns } = source(found('127.0.0.2', '127.0.0.1'))
    const { result } = await visit(`http://www.gz.gov.cn:${port}/`, { resolver: dns })
    expect(result).toMatchObject({ outcome: 'ok', address: '127.0.0.1' })
  })

  test('all of them down: the first one’s cause is told', async () => {
    const { port } = await serve(page(HOME))
    const { dns } = source(found('127.0.0.2', '127.0.0.3'))
    const { result } = await visit(`http://www.gz.gov.cn:${port}/`, { resolver: dns })
    expect(result).toMatchObject({ outcome: 'failed', cause: 'refused', address: null })
  })
})

describe('a site on IPv6 alone', () => {
  /** To which no kernel opens a connection: it says at once that there is no way. */
  const NO_WAY = 'ff02::1'
  const places = (hasSix: boolean) => ({
    ...{ hasSix: () => hasSix, allowAddresses: ['127.0.0.0/8', 'ff02::/16'] },
    ...{ resolver: source(failing('ENODATA'), found(NO_WAY)).dns },
  })

  test('is not measured from a place without IPv6, and that is held against nobody', async () => {
    const { result } = await visit('http://v6.gz.gov.cn/', places(false))
    expect(result).toMatchObject({ outcome: 'failed', cause: 'no_ipv6', address: null, status: null })
    expect(causeGroup('no_ipv6')).toBe('monitor')
  })

  test('is out of reach from a place that has IPv6', async () => {
    const { result } = await visit('http://v6.gz.gov.cn/', places(true))
    expect(result).toMatchObject({ outcome: 'failed', cause: 'unreachable' })
  })

  test('is not measured either where another page leads on to it', async () => {
    const { port } = await serve(page('', { Location: 'http://v6.gz.gov.cn/' }, '301 Moved'))
    const { result } = await visit(`http://127.0.0.1:${port}/`, places(false))
    expect(result).toMatchObject({ cause: 'no_ipv6', redirects: 1 })
  })

  test('whoever asks over IPv6 is told that it is out of reach, as ever', async () => {
    const prober = proberFor({ ...places(false), hosts6: { 'v6.gz.gov.cn': NO_WAY } })
    expect(await prober.ask({ url: 'http://v6.gz.gov.cn/', overSix: true })).toMatchObject({
      cause: 'unreachable',
    })
  })

  test('one that has IPv4 as well, and answers over neither, fails by its own fault', async () => {
    const dns = source(found('127.0.0.2'), found(NO_WAY)).dns
    const { port } = await serve(page(HOME))
    const { result } = await visit(`http://www.gz.gov.cn:${port}/`, { ...places(false), resolver: dns })
    expect(result).toMatchObject({ outcome: 'failed', cause: 'refused' })
  })
})
