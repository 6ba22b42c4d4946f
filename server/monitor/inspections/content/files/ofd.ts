import { type FileText, parse, Text } from './office.ts'
import { unpack } from './unpack.ts'

/*
 * The text of .ofd (GB/T 33190), as offices publish what has been signed: pieces of text with the place of each on its page. What stands
 * on one line is one, what stands far apart on it is parted by tabs.
 */

const PAGES = /^(?:\w+\/)?Pages\/[\w-]+\/Content\.xml$/i
/** In heights of the type: how far below another line begins, and how far to the right another cell. */
const NEW_LINE = 0.6
const NEW_CELL = 1.2

/** @returns null where it is no such document */
export function textOfOfd(bytes: Uint8Array): FileText | null {
  const { parts, isTooMuch, isBroken } = unpack(bytes, (name) => PAGES.test(name))
  if (parts.size === 0) return null
  const text = new Text()
  let isCut = isTooMuch || isBroken
  for (const [, part] of [...parts].sort(([a], [b]) => (a < b ? -1 : 1)))
    isCut = readPage(part, text) || isCut
  return { text: text.toString(), isCut: isCut || text.isFull }
}

interface Place {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly size: number
}

function readPage(part: Uint8Array, text: Text): boolean {
  let before: Place | null = null
  let isText = false
  return parse(
    part,
    {
      onopentag(name, attributes) {
        isText = name === 'TextCode'
        if (name !== 'TextObject') return
        const place = placeOf(attributes)
        if (before) text.add(between(before, place))
        before = place
      },
      ontext(piece) {
        if (isText) text.add(piece)
      },
      onclosetag(name) {
        isText = false
        if (name === 'Page') text.add('\n')
      },
    },
    () => text.isFull,
  )
}

function placeOf({ Boundary = '', Size = '' }: Record<string, string>): Place {
  const [x = 0, y = 0, width = 0, height = 0] = Boundary.split(/\s+/, 4).map((one) => Number(one) || 0)
  return { x, y, width, size: Number(Size) || height || 1 }
}

function between(before: Place, { x, y, size }: Place): string {
  if (Math.abs(y - before.y) > size * NEW_LINE) return '\n'
  return x - (before.x + before.width) > size * NEW_CELL || x < before.x ? '\t' : ''
}
