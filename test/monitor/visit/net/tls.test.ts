import tls from 'node:tls'
import { describe, expect, test } from 'vitest'
import { type Behaviour, HOME, page, serve, serveTls, visit } from '../servers.ts'
import { haveAuthorities, intermediate, LEAF, resultOf, root, stranger } from './authorities.ts'
import { type Certificate, makeCertificate } from './certificates.ts'

haveAuthorities()

test('a good certificate: the days left are those of the chain’s earliest end', async () => {
  const leaf = await makeCertificate({ ...LEAF, issuer: intermediate, toDay: 90 })
  const result = await resultOf(leaf, [intermediate])
  expect(result).toMatchObject({ outcome: 'ok', cause: null, notes: [], certDaysLeft: 59 })
  expect(result.tlsMs).toBeGreaterThan(0)
})

test('the end of the root is not the site’s to mend', async () => {
  const shortRoot = await makeCertificate({ isAuthority: true, toDay: 10 })
  const leaf = await makeCertificate({ ...LEAF, issuer: shortRoot, toDay: 40 })
  const { port } = await serveTls(page(HOME), { leaf, chain: [shortRoot] })
  const { result } = await visit(`https://site.localhost:${port}/`, { ca: shortRoot.cert })
  expect(result).toMatchObject({ outcome: 'ok', certDaysLeft: 39 })
})

test('a cross-signed certificate that has run out beside the way does not count', async () => {
  const crossed = await makeCertificate({
    isAuthority: true,
    issuer: stranger,
    subject: root.x509.subject,
    keys: root.keys,
    fromDay: -900,
    toDay: -100,
  })
  const leaf = await makeCertificate({ ...LEAF, issuer: root, toDay: 40 })
  expect(await resultOf(leaf, [crossed])).toMatchObject({ outcome: 'ok', certDaysLeft: 39 })
})

test('says that it speaks HTTP/1.1', async () => {
  const leaf = await makeCertificate({ ...LEAF, issuer: root })
  let spoken: string | false | null = null
  const behaviour: Behaviour = (socket, request, count) => {
    spoken = (socket as tls.TLSSocket).alpnProtocol
    page(HOME)(socket, request, count)
  }
  const { port } = await serveTls(behaviour, { leaf, options: { ALPNProtocols: ['h2', 'http/1.1'] } })
  await visit(`https://site.localhost:${port}/`, { ca: root.cert })
  expect(spoken).toBe('http/1.1')
})

describe('a certificate that browsers stop at is a failure with its own cause', () => {
  test('expired; three days and a moment ago is the fourth day', async () => {
    const leaf = await makeCertificate({ ...LEAF, issuer: root, fromDay: -90, toDay: -3 })
    expect(await resultOf(leaf)).toMatchObject({
      outcome: 'failed',
      cause: 'tls_expired',
      certDaysLeft: -4,
      status: null,
    })
  })

  test('an expired intermediate', async () => {
    const old = await makeCertificate({ isAuthority: true, issuer: root, fromDay: -90, toDay: -10 })
    const leaf = await makeCertificate({ ...LEAF, issuer: old })
    expect(await resultOf(leaf, [old])).toMatchObject({ cause: 'tls_expired', certDaysLeft: -11 })
  })

  test('not yet valid', async () => {
    const leaf = await makeCertificate({ ...LEAF, issuer: root, fromDay: 2 })
    expect(await resultOf(leaf)).toMatchObject({ cause: 'tls_not_yet_valid' })
  })

  test('made for another host', async () => {
    const leaf = await makeCertificate({ names: ['other.localhost', '*.gov.localhost'], issuer: root })
    expect(await resultOf(leaf)).toMatchObject({ cause: 'tls_wrong_host', certDaysLeft: 89 })
  })

  test('a wildcard covers one label, not two', async () => {
    const leaf = await makeCertificate({ names: ['*.gov.localhost'], issuer: root })
    expect(await resultOf(leaf, [], {}, 'a.gov.localhost')).toMatchObject({ outcome: 'ok' })
    expect(await resultOf(leaf, [], {}, 'a.b.gov.localhost')).toMatchObject({ cause: 'tls_wrong_host' })
  })

  test('signed by itself', async () => {
    expect(await resultOf(await makeCertificate(LEAF))).toMatchObject({ cause: 'tls_self_signed' })
  })

  test('signed by an authority that nobody knows', async () => {
    const leaf = await makeCertificate({ ...LEAF, issuer: stranger })
    expect(await resultOf(leaf, [stranger])).toMatchObject({ cause: 'tls_untrusted' })
  })

  test('no name in it at all', async () => {
    const leaf = await makeCertificate({ names: [], subject: 'O=Nobody', issuer: root })
    expect(await resultOf(leaf)).toMatchObject({ cause: 'tls_wrong_host' })
  })
})

