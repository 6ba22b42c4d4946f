import { expect, test } from 'vitest'
import { makeCertificate } from './net/certificates.ts'
import {
  answer,
  type Behaviour,
  HOME,
  page,
  proberFor,
  type Running,
  serve,
  serveTls,
  visit,
} from './servers.ts'

const redirect = (location: string, fields = '', status = '302 Found'): Behaviour =>
  answer(`HTTP/1.1 ${status}\r\nLocation: ${location}\r\n${fields}Content-Length: 0\r\n\r\n`)

const portIn = (request: string) => /Host: [^:]+:(\d+)/.exec(request)?.[1] ?? ''
const pathOf = (request: string) => request.split(' ')[1] ?? ''

/** A site of several pages, by path. */
function site(pages: Record<string, Behaviour>): Promise<Running> {
  return serve((socket, request, count) => {
    const behaviour = pages[pathOf(request)] ?? page('gone', {}, '404 Not Found')
    behaviour(socket, request, count)
  })
}

test.for(['301', '302', '303', '307', '308'])('a %s is followed to the page', async (status) => {
  const { port } = await site({
    '/': redirect('/index.html', '', `${status} Moved`),
    '/index.html': page(HOME),
  })
  const { result } = await visit(`http://site.localhost:${port}/`)
  expect(result).toMatchObject({ outcome: 'ok', status: 200, redirects: 1 })
  expect(result.finalUrl).toBe(`http://site.localhost:${port}/index.html`)
})

test('a redirect leads to another site over TLS', async () => {
  const authority = await makeCertificate({ isAuthority: true })
  const leaf = await makeCertificate({ names: ['secure.localhost'], issuer: authority })
  const secure = await serveTls(page(HOME), { leaf })
  const plain = await serve(redirect(`https://secure.localhost:${secure.port}/`))
  const { result } = await visit(`http://site.localhost:${plain.port}/`, { ca: authority.cert })
  expect(result).toMatchObject({ outcome: 'ok', redirects: 1, certDaysLeft: 89 })
  expect(result.tlsMs).toBeGreaterThan(0)
})

test('gives up at the eleventh redirect and never asks for the twelfth address', async () => {
  const { port, requests } = await serve((socket, request, count) =>
    redirect(`/${count + 1}`)(socket, request, count),
  )
  const { result } = await visit(`http://site.localhost:${port}/1`)
  expect(result).toMatchObject({ outcome: 'failed', cause: 'redirect_limit', status: 302, redirects: 11 })
  expect(requests.map(pathOf)).toEqual(Array.from({ length: 11 }, (_, index) => `/${index + 1}`))
})

test('ten redirects are no fault', async () => {
  const { port } = await serve((socket, request, count) =>
    (count <= 10 ? redirect(`/${count + 1}`) : page(HOME))(socket, request, count),
  )
  expect((await visit(`http://site.localhost:${port}/1`)).result).toMatchObject({
    outcome: 'ok',
    redirects: 10,
  })
})

test('a page that leads back to itself is a loop, found at the first round', async () => {
  const { port, requests } = await site({ '/': redirect('/a'), '/a': redirect('/') })
  const { result } = await visit(`http://site.localhost:${port}/`)
  expect(result).toMatchObject({ outcome: 'failed', cause: 'redirect_loop', redirects: 2 })
  expect(requests).toHaveLength(2)
})

test('a page that sets a cookie and leads back to itself is no loop', async () => {
  const { port } = await serve((socket, request, count) =>
    (/Cookie: seen=1/.test(request) ? page(HOME) : redirect('/', 'Set-Cookie: seen=1; Path=/\r\n'))(
      socket,
      request,
      count,
    ),
  )
  expect((await visit(`http://site.localhost:${port}/`)).result).toMatchObject({
    outcome: 'ok',
    redirects: 1,
  })
})

test('cookies go where they belong and nowhere else', async () => {
  const fields = [
    'Set-Cookie: a=1; Path=/; HttpOnly\r\n',
    'Set-Cookie: b=2; Path=/admin\r\n',
    'Set-Cookie: c=3; Secure\r\n',
    'Set-Cookie: d=4; Domain=.city.localhost\r\n',
    'Set-Cookie: e=5; Domain=elsewhere.localhost\r\n',
    'Set-Cookie: f=6; Path=/\r\nSet-Cookie: f=; Path=/; Max-Age=0\r\n',
  ].join('')
  const { port, requests } = await serve((socket, request, count) => {
    const next = ['site.city', 'other.city', 'elsewhere'][count - 1]
    const behaviour = next
      ? redirect(
          `http://${next}.localhost:PORT/${count}`.replace('PORT', portIn(request)),
          count === 1 ? fields : '',
        )
      : page(HOME)
    behaviour(socket, request, count)
  })
  await visit(`http://site.city.localhost:${port}/`)
  const sent = requests.map((request) => /^Cookie: (.*)\r$/m.exec(request)?.[1])
  expect(sent).toEqual([undefined, 'a=1; d=4', 'd=4', undefined])
})

test.for([
  ['blanks around it', '  /dynamic/index.html  ', '/dynamic/index.html'],
  ['backslashes', '\\\\dynamic\\index.html'.slice(1), '/dynamic/index.html'],
  ['blanks inside', '/a b.html', '/a%20b.html'],
  ['Chinese as UTF-8', '/新闻.html', '/%E6%96%B0%E9%97%BB.html'],
  ['a fragment', '/index.html#top', '/index.html'],
  ['a doubled scheme', 'http://http://HOST/index.html', '/index.html'],
  ['an upper-case scheme', 'HTTP://HOST/index.html', '/index.html'],
] as const)('a target with %s is understood', async ([, location, path]) => {
  const { port, requests } = await serve((socket, request, count) => {
    const host = /Host: (\S+)/.exec(request)?.[1] ?? ''
    const behaviour = count === 1 ? redirect(location.replace('HOST', host)) : page(HOME)
    behaviour(socket, request, count)
  })
  expect((await visit(`http://site.localhost:${port}/`)).result.outcome).toBe('ok')
  expect(pathOf(requests[1] ?? '')).toBe(path)
})

