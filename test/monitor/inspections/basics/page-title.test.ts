import { describe, expect, test } from 'vitest'
import { pageTitle } from '../../../../server/monitor/inspections/basics/page-title.ts'
import { said } from '../pages.ts'
import { page } from './page-title.table.ts'

const NOT_TO_BE_SEEN = [
  page('', '<body><div id="app"></div><script src="/app.js"></script></body>'),
  page('<title></title>', ''),
  page('<script>document.title = "天河区人民政府"</script>'),
]

describe('the title of a page', () => {
  test('is not measured on a page that a script fills', async () => {
    for (const html of NOT_TO_BE_SEEN) {
      expect(await said(pageTitle, html)).toEqual({ outcome: 'unmeasured', reason: 'notDrawn' })
    }
  })
})
