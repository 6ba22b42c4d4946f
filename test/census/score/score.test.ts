import { describe, expect, it } from 'vitest'
import { type Measured, previewScore, type ScoreRule } from '../../../shared/census/score/score.ts'
import { type ColumnClass, type ColumnState, judgeColumns } from '../../../shared/monitor/columns/columns.ts'

const column = (kind: ColumnClass, state: ColumnState) => ({ class: kind, state })
const times = <T>(n: number, one: T): T[] => Array.from({ length: n }, () => one)
const noLinks = { S2a: 0, S2b: 0, S9b: 0, S10: 0 }
const clean: Measured = {
  v1: 'ok',
  visits: { total: 168, failed: 0 },
  v2: 'ok',
  columns: judgeColumns([column('news', 'fresh')], 10),
  links: noLinks,
  proof: {},
}
const costs = (given: Partial<Measured>): [ScoreRule, number][] =>
  previewScore({ ...clean, ...given }).lines.flatMap(({ rule, points }) =>
    points > 0 ? [[rule, points]] : [],
  )

describe('the real reports of 2015, as far as a monitor measures', () => {
  it('A: 13 links of other pages, one stale news column, one attachment', () => {
    const given = {
      columns: judgeColumns([column('news', 'stale')], 12),
      links: { ...noLinks, S2b: 13, S9b: 1 },
    }
    expect(costs(given)).toEqual([
      ['S2b', 1.3],
      ['S4a', 3],
      ['S9b', 1],
    ])
    // With the 5 points for surveys, which a person counts, the report's 10.3.
    expect(previewScore({ ...clean, ...given }).points + 5).toBeCloseTo(10.3)
  })

  it('B: 24 links, fewer than 10 items, 3 stale news columns and 3 of notices and policies', () => {
    const stale = [
      ...times(3, column('news', 'stale')),
      column('notice', 'stale'),
      ...times(2, column('policy', 'stale')),
    ]
    const given = { columns: judgeColumns(stale, 6), links: { ...noLinks, S2b: 24 } }
    expect(costs(given)).toEqual([
      ['S2b', 2.4],
      ['S3', 5],
      ['S4a', 9],
      ['S4b', 12],
    ])
    const score = previewScore({ ...clean, ...given })
    // With 24 points of a person's part, the report's 52.4.
    expect(score.points + 24).toBeCloseTo(52.4)
    // The report says 40+; six stale columns are a veto by the table's own words.
    expect(score).toMatchObject({ vetoes: ['V3a'], outcome: 'vetoed' })
  })
})

describe('lines and boundaries', () => {
  it.each([
    [8, 168, 'warning', 20, 4.76],
    [1, 168, 'ok', 0, 0.6],
    [2, 100, 'ok', 10, 2],
  ] as const)('%i of %i failed visits', (failed, total, v1, points, count) => {
    const [line] = previewScore({ ...clean, v1, visits: { total, failed } }).lines
    expect(line).toMatchObject({ rule: 'S1', points, count })
  })

  it('a veto takes the place of its own deduction: V1 of S1, V2 of S3', () => {
    const score = previewScore({
      ...clean,
      v1: 'violated',
      visits: { total: 168, failed: 9 },
      v2: 'violated',
      columns: judgeColumns([], 0),
    })
    expect(score).toMatchObject({ vetoes: ['V1', 'V2'], outcome: 'vetoed', points: 0 })
    expect(
      score.lines.filter((line) => line.replacedBy).map(({ rule, replacedBy }) => [rule, replacedBy]),
    ).toEqual([
      ['S1', 'V1'],
      ['S3', 'V2'],
    ])
  })

  it.each([
    [9, 5],
    [10, 0],
    [0, 0],
  ])('%i items on the home page in two weeks cost %i', (items, points) => {
    expect(previewScore({ ...clean, columns: judgeColumns([], items) }).points).toBe(points)
  })

  it('fails at 40 points, not before', () => {
    expect(previewScore({ ...clean, links: { ...noLinks, S2a: 39, S2b: 9 } })).toMatchObject({
      points: 39.9,
      outcome: 'open',
    })
    expect(previewScore({ ...clean, links: { ...noLinks, S2a: 39, S2b: 10 } })).toMatchObject({
      points: 40,
      outcome: 'failed',
    })
  })

  it('what was not measured costs nothing, and is told from nothing found', () => {
    const score = previewScore({ ...clean, v1: 'insufficient', columns: null, links: null })
    expect(score.points).toBe(0)
    expect(score.lines.every((line) => line.count === null)).toBe(true)
    expect(previewScore(clean).lines.map((line) => line.count)).toEqual([0, 0, 0, 10, 0, 0, 0, 0, 0])
  })
})
