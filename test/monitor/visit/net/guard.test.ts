import { describe, expect, test } from 'vitest'
import { createGuard } from '../../../../server/monitor/visit/net/guard.ts'
import { answer, HOME, page, serve, visit } from '../servers.ts'

const nothingAllowed = createGuard({ allowAddresses: [], allowHosts: [] })

test.for([
  '127.0.0.1',
  '127.8.9.10',
  '0.0.0.0',
  '10.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '100.100.100.200',
  '192.0.0.1',
  '192.0.2.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '239.255.255.250',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
  '::ffff:a9fe:a9fe',
  '::7f00:1',
  '64:ff9b::127.0.0.1',
  '64:ff9b::a00:1',
  '64:ff9b:1::1',
  '2002:7f00:1::',
  '2001::1',
  'fe80::1',
  'fe80::1%lo',
  'fc00::1',
  'fd00:ec2::254',
  'fec0::1',
  'ff02::1',
  '2001:db8::1',
  '100::1',
  'not an address',
  '',
])('%s is never visited', (address) => {
  expect(nothingAllowed('www.gz.gov.cn', 80, address)).toBe(false)
})

test.for([
  '113.108.10.20',
  '8.8.8.8',
  '172.32.0.1',
  '192.167.255.255',
  '2400:3200::1',
  '::ffff:113.108.10.20',
  '64:ff9b::716c:a14',
])('%s is the public internet', (address) => {
  expect(nothingAllowed('www.gz.gov.cn', 80, address)).toBe(true)
})

test('the operator allows blocks of addresses', () => {
  const guard = createGuard({ allowAddresses: ['10.20.0.0/16', 'fd00:1::/32'], allowHosts: [] })
  expect(guard('a', 80, '10.20.3.4')).toBe(true)
  expect(guard('a', 80, '::ffff:10.20.3.4')).toBe(true)
  expect(guard('a', 80, 'fd00:1::5')).toBe(true)
  expect(guard('a', 80, '10.21.3.4')).toBe(false)
  expect(guard('a', 80, 'fd00:2::5')).toBe(false)
})

test('the operator allows names, with or without a port', () => {
  const guard = createGuard({
    allowAddresses: [],
    allowHosts: ['*.localhost:8080', 'intranet.gz.gov.cn', '*.GZ.local'],
  })
  const ask = (name: string, port: number) => guard(name, port, '127.0.0.1')
  expect(ask('a.localhost', 8080)).toBe(true)
  expect(ask('a.b.localhost', 8080)).toBe(true)
  expect(ask('a.localhost', 5432)).toBe(false)
  expect(ask('localhost', 8080)).toBe(false)
  expect(ask('evil-localhost', 8080)).toBe(false)
  expect(ask('intranet.gz.gov.cn', 81)).toBe(true)
  expect(ask('x.intranet.gz.gov.cn', 81)).toBe(false)
  expect(ask('wall.gz.local', 80)).toBe(true)
})

test('a wrong block is refused at once, not at the first visit', () => {
  expect(() => createGuard({ allowAddresses: ['10.0.0.0'], allowHosts: [] })).toThrow()
})

describe('on the way', () => {
  const CLOSED = { allowAddresses: [], allowHosts: [] }
  const refused = { outcome: 'failed', cause: 'refused_address', connectMs: null, address: null }

  test.for([
    '127.0.0.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '0x7f.1',
    '2130706433',
    '127.1',
    '0',
    'localhost',
    'a.localhost',
  ])('http://%s/ is not visited', async (host) => {
    const { port, requests } = await serve(page(HOME))
    expect((await visit(`http://${host}:${port}/`, CLOSED)).result).toMatchObject(refused)
    expect(requests).toHaveLength(0)
  })

  test('a name that leads inside is not visited', async () => {
    const { port, requests } = await serve(page(HOME))
    const resolver = {
      resolve4: async () => [{ address: '127.0.0.1', ttl: 60 }],
      resolve6: async () => [{ address: '::ffff:127.0.0.1', ttl: 60 }],
    }
    expect((await visit(`http://www.gz.gov.cn:${port}/`, { ...CLOSED, resolver })).result).toMatchObject(
      refused,
    )
    expect(requests).toHaveLength(0)
  })

  test('a redirect to another port of this machine is not followed', async () => {
    const inside = await serve(page('the database'))
    const site = await serve(
      answer(`HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:${inside.port}/\r\n\r\n`),
    )
    const { result } = await visit(`http://site.localhost:${site.port}/`, {
      allowAddresses: [],
      allowHosts: [`*.localhost:${site.port}`],
    })
    expect(result).toMatchObject({ outcome: 'failed', cause: 'refused_address', redirects: 1 })
    expect(inside.requests).toHaveLength(0)
  })

  test('nor is a signpost followed inside', async () => {
    const inside = await serve(page('the database'))
    const site = await serve(page(`<script>location="http://127.0.0.1:${inside.port}/"</script>`))
    const { result } = await visit(`http://site.localhost:${site.port}/`, {
      allowAddresses: [],
      allowHosts: [`*.localhost:${site.port}`],
    })
    expect(result, 'the home page itself has opened').toMatchObject({
      outcome: 'ok',
      notes: ['script_redirect', 'signpost_dead'],
      finalUrl: `http://site.localhost:${site.port}/`,
    })
    expect(inside.requests).toHaveLength(0)
  })

  test('a name that changes its mind between look-up and connection gains nothing: it is asked once', async () => {
    const { port } = await serve(page(HOME), '0.0.0.0')
    const answers = ['127.0.0.2', '127.0.0.1']
    const resolver = {
      resolve4: async () => [{ address: answers.shift() ?? '127.0.0.1', ttl: 0 }],
      resolve6: async () => [],
    }
    const options = { allowHosts: [], allowAddresses: ['127.0.0.2/32'], resolver }
    const { result } = await visit(`http://rebind.gov.cn:${port}/`, options)
    expect(result).toMatchObject({ outcome: 'ok', address: '127.0.0.2' })
    expect(answers).toEqual(['127.0.0.1'])
  })

  test('of several addresses only those allowed are tried', async () => {
    const { port } = await serve(page(HOME), '0.0.0.0')
    const resolver = {
      resolve4: async () => ['127.0.0.1', '127.0.0.2'].map((address) => ({ address, ttl: 60 })),
      resolve6: async () => [],
    }
    const options = { allowHosts: [], allowAddresses: ['127.0.0.2/32'], resolver }
    expect((await visit(`http://two.gov.cn:${port}/`, options)).result.address).toBe('127.0.0.2')
  })
})