describe('certificates that only look odd', () => {
  test('a thousand names', async () => {
    const names = [...Array.from({ length: 1000 }, (_, index) => `n${index}.localhost`), 'site.localhost']
    expect(await resultOf(await makeCertificate({ names, issuer: root }))).toMatchObject({
      outcome: 'ok',
      notes: [],
    })
  })

  test('no subject', async () => {
    const leaf = await makeCertificate({ ...LEAF, subject: '', issuer: root })
    expect(await resultOf(leaf)).toMatchObject({ outcome: 'ok' })
  })

  test('a chain in the wrong order', async () => {
    const leaf = await makeCertificate({ ...LEAF, issuer: intermediate })
    expect(await resultOf(leaf, [root, intermediate])).toMatchObject({ outcome: 'ok', certDaysLeft: 59 })
  })

  test('an address in place of a name is verified as such', async () => {
    const leaf = await makeCertificate({ names: ['127.0.0.1'], issuer: root })
    expect(await resultOf(leaf, [], {}, '127.0.0.1')).toMatchObject({ outcome: 'ok' })
    const named = await makeCertificate({ ...LEAF, issuer: root })
    expect(await resultOf(named, [], {}, '127.0.0.1')).toMatchObject({ cause: 'tls_wrong_host' })
  })
})

test('sends the host’s name, so that one address can serve many sites', async () => {
  const names = ['one.localhost', 'two.localhost']
  const [one, two] = await Promise.all(names.map((name) => makeCertificate({ names: [name], issuer: root })))
  const SNICallback: tls.TlsOptions['SNICallback'] = (name, done) =>
    done(null, tls.createSecureContext(name === 'two.localhost' ? two! : one!))
  const { port } = await serveTls(page(HOME), { leaf: one!, options: { SNICallback } })
  for (const name of names) {
    const { result } = await visit(`https://${name}:${port}/`, { ca: root.cert })
    expect(result).toMatchObject({ outcome: 'ok' })
  }
})

describe('a chain with a link missing', () => {
  /** The issuer's certificate as its authority publishes it. */
  const publish = (authority: Certificate) =>
    serve(page(Buffer.from(authority.x509.rawData), { 'Content-Type': 'application/pkix-cert' }))

  test('is mended as browsers mend it, and noted', async () => {
    const shop = await publish(intermediate)
    const issuerUrl = `http://aia.localhost:${shop.port}/ca.crt`
    const leaf = await makeCertificate({ ...LEAF, issuer: intermediate, issuerUrl })
    const result = await resultOf(leaf)
    expect(result).toMatchObject({
      outcome: 'ok',
      notes: ['incomplete_chain'],
      status: 200,
      certDaysLeft: 59,
    })
  })

  test('is mended over two missing links, each fetched once', async () => {
    const shop = await publish(intermediate)
    const lower = await makeCertificate({
      isAuthority: true,
      issuer: intermediate,
      issuerUrl: `http://aia.localhost:${shop.port}/upper.crt`,
    })
    const lowerShop = await publish(lower)
    const leaf = await makeCertificate({
      ...LEAF,
      issuer: lower,
      issuerUrl: `http://aia.localhost:${lowerShop.port}/lower.crt`,
    })
    expect(await resultOf(leaf)).toMatchObject({ outcome: 'ok', notes: ['incomplete_chain'] })
    expect([shop.requests.length, lowerShop.requests.length]).toEqual([1, 1])
  })

  test('is a failure when the certificate does not say where its issuer can be had', async () => {
    const leaf = await makeCertificate({ ...LEAF, issuer: intermediate })
    expect(await resultOf(leaf)).toMatchObject({ outcome: 'failed', cause: 'tls_incomplete_chain' })
  })

  test('is a failure when mending leads to an authority that nobody knows', async () => {
    const strange = await makeCertificate({ isAuthority: true, issuer: stranger })
    const shop = await publish(strange)
    const leaf = await makeCertificate({
      ...LEAF,
      issuer: strange,
      issuerUrl: `http://aia.localhost:${shop.port}/`,
    })
    expect(await resultOf(leaf)).toMatchObject({ outcome: 'failed', cause: 'tls_untrusted' })
  })

  test('is not mended with a certificate that did not sign it', async () => {
    const shop = await publish(stranger)
    const issuerUrl = `http://aia.localhost:${shop.port}/`
    const leaf = await makeCertificate({ ...LEAF, issuer: intermediate, issuerUrl })
    const site = await serveTls(page(HOME), { leaf })
    const { result } = await visit(`https://site.localhost:${site.port}/`, { ca: root.cert })
    expect(result).toMatchObject({ outcome: 'failed', cause: 'tls_incomplete_chain' })
    expect([shop.requests.length, site.connections]).toEqual([1, 1])
  })

  test('does not make the monitor read its own network', async () => {
    const shop = await publish(intermediate)
    const leaf = await makeCertificate({
      ...LEAF,
      issuer: intermediate,
      issuerUrl: `http://127.0.0.1:${shop.port}/`,
    })
    const { port } = await serveTls(page(HOME), { leaf })
    const { result } = await visit(`https://site.localhost:${port}/`, { ca: root.cert, allowAddresses: [] })
    expect(result).toMatchObject({ outcome: 'failed', cause: 'tls_incomplete_chain' })
    expect(shop.requests).toHaveLength(0)
  })
})

test('an authority of the operator’s own stands beside the public ones', async () => {
  const leaf = await makeCertificate({ ...LEAF, issuer: root })
  const { port } = await serveTls(page(HOME), { leaf })
  expect((await visit(`https://site.localhost:${port}/`)).result.outcome).toBe('failed')
  expect(
    (await visit(`https://site.localhost:${port}/`, { ca: Buffer.from(root.cert) })).result.outcome,
  ).toBe('ok')
})
