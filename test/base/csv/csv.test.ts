import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { csvCell, csvOf } from '../../../shared/base/csv.ts'

describe('a cell that a spreadsheet would run is shown instead', () => {
  it.each([
    ['=1+1', "'=1+1"],
    ['+86 20', "'+86 20"],
    ['-3', "'-3"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\t=1', "'\t=1"],
    ['\n=1', `"'\n=1"`],
    ['\r=1', `"'\r=1"`],
    ['  =1', "'  =1"],
    ['\u200B=1', "'\u200B=1"],
    ['　＝1', "'　＝1"],
    ['＝HYPERLINK("x")', `"'＝HYPERLINK(""x"")"`],
    ['＋1', "'＋1"],
    ['－1', "'－1"],
    ['＠SUM(A1)', "'＠SUM(A1)"],
    ['a,"b"', '"a,""b"""'],
    ['two\nlines', '"two\nlines"'],
    ['王敏', '王敏'],
    ['', ''],
  ])('%j is written %j', (text, cell) => {
    expect(csvCell(text)).toBe(cell)
  })

  it('a number is a number, below zero too, and nothing is an empty cell', () => {
    expect(csvOf([[-3, null, 0.5]])).toBe('\uFEFF-3,,0.5\r\n')
  })
})

it('whatever is written is read back: every cell of every row, the apostrophe apart', () => {
  const text = fc.string({ unit: fc.constantFrom(...'=+-@＝＋－＠"\',;\r\n\t 中a1'), maxLength: 6 })
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 5 }), (rows) => {
      const read: string[][] = parse(csvOf(rows), { bom: true, record_delimiter: '\r\n' })
      const bare = (all: readonly (readonly string[])[]) =>
        all.map((row) => row.map((cell) => cell.replace(/^'/, '')))
      expect(bare(read)).toEqual(bare(rows))
    }),
  )
})
