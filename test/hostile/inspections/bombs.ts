import { once } from 'node:events'
import { createDeflate, deflateSync } from 'node:zlib'
import { strToU8, zipSync } from 'fflate'

/* Files that cost little to send and much to open, in three megabytes at most: as many as are fetched of one. */

const MB = 2 ** 20
const MOST = 3_000_000

/** So many megabytes of one thing, packed. */
async function packed(megabytes: number, unit: string): Promise<Buffer> {
  const deflate = createDeflate({ level: 9 })
  const parts: Buffer[] = []
  deflate.on('data', (part: Buffer) => parts.push(part))
  const piece = Buffer.from(unit.repeat(Math.ceil(MB / unit.length)))
  for (let n = 0; n < megabytes; n++) if (!deflate.write(piece)) await once(deflate, 'drain')
  deflate.end()
  await once(deflate, 'end')
  return Buffer.concat(parts)
}

type Part = string | readonly [dictionary: string, stream: Uint8Array]

function pdf(parts: readonly Part[]): Uint8Array {
  const all: Buffer[] = [Buffer.from('%PDF-1.4\n')]
  let length = 9
  const places = parts.map((part, at) => {
    const [head, stream] = typeof part === 'string' ? [part, null] : part
    const body = stream
      ? [Buffer.from(`${at + 1} 0 obj\n${head}\nstream\n`), stream, Buffer.from('\nendstream\nendobj\n')]
      : [Buffer.from(`${at + 1} 0 obj\n${head}\nendobj\n`)]
    const place = length
    for (const one of body) length += one.length
    all.push(...body.map((one) => Buffer.from(one)))
    return `${String(place).padStart(10, '0')} 00000 n \n`
  })
  all.push(
    Buffer.from(
      `xref\n0 ${parts.length + 1}\n0000000000 65535 f \n${places.join('')}trailer\n<< /Size ${parts.length + 1} /Root 1 0 R >>\nstartxref\n${length}\n%%EOF`,
    ),
  )
  return Buffer.concat(all)
}

const page = (resources: string): Part[] => [
  '<< /Type /Catalog /Pages 2 0 R >>',
  '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
  `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << ${resources} >> >>`,
]
const stream = (bytes: Uint8Array, more = ''): Part => [`<< /Length ${bytes.length} ${more} >>`, bytes]
const FLATE = '/Filter /FlateDecode'
const FONT: Part = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'

/** Forms that show the next one ten times each. */
const forms = (depth: number): Part[] =>
  Array.from({ length: depth }, (_, n) => {
    const next = n + 6
    const body = Buffer.from(n < depth - 1 ? `/X${next} Do `.repeat(10) : 'BT (x) Tj ET')
    const within = n < depth - 1 ? `/X${next} ${next} 0 R` : ''
    return stream(
      body,
      `/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << ${within} >> >>`,
    )
  })

const sheet = (cells: string) => `<?xml version="1.0"?><worksheet><sheetData>${cells}</sheetData></worksheet>`
const zipped = (parts: Readonly<Record<string, Uint8Array>>) => zipSync(parts, { level: 9 }).subarray(0, MOST)

/** By name: a file and what it is called. */
export const BOMBS: Readonly<Record<string, () => Promise<readonly [name: string, bytes: Uint8Array]>>> = {
  'a document of 200 MB': async () => ['a.docx', zipped({ 'word/document.xml': new Uint8Array(200 * MB) })],
  'a document of 900 parts': async () => [
    'a.docx',
    zipped(
      Object.fromEntries(
        Array.from({ length: 900 }, (_, n) => [`word/header${n}.xml`, new Uint8Array(2 * MB)]),
      ),
    ),
  ],
  'a document of tags without end': async () => [
    'a.docx',
    zipped({ 'word/document.xml': strToU8('<w:p>'.repeat(6_000_000)) }),
  ],
  'a workbook of 100 MB': async () => [
    'a.xlsx',
    zipped({
      'xl/worksheets/sheet1.xml': strToU8(sheet('<row><c r="A1"><v>1</v></c></row>'.repeat(3_000_000))),
    }),
  ],
  'a workbook that says one long word in every cell': async () => [
    'a.xlsx',
    zipped({
      'xl/sharedStrings.xml': strToU8(`<sst><si><t>${'甲'.repeat(500_000)}</t></si></sst>`),
      'xl/worksheets/sheet1.xml': strToU8(sheet('<row><c t="s"><v>0</v></c></row>'.repeat(200_000))),
    }),
  ],
  'a row without end': async () => [
    'a.xlsx',
    zipped({
      'xl/worksheets/sheet1.xml': strToU8(
        sheet(`<row>${'<c r="ZZZ1"><v>13800138000</v></c>'.repeat(100_000)}</row>`),
      ),
    }),
  ],
  'a list of telephones on one line': async () => ['a.csv', strToU8('李丽13800138000,'.repeat(100_000))],
  'a list of digits': async () => ['a.txt', strToU8('4 2 '.repeat(700_000))],
  'a file of comments': async () => ['a.pdf', strToU8('<!---->'.repeat(400_000))],
  'a PDF of 2 GB of blanks': async () => [
    'a.pdf',
    pdf([...page(''), stream(await packed(2_000, ' '), FLATE)]),
  ],
  'a PDF of 600 MB of words': async () => [
    'a.pdf',
    pdf([
      ...page('/Font << /F1 5 0 R >>'),
      stream(await packed(600, 'BT /F1 9 Tf (12345678901) Tj ET\n'), FLATE),
      FONT,
    ]),
  ],
  'a PDF that is packed twice': async () => {
    const bytes = deflateSync(await packed(2_000, ' '), { level: 9 })
    return ['a.pdf', pdf([...page(''), stream(bytes, '/Filter [/FlateDecode /FlateDecode]')])]
  },
  'a PDF of forms within forms': async () => [
    'a.pdf',
    pdf([...page('/XObject << /X5 5 0 R >>'), stream(Buffer.from('/X5 Do')), ...forms(9)]),
  ],
  'a PDF with a table of signs of 1.5 GB': async () => [
    'a.pdf',
    pdf([
      ...page('/Font << /F1 5 0 R >>'),
      stream(Buffer.from('BT /F1 12 Tf (aaaa) Tj ET')),
      '<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /ToUnicode 6 0 R /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>] >>',
      stream(await packed(1_500, ' '), FLATE),
    ]),
  ],
}