test('a target in GBK bytes is asked for byte by byte', async () => {
  const gbk = Buffer.from('/\xb9\xe3\xd6\xdd.html', 'latin1')
  const { port, requests } = await serve((socket, request, count) =>
    (count === 1 ? answer('HTTP/1.1 302 Found\r\nLocation: ', gbk, '\r\n\r\n') : page(HOME))(
      socket,
      request,
      count,
    ),
  )
  expect((await visit(`http://site.localhost:${port}/`)).result.outcome).toBe('ok')
  expect(pathOf(requests[1]!)).toBe('/%b9%e3%d6%dd.html')
})

test.for(['', 'javascript:history.back()', 'ftp://site.localhost/', 'http://'])(
  'a redirect to “%s” leads nowhere',
  async (location) => {
    const { port } = await serve(redirect(location))
    const { result } = await visit(`http://site.localhost:${port}/`)
    expect(result.cause).toBe(location === '' ? 'redirect_loop' : 'redirect_invalid')
  },
)

test('the body of a redirect is not waited for', async () => {
  const { port } = await serve((socket, request, count) => {
    if (count > 1) return page(HOME)(socket, request, count)
    socket.write('HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 1000\r\n\r\n')
  })
  expect((await visit(`http://site.localhost:${port}/`)).result).toMatchObject({
    outcome: 'ok',
    redirects: 1,
  })
})

test.for([
  ['meta_refresh', '<html><head><meta http-equiv="Refresh" content="0;URL=./ywyw/"></head></html>'],
  [
    'meta_refresh',
    `<script>document.write('<meta http-equiv=\\"refresh\\" content=\\"0; url=/ywyw/\\">')</script>`,
  ],
  ['script_redirect', '<script>window.top.location.href="/ywyw/";</script>'],
  [
    'script_redirect',
    "<script>setTimeout(\"self.location='ywyw/'\", 10000)</script><object data='intro.swf'></object>",
  ],
  ['script_redirect', "<script>location.replace('/ywyw/')</script>正在跳转，请稍候"],
] as const)('a signpost is followed (%s)', async ([note, signpost]) => {
  const { port } = await site({ '/': page(signpost, { ETag: '"1"' }), '/ywyw/': page(HOME, { ETag: '"2"' }) })
  const { result } = await visit(`http://site.localhost:${port}/`)
  expect(result).toMatchObject({ outcome: 'ok', notes: [note], bytes: Buffer.byteLength(HOME), redirects: 0 })
  expect(result.finalUrl).toBe(`http://site.localhost:${port}/ywyw/`)
  // Next time they would be compared with the signpost's own, and a 304 would be believed of the wrong page.
  expect([result.etag, result.lastModified]).toEqual([null, null])
})

test('one signpost is followed, not a chain of them', async () => {
  const { port, requests } = await site({
    '/': page('<script>location="/a"</script>'),
    '/a': page('<script>location="/b"</script>'),
    '/b': page(HOME),
  })
  const { result } = await visit(`http://site.localhost:${port}/`)
  expect(result).toMatchObject({ outcome: 'ok', finalUrl: `http://site.localhost:${port}/a` })
  expect(requests).toHaveLength(2)
})

test('a signpost to a page that is not there: the home page has opened, and that it leads nowhere is noted', async () => {
  const { port } = await site({ '/': page('<meta http-equiv=refresh content="0;url=/gone.html">') })
  const { result, body } = await visit(`http://site.localhost:${port}/`)
  expect(result).toMatchObject({
    outcome: 'ok',
    status: 200,
    notes: ['meta_refresh', 'signpost_dead'],
    finalUrl: `http://site.localhost:${port}/`,
  })
  expect(Buffer.from(body ?? []).toString()).toContain('gone.html')
})

test('a signpost to somebody else who is out of reach says nothing against the site', async () => {
  const { port } = await site({ '/': page('<script>location="http://10.0.0.1/"</script>') })
  expect((await visit(`http://site.localhost:${port}/`)).result).toMatchObject({
    outcome: 'ok',
    notes: ['script_redirect', 'signpost_dead'],
  })
})

test('a server that fails behind its own signpost is an outage', async () => {
  const { port } = await site({
    '/': page('<meta http-equiv=refresh content="0;url=/app/">'),
    '/app/': answer('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 3\r\n\r\nbad'),
  })
  expect((await visit(`http://site.localhost:${port}/`)).result).toMatchObject({
    outcome: 'failed',
    cause: 'http_5xx',
  })
})

test('a page that reloads itself is not a signpost', async () => {
  const { port, requests } = await site({ '/': page('<meta http-equiv="refresh" content="300;url=/">首页') })
  expect((await visit(`http://site.localhost:${port}/`)).result).toMatchObject({ outcome: 'ok', notes: [] })
  expect(requests).toHaveLength(1)
})

test('validators are sent again behind a redirect', async () => {
  const { port, requests } = await site({
    '/': redirect('/home'),
    '/home': answer('HTTP/1.1 304 Not Modified\r\n\r\n'),
  })
  const { result } = await proberFor().visit({ url: `http://site.localhost:${port}/`, etag: '"9"' })
  expect(result).toMatchObject({ outcome: 'ok', notModified: true, etag: '"9"', redirects: 1 })
  expect(requests[1]).toContain('If-None-Match: "9"')
})
