import { describe, expect, test } from 'vitest'
import { demoRegister } from '../../../server/demo/cast/register.ts'
import {
  CANON,
  type CityPlan,
  type GroupSize,
  HEAD,
  placeCity,
  planCity,
  stackCity,
} from '../../../web/city/wall/plan/city-plan.ts'
import { seatsOf } from '../../../web/city/wall/plan/seats.ts'

/* Where every district has its place on the wall, and the tiles in it. Lengths in design pixels. */

const WALL = CANON
/** As it is, 21:9 and 4:3: a board is never smaller, as everything is scaled to the screen. */
const SCREENS = [WALL, { width: 1862, height: 655 }, { width: 1222, height: 1015 }]

function guangzhou(): GroupSize[] {
  const counts = new Map<string, number>()
  for (const { district } of demoRegister()) counts.set(district, (counts.get(district) ?? 0) + 1)
  return [...counts].map(([code, count]) => ({ code, count, minWidth: 200 + 84 * Math.min(count, 2) }))
}
const made = (counts: readonly number[], minWidth = 260): GroupSize[] =>
  counts.map((count, index) => ({ code: String(index), count, minWidth }))

const CITIES: [string, GroupSize[]][] = [
  ['Guangzhou, 640 sites in 13 groups', guangzhou()],
  ['Foshan, 300 sites in 7 groups', made([1, 60, 48, 52, 55, 44, 40])],
  ['a province, 21 cities', made([1, 120, ...Array.from({ length: 21 }, (_, i) => 60 + i * 30)])],
  [
    "a county's 40 streets",
    made(
      Array.from({ length: 40 }, (_, i) => 1 + (i % 3)),
      180,
    ),
  ],
  ['a district alone', made([65])],
  ['one site', made([1])],
]

function overlaps(plan: CityPlan): boolean {
  return plan.places.some((a) =>
    plan.places.some(
      (b) => a !== b && a.column === b.column && a.top < b.top + b.height && b.top < a.top + a.height,
    ),
  )
}

describe.each(CITIES)('%s', (_, groups) => {
  const plan = planCity(groups)

  test('every group has a place of its own, in the order of the administration, down the columns', () => {
    expect(plan.places.map(({ code }) => code)).toEqual(groups.map(({ code }) => code))
    expect([...plan.places].sort((a, b) => a.column - b.column || a.top - b.top)).toEqual(plan.places)
    expect(overlaps(plan)).toBe(false)
    for (const { top, height } of plan.places) expect(top + height).toBeLessThanOrEqual(1.0001)
  })

  test.each(SCREENS)('all sites of each group fit, whatever of them is wrong: %j', (screen) => {
    const { groups: placed, pitch } = placeCity(plan, screen, 96)
    for (const { code, width, height } of placed) {
      const { count } = groups.find((one) => one.code === code)!
      for (const wrong of [0, 1, Math.ceil(count / 10), Math.ceil(count / 2), count]) {
        const seats = seatsOf(wrong, count, { width, height }, pitch)
        expect(seats).toHaveLength(count)
        expect(Math.max(...seats.map(({ x, size }) => x + size))).toBeLessThanOrEqual(width + 0.1)
        expect(Math.max(...seats.map(({ y, size }) => y + size))).toBeLessThanOrEqual(height + 0.1)
      }
    }
  })

  test('a place is the same share of the picture on every screen', () => {
    const [first, ...others] = SCREENS.map((screen) =>
      placeCity(plan, screen, 96).groups.map(({ x, y }) => [x / screen.width, y / screen.height]),
    )
    for (const other of others) {
      other.forEach(([x, y], i) => {
        expect(x).toBeCloseTo(first![i]![0]!, 1)
        expect(y).toBeCloseTo(first![i]![1]!, 5)
      })
    }
  })
})

test('in Guangzhou what is wrong is seen from five metres, and larger than what is well', () => {
  const groups = guangzhou()
  const { groups: placed, pitch } = placeCity(planCity(groups), WALL, 96)
  expect(pitch).toBeGreaterThanOrEqual(22)
  const tianhe = placed.find(({ code }) => code === '440106')!
  const sizes = seatsOf(4, 65, tianhe, pitch).map(({ size }) => size)
  expect(sizes[3]! / sizes[4]!).toBeGreaterThanOrEqual(1.8)
  expect(sizes[0]).toBeGreaterThanOrEqual(36)
})

test('no column is empty, and all end on one line', () => {
  const plan = planCity(guangzhou())
  expect(plan.columns).toBe(3)
  for (let column = 0; column < plan.columns; column += 1) {
    const last = plan.places.findLast((place) => place.column === column)!
    expect(last.top + last.height).toBeCloseTo(1, 2)
  }
})

test('a site more or less moves no group to another column', () => {
  const plan = planCity(guangzhou())
  const other = planCity(guangzhou().map((group) => ({ ...group, count: group.count + 1 })))
  expect(other.places.map(({ column }) => column)).toEqual(plan.places.map(({ column }) => column))
})

test('headings are never wider than their column', () => {
  const { columns } = planCity(
    made(
      Array.from({ length: 12 }, () => 10),
      500,
    ),
  )
  expect(columns).toBeLessThanOrEqual(2)
})

test('seats do not overlap, and none of the wrong stands behind one that is well', () => {
  for (const wrong of [0, 3, 17, 40]) {
    const seats = seatsOf(wrong, 65, { width: 390, height: 130 }, 26)
    const clash = seats.some((a, i) =>
      seats.some(
        (b, j) =>
          i < j &&
          a.x < b.x + b.size - 0.01 &&
          b.x < a.x + a.size - 0.01 &&
          a.y < b.y + b.size - 0.01 &&
          b.y < a.y + a.size - 0.01,
      ),
    )
    expect(clash, `${wrong} wrong`).toBe(false)
  }
})

test('a page that scrolls has one column, as high as it needs to be', () => {
  const { groups, height } = stackCity(planCity(guangzhou(), 1), 640, 40)
  expect(new Set(groups.map(({ x }) => x))).toEqual(new Set([0]))
  expect(height).toBeGreaterThan(WALL.height)
  expect(groups[1]!.y).toBe(HEAD + groups[0]!.height + 8)
})

test('an empty register is an empty board', () => {
  expect(placeCity(planCity([]), WALL, 96).groups).toEqual([])
})
