import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** Telephone, half a window or a tablet, a small desk, an ordinary one; wider than that is wide. */
const BREAKPOINTS = ['600', '900', '1200', '1500']

const sheets = readdirSync('web', { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(vue|css)$/.test(name))
  .map((name) => ({ name, text: readFileSync(`web/${name}`, 'utf8') }))

/** What of a pattern is found where, as "file: text". */
function found(pattern: RegExp, isWrong: (match: RegExpMatchArray) => boolean): string[] {
  return sheets.flatMap(({ name, text }) =>
    [...text.matchAll(pattern)].filter(isWrong).map(([all]) => `${name}: ${all}`),
  )
}

test('pages break at four widths, so that no two parts break one after the other', () => {
  const widths = /\((max|min)-width: (\d+)px\)/g
  // From the pixel above a breakpoint on is the other side of it.
  const isKnown = ([, side, px]: RegExpMatchArray) =>
    BREAKPOINTS.includes(String(Number(px) - (side === 'min' ? 1 : 0)))
  expect(found(widths, isKnown).length).toBeGreaterThan(20)
  expect(found(widths, (match) => !isKnown(match))).toEqual([])
})

test('what lies above what is told in one place', () => {
  const layers = /z-index: ([^;]+);/g
  expect(found(layers, ([, layer = '']) => layer.startsWith('var(--layer-')).length).toBeGreaterThan(5)
  expect(found(layers, ([, layer = '']) => layer !== '1' && !layer.startsWith('var(--layer-'))).toEqual([])
})

test('keys and checkboxes look the same everywhere', () => {
  const own = found(/accent-color|^kbd \{[^}]*border:/gm, () => true)
  expect(own.filter((where) => !where.startsWith('base/styles/base.css'))).toEqual([])
  expect(own.length).toBe(2)
})
