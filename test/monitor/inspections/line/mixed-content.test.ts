import { describe, expect, test } from 'vitest'
import { FETCHED, on, page } from './mixed-content.table.ts'

/** Whatever else stands on the page. */
const CLEAR = { outcome: 'clear', regardless: true }

describe('parts of a secure page that are fetched in plain', () => {
  test('are no matter on a page by plain HTTP, nor where browsers are told to ask by HTTPS', async () => {
    const html = FETCHED('http://x.cn').join('')
    expect(await on(page(html), 'http://www.thnet.gov.cn/')).toEqual(CLEAR)
    const upgraded = '<meta http-equiv="Content-Security-Policy" content="upgrade-insecure-requests">'
    expect(await on(page(html, upgraded))).toEqual(CLEAR)
  })

  test('are one problem for each address', async () => {
    const outcome = await on(
      page('<img src="http://x.cn/a.png"><script src="http://x.cn/a.js?v=1"></script>'),
    )
    expect(
      outcome.outcome === 'found' && outcome.problems.map(({ key, detail }) => [key, detail.active]),
    ).toEqual([
      ['x.cn/a.png', false],
      ['x.cn/a.js', true],
    ])
  })
})
