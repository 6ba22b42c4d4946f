import { describe, expect, it } from 'vitest'
import { DAY, HOUR } from '../../../shared/base/time.ts'
import { layoutOf } from '../../../web/base/charts/layout.ts'
import { burnDownChart } from '../../../web/desk/rectifications/reports/burn-down-chart.ts'

const START = Date.parse('2015-09-08T00:00:00+08:00')
const at = (ms: number): string => new Date(START + ms).toISOString()

describe('burn-down', () => {
  it('draws open and overdue rectifications over what was raised and closed', () => {
    const points = Array.from({ length: 30 }, (_, i) => ({
      day: at(i * DAY + 9 * HOUR).slice(0, 10),
      open: 30 - i,
      overdue: i % 3,
      raised: 1,
      closed: 2,
    }))
    const words = { open: '未办结', overdue: '超期', raised: '新增', closed: '办结' }
    const { shapes, columns } = layoutOf(
      burnDownChart(points, words),
      { width: 800, height: 300, font: 12 },
      new Set(),
    )
    expect(shapes.map(({ name }) => name).sort()).toEqual(Object.values(words).sort())
    expect(shapes.every(({ d }) => d !== '')).toBe(true)
    expect(columns[0]?.label).toBe('9-8')
    expect(shapes.find(({ name }) => name === '超期')?.layer).toBe('overdue')
  })
})
