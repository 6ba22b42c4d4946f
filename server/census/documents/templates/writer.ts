import Docxtemplater from 'docxtemplater'
import PizZip from 'pizzip'
import type { Language } from '../../../../shared/base/words/language.ts'
import { liveBy } from '../../../../shared/base/zone.ts'
import type { Bars, Paper, PaperSection } from '../../../../shared/census/documents/paper.ts'
import { isWord } from '../../../base/words/say.ts'
import { chartSvg } from '../paper/chart.ts'
import type { PictureBytes } from '../paper/pictures.ts'
import '../refusals.ts'
import { fillingOf, strangersIn, type Tags } from './fill.ts'
import { pngOf } from './picture.ts'
import { captionXml, photographXml, pictureXml } from './word-xml.ts'

/*
 * Fills one template, or looks through one, in a process of its own: some hundred ms of work without a pause, on what
 * somebody has uploaded, in memory that goes with it.
 */

export interface WriterAsked {
  readonly template: Uint8Array
  /** What it is filled with; null: it is looked through. */
  readonly fill: {
    readonly paper: Paper
    readonly language: Language
    readonly zone: string
    readonly photos: PictureBytes
  } | null
}

/** Why a template cannot be used, in codes; `tag` is what is named. */
export interface TemplateFault {
  readonly tag: string
  readonly fault: 'unclosed' | 'unopened' | 'loop' | 'unknown' | 'macro' | 'entity' | 'outside' | 'broken'
}

export type WriterTold =
  | { readonly bytes: Uint8Array }
  | { readonly tags: string[]; readonly faults: TemplateFault[] }

process.on('message', async ({ template, fill }: WriterAsked) => {
  if (fill) {
    liveBy(fill.zone)
    process.send?.({ bytes: await filled(template, fill) } satisfies WriterTold)
  } else process.send?.(lookedThrough(template))
})
process.once('disconnect', () => process.exit())

const OPTIONS = { paragraphLoop: true, linebreaks: true, errorLogging: false, nullGetter: () => '' }
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

async function filled(
  template: Uint8Array,
  { paper, language, photos }: NonNullable<WriterAsked['fill']>,
): Promise<Uint8Array> {
  const charts: string[] = []
  const shown: Uint8Array[] = []
  const document = new Docxtemplater(new PizZip(template), OPTIONS)
  const chartXml = (bars: Bars): string => {
    charts.push(chartSvg(bars))
    return pictureXml(bars, charts.length, idsOf(charts.length))
  }
  const photoXml = (one: PaperSection['pictures'][number]): string => {
    const bytes = photos.get(one.id)
    if (bytes) shown.push(bytes)
    return bytes ? photographXml(one, shown.length, photoId(shown.length)) : captionXml(one.caption)
  }
  document.render(
    fillingOf(
      paper,
      language,
      ({ chart }) => (chart && chart.names.length > 0 ? chartXml(chart) : ''),
      ({ pictures }) => pictures.map(photoXml).join(''),
    ),
  )
  const zip = document.getZip()
  if (charts.length > 0) await addPictures(zip, charts)
  if (shown.length > 0) addPhotos(zip, shown)
  return zip.generate({ type: 'uint8array', compression: 'DEFLATE' })
}

const idsOf = (n: number) => ({ png: `rIdChart${n}`, svg: `rIdDrawn${n}` })
const photoId = (n: number) => `rIdPhoto${n}`
const TYPES = { png: 'image/png', svg: 'image/svg+xml', jpeg: 'image/jpeg' } as const

async function addPictures(zip: PizZip, charts: readonly string[]): Promise<void> {
  for (const [at, svg] of charts.entries()) {
    zip.file(`word/media/chart${at + 1}.svg`, svg)
    zip.file(`word/media/chart${at + 1}.png`, await pngOf(svg))
  }
  relate(
    zip,
    charts.flatMap((_, at) => {
      const ids = idsOf(at + 1)
      return [`${ids.png}:chart${at + 1}.png`, `${ids.svg}:chart${at + 1}.svg`]
    }),
    ['png', 'svg'],
  )
}

function addPhotos(zip: PizZip, photos: readonly Uint8Array[]): void {
  for (const [at, bytes] of photos.entries()) zip.file(`word/media/photo${at + 1}.jpeg`, bytes)
  relate(
    zip,
    photos.map((_, at) => `${photoId(at + 1)}:photo${at + 1}.jpeg`),
    ['jpeg'],
  )
}

