import { inSlices } from '../../../../base/slices.ts'
import { decodePage } from '../../../read/page/decode.ts'
import { parsing } from '../../page/parsed.ts'
import { textOfOfd } from './ofd.ts'
import { type FileText, MOST_TEXT, textOfDocx } from './office.ts'
import { textOfPdf } from './pdf.ts'
import { unpacksToTooMuch } from './pdf-streams.ts'
import { textOfXlsx } from './workbook.ts'

/** Why the words of a file are not known: keys of the reasons of the family. */
export type NoText = 'fileTooLarge' | 'lockedFile' | 'oldFormat' | 'notText' | 'noWords' | 'damagedFile'

/** CFB, which holds files of the programs of the 1990s and those of today that are encrypted. */
const CFB = 'd0cf11e0'
const ENCRYPTED_PACKAGE = Buffer.from('EncryptedPackage', 'utf16le')
/** What a text has none of. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const NO_TEXT = /[\x00-\x08\x0e-\x1a\x1c-\x1f]/
const TEXT_TYPE = /^text\/(?:plain|csv)/i
const TEXT_NAME = /\.(?:txt|csv)$/i
/** Rich text, and pages with all that belongs to them in one: words, but in a form that is not read. */
const OLD_TEXT = /^\s{0,100}(?:\{\\rtf|MIME-Version:)/i
/** Tables that programs write as pages and call workbooks. */
const MARKUP = /^\ufeff?\s{0,100}<(?:!doctype|html|head|meta|body|div|style|table|\?xml|!--)/i

/**
 * The words of a file, told by what it is and not by its name: .docx, .xlsx, .pptx, .ofd, .pdf, pages that are called workbooks, and
 * plain text that says so.
 * A bomb, a broken or an encrypted one costs no more than a glance.
 */
export async function textOfFile(
  bytes: Uint8Array,
  { name, type }: { readonly name: string; readonly type: string },
): Promise<FileText | NoText> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const head = buffer.subarray(0, 4).toString('hex')
  if (head === '504b0304')
    return textOfDocx(buffer) ?? textOfXlsx(buffer) ?? textOfOfd(buffer) ?? whyNoText(buffer)
  if (head === CFB) return buffer.includes(ENCRYPTED_PACKAGE) ? 'lockedFile' : 'oldFormat'
  if (buffer.subarray(0, 1_024).includes('%PDF-')) {
    return unpacksToTooMuch(buffer) ? 'fileTooLarge' : ((await textOfPdf(buffer)) ?? 'damagedFile')
  }
  const start = buffer.toString('latin1', 0, 200)
  if (OLD_TEXT.test(start)) return 'oldFormat'
  if (MARKUP.test(start.replace(/^\u00ef\u00bb\u00bf/, ''))) return textOfMarkup(buffer, type)
  if (!TEXT_TYPE.test(type) && !TEXT_NAME.test(name)) return 'notText'
  const { text } = decodePage(buffer, type)
  if (NO_TEXT.test(text.slice(0, 4_096))) return 'notText'
  return { text: text.slice(0, MOST_TEXT).replace(/[,;]/g, '\t'), isCut: text.length > MOST_TEXT }
}

/** Where the list of what is packed begins, at the end of each whole archive. */
const END_OF_ZIP = Buffer.from('PK\u0005\u0006', 'latin1')
const whyNoText = (buffer: Buffer): NoText =>
  buffer.subarray(-65_557).includes(END_OF_ZIP) ? 'notText' : 'damagedFile'

/** Cells and rows of workbooks in XML, as a page would have them. */
const CELLS = [
  [/<(\/?)(?:ss:)?Cell\b/gi, '<$1td'],
  [/<(\/?)(?:ss:)?Row\b/gi, '<$1tr'],
] as const

async function textOfMarkup(buffer: Buffer, type: string): Promise<FileText> {
  const { text } = decodePage(buffer, type)
  const html = CELLS.reduce((said, [from, to]) => said.replace(from, to), text)
  const page = await inSlices(parsing(Buffer.from(html), 'text/html; charset=utf-8', 'http://file.invalid/'))
  return { text: page.text, isCut: page.isCut }
}
