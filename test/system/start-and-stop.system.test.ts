import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../support/databases/postgres-server.ts'
import { copyTemplate, embeddedTemplate } from '../support/databases/templates.ts'
import { PASSWORD } from '../support/people.ts'
import { metricsProblems } from '../support/product/metrics.ts'
import { type Product, startProduct, stopProducts, temporaryFolder } from '../support/product/product.ts'
import { watch } from '../support/product/watcher.ts'
import { buildCity, type TestCity } from '../support/registers/city.ts'
import { signIn } from '../support/session.ts'
import { until } from '../support/until.ts'

afterAll(stopProducts)

describe.concurrent('what was configured wrongly is refused with a sentence', () => {
  const cases: [what: string, env: Record<string, string>, args: string[], says: RegExp][] = [
    ['a port that is no number', { PORT: 'web' }, [], /PORT/],
    ['an interval that is too short', { VISIT_INTERVAL: '1' }, [], /VISIT_INTERVAL/],
    [
      'a database address of another kind',
      { DATABASE_URL: 'mysql://localhost/x' },
      [],
      /DATABASE_URL.*postgres/,
    ],
    ['a role that there is none of', {}, ['--role', 'king'], /--role king.*all, web, monitor/],
    ['a monitor on the embedded database', {}, ['--role', 'monitor'], /DATABASE_URL/],
    ['a host list with a hole', { HOSTS: 'a.example' }, [], /HOSTS.*a\.example/],
    [
      'a certificate file that is not there',
      { EXTRA_CA: '/nowhere/ca.pem' },
      [],
      /EXTRA_CA|\/nowhere\/ca\.pem/,
    ],
    ['an address range that is none', { ALLOW_ADDRESSES: 'all' }, [], /ALLOW_ADDRESSES/],
  ]
  test.each(cases)('%s', async (_what, env, args, says) => {
    const product = await startProduct({ env: { DEMO: 'off', ...env }, args })
    expect(await product.exited).toBe(1)
    expect(product.output()).toMatch(says)
    expect(product.output()).not.toMatch(/^\s+at /m)
  })

  test('a database that nobody serves', async () => {
    const port = await freePort()
    const product = await startProduct({ env: { DATABASE_URL: `postgres://nobody@127.0.0.1:${port}/x` } })
    expect(await product.exited).toBe(1)
    expect(product.output()).toMatch(/database/i)
    expect(product.output()).not.toMatch(/^\s+at /m)
  })
})

test('a first start finds its tables in the database that the build has prepared', async () => {
  const product = await startProduct({ env: { DEMO: 'off' } })
  await product.ready()
  // Each migration that is applied is time that somebody waits.
  expect(product.output()).not.toContain('database brought to this version')
  expect(product.output()).toContain('one-time password')
  await product.stop()
})

describe('one that runs', () => {
  const dataDir = temporaryFolder()
  let city: TestCity
  let product: Product
  beforeAll(async () => {
    city = await buildCity({ databaseUrl: undefined, dataDir }, 20)
    product = await startProduct({ dataDir, env: city.env })
    await product.ready()
  })
  afterAll(() => city.close())

  test('keeps a second one off its port', async () => {
    const other = temporaryFolder()
    copyTemplate(await embeddedTemplate(), other)
    const second = await startProduct({ port: product.port, dataDir: other, env: city.env })
    expect(await second.exited).toBe(1)
    expect(second.output()).toMatch(new RegExp(`${product.port}`))
    expect(second.output()).not.toMatch(/^\s+at /m)
  })

  test('keeps a second one off its data', async () => {
    const second = await startProduct({ dataDir, env: city.env })
    expect(await second.exited).toBe(1)
    expect(second.output()).toContain('in use by process')
  })

  test('tells Prometheus nothing that it cannot read', async () => {
    await until('a site was visited', () => city.sites.visits('s1') > 0, 15_000)
    const answer = await fetch(`${product.origin}/metrics`)
    expect(answer.headers.get('content-type')).toContain('text/plain')
    const text = await answer.text()
    expect(metricsProblems(text)).toEqual([])
    expect(text).toMatch(/^siteward_/m)
  })

  test('ends within five seconds of SIGTERM, with browsers connected and visits under way', async () => {
    // Counted before it hangs: a visit that hangs is the last for a while.
    const hanging = city.sites.visits('s2')
    city.sites.set('s2', () => {})
    const watcher = await watch(await signIn(product.origin, 'duty', PASSWORD))
    await until('a visit hangs', () => city.sites.visits('s2') > hanging, 15_000)
    // What hangs is ended by force after 4.5 s of its own clock, with another code; browsers of tests may have the processors.
    expect(await product.stop()).toBeLessThan(10_000)
    expect(await product.exited).toBe(0)
    expect(product.output()).not.toMatch(/"level":(50|60|"error"|"fatal")/)
    watcher.close()
  })

  test('starts again at once on the same data', async () => {
    const again = await startProduct({ dataDir, env: city.env })
    await again.ready()
    const watcher = await watch(await signIn(again.origin, 'duty', PASSWORD))
    expect(watcher.board.sites.size).toBe(20)
    watcher.close()
    await again.stop()
  })
})
