import { describe, expect, it } from 'vitest'
import { atOnce, inSlices, type Steps } from '../../../server/base/slices.ts'
import { Tokens } from '../../../server/monitor/columns/tokens.ts'
import { textLines } from '../../../server/monitor/evidence/difference.ts'
import { inertPage } from '../../../server/monitor/evidence/inert.ts'
import { linksOf } from '../../../server/monitor/inspections/page/extract.ts'
import { secondLevelLinks } from '../../../server/monitor/read/page/second-level.ts'
import { readSteps, readWhole } from '../../../server/monitor/read/read.ts'
import { homeSeen } from '../../../server/monitor/visit/reading/page-seen.ts'
import { leastOf } from '../../support/least.ts'
import { judgeV2 } from '../../support/rules-2015.ts'
import { LoopWatch } from '../loop.ts'
import { FLOODS } from './floods.ts'

/* No page holds up everybody else for longer than a tenth of a second, whatever is on it. */

const REF = '2026-03-10'
const BASE = 'http://site.localhost/'
const LONGEST_MS = 100
/** In this short form; whole floods are three megabytes, and part of `npm run test:hostile`. */
const CUT = 150_000
const WHOLE = [
  'distinct ways in',
  'U+0000 after every character',
  '300,000 links',
  'dated items',
  '60,000 open rows',
  'JSON in a script',
  'one giant attribute of signs',
]

function* everything(text: string): Steps<void> {
  const bytes = Buffer.from(text)
  const tokens = new Tokens()
  const reading = yield* readSteps({ bytes, kind: 'home', ref: REF, url: BASE, beside: tokens })
  expect(reading.finding.reason).not.toBe('failed')
  yield* homeSeen(reading, tokens.found, BASE)
  if (reading.page) yield* secondLevelLinks(reading.page, BASE)
  yield* linksOf(bytes, 'text/html', BASE, 1_500)
  yield* inertPage(text, null, REF)
  yield* textLines(text, REF)
}

describe('the loop goes on while a page is read, searched for links, made inert and cut into lines', () => {
  it.each(Object.entries(FLOODS))('%s', async (name, flood) => {
    const text = WHOLE.includes(name) ? flood() : flood().slice(0, CUT)
    const blockMs = await leastOf(LONGEST_MS, async () => {
      const watch = new LoopWatch()
      await inSlices(everything(text))
      return watch.stop().cpuMs
    })
    if (Number.isFinite(blockMs))
      expect(blockMs, 'longest block of the loop, ms').toBeLessThanOrEqual(LONGEST_MS)
  })
})

describe('a page that is longer than what is read of it', () => {
  const item = (day: string) => `<li><a href="/1">关于开展检查工作的通知</a><span>${day}</span></li>`
  const read = (html: string, isCut = false) =>
    readWhole({ bytes: Buffer.from(html), kind: 'home', ref: REF, url: BASE, isCut }).finding

  it('says as far as where it was read', () => {
    const { readTo } = read(`<ul>${item('2026-03-09').repeat(20_000)}</ul>`)
    expect(readTo).toBeGreaterThan(100_000)
    expect(read(`<ul>${item('2026-03-09')}</ul>`).readTo).toBeUndefined()
  })

  it('is good when what was read is new, and not judged when it is old', () => {
    const long = (day: string) => read(`<ul>${item(day).repeat(20_000)}</ul>`)
    expect(judgeV2(long('2026-03-09'), REF)).toBe('ok')
    expect(judgeV2(long('2025-03-09'), REF)).toBe('insufficient')
    expect(judgeV2(read(`<ul>${item('2025-03-09')}</ul>`), REF)).toBe('violated')
    expect(judgeV2(read('<a>'.repeat(60_000)), REF)).toBe('insufficient')
  })

  it('is one too when the server sent more than was taken', () => {
    const finding = read(`<ul>${item('2025-03-09')}`, true)
    expect(finding.readTo).toBeGreaterThan(0)
    expect(judgeV2(finding, REF)).toBe('insufficient')
  })
})

it('slices do the work begun first, and an error is only the error of its own', async () => {
  const order: string[] = []
  function* steps(name: string, count: number): Steps<string> {
    for (let left = count; left > 0; left--) yield
    order.push(name)
    if (name === 'broken') throw new Error('broken')
    return name
  }
  const [one, broken, other] = await Promise.allSettled([
    inSlices(steps('one', 1_000)),
    inSlices(steps('broken', 5)),
    inSlices(steps('other', 1)),
  ])
  expect([one.status, broken.status, other.status]).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect(order).toEqual(['one', 'broken', 'other'])
  expect(atOnce(steps('alone', 3))).toBe('alone')
})
