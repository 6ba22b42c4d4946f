import { expect, it } from 'vitest'
import { shownTitle } from '../../../server/monitor/findings/shown.ts'

const WORDS =
  '关于公布本年度第一批享受政府特殊津贴人员名单以及有关事项的公告请各单位认真组织学习并抓好贯彻落实，名单附后，特此公告，联系方式另行通知'

it('half of a number at the end of words that were cut out of a page is not shown, a day that stands there is', () => {
  expect(shownTitle(`19900101123X ${WORDS}`, '2026-03-08')).not.toContain('19900101')
  expect(shownTitle(`${WORDS} 44010619900101`, '2026-03-08')).not.toContain('440106')
  expect(shownTitle(`${WORDS} 20260306`, '2026-03-08')).toContain('20260306')
  expect(shownTitle('20260306', '2026-03-08')).toBe('20260306')
})

it('an address that words end with stays one that can be opened', () => {
  const address = 'http://www.thnet.gov.cn/zwgk/tzgg/content/show.html?column=notices&id=20260306123'
  expect(shownTitle(address, '2026-03-08')).toBe(address)
  expect(shownTitle(`首页：${address}`, '2026-03-08')).toBe(`首页：${address}`)
  expect(shownTitle(`${address}，${WORDS} 44010619900101`, '2026-03-08')).not.toContain('440106')
})
