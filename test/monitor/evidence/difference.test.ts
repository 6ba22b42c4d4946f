import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { atOnce } from '../../../server/base/slices.ts'
import { compareLines, textLines, withContext } from '../../../server/monitor/evidence/difference.ts'

const TODAY = '2026-03-10'

describe('the text of a page', () => {
  it('is what its visitors read, line by line', () => {
    const html = `<title>t</title><style>a{}</style><h1>通知 <b>公告</b></h1><script>x()</script>
<ul><li><a>会议</a><span>03-09</span></li><li>检查</li></ul>`
    expect(atOnce(textLines(html, TODAY))).toEqual(['通知 公告', '会议 03-09', '检查'])
  })
})

describe('what changed between two copies', () => {
  it('names what came and what went', () => {
    expect(compareLines(['a', 'b', 'c'], ['a', 'n', 'b'])).toEqual([
      { change: 'same', text: 'a' },
      { change: 'added', text: 'n' },
      { change: 'same', text: 'b' },
      { change: 'removed', text: 'c' },
    ])
  })

  it('always tells both copies whole', () => {
    const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 25 })
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const told = compareLines(before, after)
        expect(told.filter((line) => line.change !== 'added').map((line) => line.text)).toEqual(before)
        expect(told.filter((line) => line.change !== 'removed').map((line) => line.text)).toEqual(after)
      }),
    )
  })

  it('compares pages of thousands of changed lines', () => {
    const before = Array.from({ length: 4_000 }, (_, n) => `old ${n}`)
    const after = Array.from({ length: 4_000 }, (_, n) => `new ${n}`)
    expect(compareLines(before, after)).toHaveLength(8_000)
  })

  it('shows a change with its neighbours, and a gap for the rest', () => {
    const lines = compareLines(['1', '2', '3', '4', '5', '6'], ['1', '2', '3', '4', '5', 'new', '6'])
    expect(withContext(lines).map((line) => line.text)).toEqual(['4', '5', 'new', '6'])
    expect(withContext(compareLines(['1'], ['1']))).toEqual([])
  })
})
