import { describe, expect, test } from 'vitest'
import { SITE_STATES, WRONG_STATES } from '../../../shared/register/sites/states.ts'
import { MARKS } from '../../../web/register/sites/marks/marks.ts'
import { colours, contrast } from '../../support/colours.ts'

/** Written in its colour; `healthy` is only ever a mark, its word is text like any other. */
const TEXT = [
  'text',
  'text-2',
  'text-3',
  'accent',
  'dead',
  'down',
  'dormant',
  'warning',
  'unknown',
  'paused',
  'good',
]

describe.each(['dark', 'light'])('the %s theme', (theme) => {
  const palette = colours(theme)
  const worst = (name: string) =>
    Math.min(...['bg', 'surface'].map((ground) => contrast(palette.get(name)!, palette.get(ground)!)))

  test.each(TEXT)('text in %s can be read', (name) => {
    expect(worst(name)).toBeGreaterThanOrEqual(4.5)
  })
  test.each(SITE_STATES)('the mark of %s can be seen', (state) => {
    expect(worst(state)).toBeGreaterThanOrEqual(3)
  })
  test('healthy is the quietest of all marks', () => {
    const others = SITE_STATES.filter((state) => state !== 'healthy')
    expect(Math.min(...others.map(worst))).toBeGreaterThan(worst('healthy'))
  })
  test('the worse a state, the more it stands out: dead, down, dormant, warning', () => {
    const [dead, down, dormant, warning] = WRONG_STATES.map(worst)
    expect(dead).toBeGreaterThanOrEqual(down!)
    expect(down).toBeGreaterThan(dormant! * 1.1)
    expect(dormant).toBeGreaterThan(warning! * 1.02)
    expect(dead, 'and none so much as the least of them').toBeGreaterThan(worst('unknown'))
  })
  test('a mark on a tile of its own colour can be seen', () => {
    for (const state of WRONG_STATES) {
      expect(contrast(palette.get(state)!, palette.get('bg')!), state).toBeGreaterThanOrEqual(4.5)
    }
  })
  test('the label of a button can be read', () => {
    expect(contrast(palette.get('on-accent')!, palette.get('accent')!)).toBeGreaterThanOrEqual(4.5)
  })
})

test('every state has a shape of its own', () => {
  const shapes = Object.values(MARKS)
  expect(new Set(shapes).size).toBe(shapes.length)
})
