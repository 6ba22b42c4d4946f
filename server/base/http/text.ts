import { storable } from '../../../shared/base/text.ts'

/** No request of ours nests deeper; what does can overrun the stack of whoever walks through it. */
const MAX_DEPTH = 32

export type TextFault = { readonly path: string; readonly message: string }

/**
 * The first thing in what came in that no table can hold, whatever it is for: in a key or in a text, however deep.
 * Null: there is none.
 */
export function findUnstorable(input: unknown): TextFault | null {
  const open: { value: unknown; path: string; depth: number }[] = [{ value: input, path: '', depth: 0 }]
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, path, depth } = next
    if (typeof value === 'string' && storable(value) !== value)
      return { path, message: 'characters that are none' }
    if (typeof value !== 'object' || value === null) continue
    if (depth === MAX_DEPTH) return { path, message: `nested deeper than ${MAX_DEPTH}` }
    for (const [key, part] of Object.entries(value)) {
      if (storable(key) !== key) return { path, message: 'a name with characters that are none' }
      open.push({ value: part, path: path ? `${path}.${key}` : key, depth: depth + 1 })
    }
  }
  return null
}
