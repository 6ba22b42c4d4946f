import { expect, it } from 'vitest'
import { parsePage } from '../../../../server/monitor/inspections/page/parsed.ts'

const visible = (style: string) =>
  parsePage(Buffer.from(`<p style="${style}">x</p>`), undefined, 'http://a.test/').elements.find(
    ({ tag }) => tag === 'p',
  )?.visible

it('an attribute of megabytes hides by what stands at either end of it', () => {
  const long = 'a:b;'.repeat(500_000)
  expect(visible(long)).toBe(true)
  expect(visible(`${long}display:none`)).toBe(false)
  expect(visible(`display:none;${long}`)).toBe(false)
})
