import { expect, it } from 'vitest'
import { nameOf } from '../../../web/base/ui/keys/usePageKeys.ts'

it.each([
  ['x', false, 'x'],
  ['X', true, 'X'],
  // Caps lock gives the other one of both.
  ['X', false, 'x'],
  ['x', true, 'X'],
  ['?', true, '?'],
  ['ArrowDown', true, 'ArrowDown'],
])('%s with shift %s is the key %s', (key, shiftKey, name) => {
  expect(nameOf({ key, shiftKey })).toBe(name)
})
