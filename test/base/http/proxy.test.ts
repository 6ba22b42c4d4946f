import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, it } from 'vitest'
import { parseConfig } from '../../../server/base/config.ts'
import { ConfigError } from '../../../server/base/config-error.ts'
import { addressOf } from '../../../server/base/http/proxy.ts'

const trusting = (TRUST_PROXY: string) => parseConfig({ TRUST_PROXY }, []).trustProxy

/** The address that we see where this machine is the proxy and says `forwarded`. */
async function seen(setting: string, forwarded?: string): Promise<string> {
  const proxies = trusting(setting)
  const server = createServer((req, res) => res.end(addressOf(req, proxies)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }
  const text = await new Promise<string>((resolve, reject) => {
    get({ host: '127.0.0.1', port, headers }, (res) => {
      let body = ''
      res.on('data', (part) => {
        body += part
      })
      res.on('end', () => resolve(body))
    }).on('error', reject)
  })
  server.close()
  return text
}

const FORGED = '198.51.100.7'
const REAL = '203.0.113.9'
it.each([
  ['nobody is believed unless said so', '', REAL, '127.0.0.1'],
  ['nobody is believed', '0', REAL, '127.0.0.1'],
  ['nobody is believed, in a word', 'false', REAL, '127.0.0.1'],
  ['one proxy: what it added', '1', REAL, REAL],
  ['one proxy: not what its client had claimed', '1', `${FORGED}, ${REAL}`, REAL],
  ['two proxies', '2', `${FORGED}, ${REAL}, 10.1.2.3`, REAL],
  ['the proxy on this machine', 'loopback', `${FORGED}, ${REAL}`, REAL],
  ['proxies of a subnet', 'loopback, 10.1.2.0/24', `${FORGED}, ${REAL}, 10.1.2.3`, REAL],
  ['not a proxy of elsewhere', '10.1.2.0/24', REAL, '127.0.0.1'],
  ['one proxy that added nothing', '1', undefined, '127.0.0.1'],
])('%s', async (_name, setting, forwarded, expected) => {
  expect(await seen(setting, forwarded)).toBe(expected)
})

it.each(['true', 'yes', '-1', '1.5', '100', '10.1.2.0/33', 'loopback,here', '1,2'])(
  'is refused at start, with what to write instead: %s',
  (setting) => {
    expect(() => trusting(setting)).toThrow(ConfigError)
    expect(() => trusting(setting)).toThrow(/^TRUST_PROXY: .*number.*loopback/)
  },
)
