import { Resvg } from '@resvg/resvg-js'
import { outlined } from './glyphs.ts'

/** Dots of the picture for one of the drawing: sharp on paper. */
const ZOOM = 2
const SIGNS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

/** A drawing as PNG, for Word before 2016, WPS, and whoever reads no SVG. @param svg as `chartSvg` draws it */
export async function pngOf(svg: string): Promise<Uint8Array> {
  const options = { fitTo: { mode: 'zoom', value: ZOOM }, font: { loadSystemFonts: false } } as const
  return new Resvg(await withoutText(svg), { ...options, background: '#ffffff' }).render().asPng()
}

/** The same drawing with outlines in place of text. */
async function withoutText(svg: string): Promise<string> {
  let drawn = ''
  let read = 0
  for (const found of svg.matchAll(/<text\b([^>]*)>([^<]*)<\/text>/g)) {
    const [whole, attributes = '', content = ''] = found
    drawn += svg.slice(read, found.index) + (await outline(attributes, content))
    read = found.index + whole.length
  }
  return drawn + svg.slice(read)
}

async function outline(attributes: string, content: string): Promise<string> {
  const of = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(attributes)?.[1]
  const number = (name: string) => Number.parseFloat(of(name) ?? '0')
  const text = content.replace(/&(#?\w+);/g, (entity, name: string) => SIGNS[name] ?? entity)
  const { svg, width } = await outlined(
    text,
    number('font-size') || 12,
    of('font-weight') === 'bold' ? 'bold' : 'normal',
  )
  const anchor = of('text-anchor')
  const x = number('x') - (anchor === 'end' ? width : anchor === 'middle' ? width / 2 : 0)
  const place = `${of('transform') ?? ''} translate(${x.toFixed(2)} ${(number('y') + number('dy')).toFixed(2)})`
  return `<g transform="${place.trim()}" fill="${of('fill') ?? '#000000'}">${svg}</g>`
}
