import { expect, test } from 'vitest'
import { toUrl } from '../../../../server/monitor/visit/http/url.ts'
import { HOME, page, serve, visit } from '../servers.ts'

test.for([
  ['http://www.gz.gov.cn/', 'http://www.gz.gov.cn/'],
  ['HTTP://WWW.GZ.GOV.CN', 'http://www.gz.gov.cn/'],
  ['hTTpS://www.gz.gov.cn', 'https://www.gz.gov.cn/'],
  ['www.gz.gov.cn', 'http://www.gz.gov.cn/'],
  ['www.gz.gov.cn:8080/index.html', 'http://www.gz.gov.cn:8080/index.html'],
  ['localhost:3000', 'http://localhost:3000/'],
  ['//www.gz.gov.cn/a', 'http://www.gz.gov.cn/a'],
  ['  \u3000http://www.gz.gov.cn/\ufeff\n', 'http://www.gz.gov.cn/'],
  ['http:\\\\www.gz.gov.cn\\index.asp', 'http://www.gz.gov.cn/index.asp'],
  ['http//www.gz.gov.cn', 'http://www.gz.gov.cn/'],
  ['http:www.gz.gov.cn', 'http://www.gz.gov.cn/'],
  ['http:/www.gz.gov.cn', 'http://www.gz.gov.cn/'],
  ['http:///www.gz.gov.cn', 'http://www.gz.gov.cn/'],
  ['http://http://www.gz.gov.cn/', 'http://www.gz.gov.cn/'],
  ['http://https://www.gz.gov.cn/', 'https://www.gz.gov.cn/'],
  ['http://www.by.gov.cnhttp/www.by.gov.cn/', 'http://www.by.gov.cn/'],
  ['http://www.by.gov.cnhttp/www.by.gov.cn/a.html', 'http://www.by.gov.cn/a.html'],
  ['http://www. gz .gov.cn/', 'http://www.gz.gov.cn/'],
  ['http：／／www．gz．gov．cn／', 'http://www.gz.gov.cn/'],
  ['http://www.gz.gov.cn：8080/', 'http://www.gz.gov.cn:8080/'],
  ['http://www。gz。gov。cn', 'http://www.gz.gov.cn/'],
  ['http://广州.政务', 'http://xn--6rtwn.xn--zfr164b/'],
  ['http://www.gz.gov.cn./', 'http://www.gz.gov.cn/'],
  [
    'http://www.gz.gov.cn/a b/新闻.html?q=1 2#top',
    'http://www.gz.gov.cn/a%20b/%E6%96%B0%E9%97%BB.html?q=1%202',
  ],
  ['http://[2001:db8::1]:8080/', 'http://[2001:db8::1]:8080/'],
  ['http://user:secret@www.gz.gov.cn/', 'http://www.gz.gov.cn/'],
] as const)('%s means %s', ([text, url]) => {
  expect(toUrl(text)?.href).toBe(url)
})

test.for([
  '',
  '   ',
  'http://',
  'ftp://www.gz.gov.cn/',
  'javascript:alert(1)',
  'mailto:a@gz.gov.cn',
  'file:///etc/passwd',
  'http://:80/',
  'http://a:99999/',
])('“%s” is no address to visit', async (text) => {
  expect(toUrl(text)).toBeNull()
  const { result } = await visit(text)
  expect(result).toMatchObject({ outcome: 'failed', cause: 'bad_url', finalUrl: null, totalMs: null })
})

test('a Chinese name is asked for in its ASCII form', async () => {
  const { port, requests } = await serve(page(HOME))
  expect((await visit(`广州.localhost:${port}`)).result.outcome).toBe('ok')
  expect(requests[0]).toContain(`Host: xn--6rtwn.localhost:${port}`)
})
