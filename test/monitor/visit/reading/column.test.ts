import { expect, test } from 'vitest'
import { readColumn } from '../../../../server/monitor/visit/reading/column.ts'
import { slicedReader } from '../../../../server/monitor/visit/reading/reader.ts'
import { failedVisit } from '../../../../server/monitor/visit/run.ts'
import type { Prober } from '../../../../server/monitor/visit/visit.ts'

const AT = 'http://a.gov.example/zcwj/'
const page = (body: string, head = '') =>
  `<html><head><title>政策文件</title>${head}</head><body>${body}</body></html>`
const list = (...dates: string[]) =>
  page(
    `<ul>${dates.map((date, n) => `<li><a href="${n}.html">全区第${n}次安全生产工作会议在我局召开</a><span>${date}</span></li>`).join('')}</ul>`,
  )
const LISTED = { items: 2, dates: ['2026-03-08', '2026-03-01'] }

/** What is listed by a column whose page and others of its site are these; every other address does not answer. */
async function listed(pages: Readonly<Record<string, string>>) {
  const prober: Prober = {
    async visit({ url }) {
      const failed = failedVisit('timeout')
      const body = pages[url.replace(AT, '')]
      if (body === undefined) return failed
      const result = { ...failed.result, outcome: 'ok' as const, cause: null, finalUrl: url, status: 200 }
      return { result, body: Buffer.from(body), headers: { 'content-type': 'text/html; charset=utf-8' } }
    },
    close() {},
  }
  const by = { prober, reader: slicedReader, ref: '2026-03-10', signal: new AbortController().signal }
  return readColumn(by, AT)
}

const REFRESH = '<meta http-equiv="refresh" content="0;url=list.html">'
const NEW = list('2026-03-08', '2026-03-01')

test.each([
  ['sends its visitor on', page('', REFRESH)],
  ['sends its visitor on by a script', page('<script>location.href="list.html"</script>')],
  ['holds its list in a page within it', page('<h3>政策文件</h3><iframe src="list.html"></iframe>')],
  [
    'is made of frames',
    '<html><frameset cols="1,2"><frame src="menu.html"><frame src="list.html"></frameset></html>',
  ],
])('a column whose page %s has what stands there', async (_, own) => {
  expect(await listed({ '': own, 'list.html': NEW })).toEqual(LISTED)
  expect(await listed({ '': own }), 'where that does not answer').toBeNull()
})

test.each([
  [
    'one page within it does not answer',
    '<iframe src="list.html"></iframe><iframe src="more.html"></iframe>',
  ],
  ['what is within it has no days', '<iframe src="links.html"></iframe>'],
  ['it sends its visitor to another site', ''],
])('nothing is said of a column where %s', async (_, body) => {
  const head = body === '' ? REFRESH.replace('list.html', 'http://b.gov.example/list.html') : ''
  const links = list('', '', '')
  expect(await listed({ '': page(body, head), 'list.html': NEW, 'links.html': links })).toBeNull()
})

test('a column is read by its own page where that lists something', async () => {
  const own = NEW.replace('</body>', '<iframe src="more.html"></iframe></body>')
  expect(await listed({ '': own })).toEqual(LISTED)
})