/** Makes what lies in the folder of pictures known to the document, each as `id:name`, and its types to the file. */
function relate(zip: PizZip, media: readonly string[], endings: readonly (keyof typeof TYPES)[]): void {
  const into = (name: string, before: string, added: string) => {
    const text = zip.file(name)?.asText()
    if (text !== undefined) zip.file(name, text.replace(before, `${added}${before}`))
  }
  const all = media.map((one) => {
    const [id = '', target = ''] = one.split(':')
    return `<Relationship Id="${id}" Type="${OFFICE}/image" Target="media/${target}"/>`
  })
  into('word/_rels/document.xml.rels', '</Relationships>', all.join(''))
  for (const ending of endings) {
    const isKnown = zip.file('[Content_Types].xml')?.asText().includes(`Extension="${ending}"`)
    if (!isKnown)
      into(
        '[Content_Types].xml',
        '</Types>',
        `<Default Extension="${ending}" ContentType="${TYPES[ending]}"/>`,
      )
  }
}

/** More than any document of an office has. */
const MOST_PARTS = 200
const MOST_SIGNS = 50 * 2 ** 20

/** Something is fetched from elsewhere when it is opened: by a relationship that is no link for people, or by a field. */
function leadsOutside(xml: string): boolean {
  const relationships = xml.match(/<Relationship\b[^>]*>/g) ?? []
  const isOutside = (one: string) =>
    /TargetMode\s*=\s*["']External["']/i.test(one) && !/Type\s*=\s*["'][^"']*\/hyperlink["']/.test(one)
  const fields = [...xml.matchAll(/<w:instrText\b[^>]*>([^<]*)<|\bw:instr\s*=\s*"([^"]*)"/g)]
  const isFetched = ([, text = '', attribute = '']: RegExpMatchArray) =>
    /\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT)\b/i.test(text + attribute)
  return relationships.some(isOutside) || fields.some(isFetched)
}

function lookedThrough(template: Uint8Array): WriterTold {
  const fault = (tag: string, what: TemplateFault['fault']) => ({ tags: [], faults: [{ tag, fault: what }] })
  let zip: PizZip
  try {
    zip = new PizZip(template)
  } catch {
    return fault('', 'broken')
  }
  const names = Object.keys(zip.files)
  if (!names.includes('word/document.xml')) return fault('', 'broken')
  const macro = names.find((name) => /vbaProject|vbaData|\.bin$|activeX|embeddings\//i.test(name))
  if (macro) return fault(macro, 'macro')
  if (names.length > MOST_PARTS) return fault('', 'broken')
  let unpacked = 0
  for (const name of names.filter((one) => /\.(xml|rels)$/i.test(one))) {
    const text = zip.file(name)?.asText() ?? ''
    // The directory of a file may name one part a thousand times.
    unpacked += text.length
    // Parts in two-byte signs would pass by what is looked for.
    if (unpacked > MOST_SIGNS || text.includes('\u0000')) return fault(name, 'broken')
    if (/<!DOCTYPE|<!ENTITY/i.test(text)) return fault(name, 'entity')
    if (/macroEnabled/.test(text)) return fault(name, 'macro')
    if (leadsOutside(text)) return fault(name, 'outside')
  }
  return tagsIn(zip)
}

interface PartTags {
  readonly tags: Tags
}
interface HasTags {
  getTags(): { document?: PartTags; headers: readonly PartTags[]; footers: readonly PartTags[] }
}

function tagsIn(zip: PizZip): WriterTold {
  let found: Tags
  try {
    // Its types leave it out.
    const { document, headers, footers } = (new Docxtemplater(zip, OPTIONS) as unknown as HasTags).getTags()
    found = Object.assign({}, ...[document, ...headers, ...footers].map((part) => part?.tags ?? {}))
  } catch (error) {
    return { tags: [], faults: faultsIn(error) }
  }
  const { all, strange } = strangersIn(found, isWord)
  return { tags: all, faults: strange.map((tag) => ({ tag, fault: 'unknown' as const })) }
}

interface Told {
  readonly properties?: {
    readonly id?: string
    readonly xtag?: string
    readonly errors?: readonly Told[]
  }
}

/** Every fault that the templates' library has found, each with its tag. */
function faultsIn(error: unknown): TemplateFault[] {
  const { properties } = error as Told
  const all = properties?.errors ?? [error as Told]
  return all.map(({ properties: one }) => ({
    tag: String(one?.xtag ?? ''),
    fault: /unclosed_tag/.test(one?.id ?? '')
      ? 'unclosed'
      : /unopened_tag/.test(one?.id ?? '')
        ? 'unopened'
        : /loop|closing/.test(one?.id ?? '')
          ? 'loop'
          : 'broken',
  }))
}
