import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { create, type Font } from 'fontkit'
import { decompress } from 'wawoff2'

/*
 * Text as outlines, of the font that the product brings: a picture has its signs with it, whatever fonts the machine has
 * that draws it. The font comes in a hundred files, each for some signs; those that are wanted are unpacked, once.
 */

const FOLDER = dirname(createRequire(import.meta.url).resolve('@fontsource-variable/noto-sans-sc/index.css'))
const WEIGHTS = { normal: 400, bold: 700 } as const
export type Weight = keyof typeof WEIGHTS

interface Face {
  readonly file: string
  readonly ranges: readonly (readonly [from: number, to: number])[]
}

let faces: readonly Face[] | undefined
const fonts = new Map<string, Promise<Font>>()

function facesOf(): readonly Face[] {
  const css = readFileSync(join(FOLDER, 'index.css'), 'utf8')
  const found = css.matchAll(/url\(\.\/(files\/[^)]+)\)[^}]*unicode-range:\s*([^;}]+)/g)
  return [...found].map(([, file = '', ranges = '']) => ({
    file,
    ranges: [...ranges.matchAll(/U\+([0-9a-f]+)(?:-([0-9a-f]+))?/gi)].map(([, from = '', to = from]) => [
      Number.parseInt(from, 16),
      Number.parseInt(to, 16),
    ]),
  }))
}

async function fontOf(file: string, weight: Weight): Promise<Font> {
  const font = create(Buffer.from(await decompress(readFileSync(join(FOLDER, file)))))
  if (!('getVariation' in font)) throw new Error(`${file} holds more than one font`)
  return font.getVariation({ wght: WEIGHTS[weight] })
}

/** The font that has a sign; null where none has. */
function fontFor(point: number, weight: Weight): Promise<Font> | null {
  faces ??= facesOf()
  const face = faces.find(({ ranges }) => ranges.some(([from, to]) => point >= from && point <= to))
  if (!face) return null
  const key = `${face.file} ${weight}`
  const known = fonts.get(key) ?? fontOf(face.file, weight)
  fonts.set(key, known)
  return known
}

/** A sign that no font has takes this much room, of the size of the others. */
const UNKNOWN = 0.5

/**
 * A line of text as outlines.
 * @returns SVG, its base line from 0,0 on, and how wide it is in px
 */
export async function outlined(
  text: string,
  size: number,
  weight: Weight,
): Promise<{ svg: string; width: number }> {
  let svg = ''
  let width = 0
  for (const sign of text) {
    const point = sign.codePointAt(0) ?? 0
    const font = await fontFor(point, weight)
    if (!font) {
      width += size * UNKNOWN
      continue
    }
    const scale = size / font.unitsPerEm
    const glyph = font.glyphForCodePoint(point)
    const path = glyph.path.toSVG()
    // Fonts count upwards.
    if (path)
      svg += `<path transform="translate(${width.toFixed(2)} 0) scale(${scale} ${-scale})" d="${path}"/>`
    width += glyph.advanceWidth * scale
  }
  return { svg, width }
}
