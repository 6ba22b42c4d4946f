import { decodePage } from '../../../read/page/decode.ts'
import { type FileText, MOST_TEXT, textOfDocx, textOfXlsx } from './office.ts'
import { textOfPdf } from './pdf.ts'
import { unpacksToTooMuch } from './pdf-streams.ts'

/** Why the words of a file are not known: keys of the reasons of the family. */
export type NoText = 'fileTooLarge' | 'lockedFile' | 'oldFormat' | 'notText' | 'damagedFile'

/** CFB, which holds files of the programs of the 1990s and those of today that are encrypted. */
const CFB = 'd0cf11e0'
const ENCRYPTED_PACKAGE = Buffer.from('EncryptedPackage', 'utf16le')
/** What a text has none of. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const NO_TEXT = /[\x00-\x08\x0e-\x1a\x1c-\x1f]/
const TEXT_TYPE = /^text\/(?:plain|csv)/i
const TEXT_NAME = /\.(?:txt|csv)$/i

/**
 * The words of a file, told by what it is and not by its name: .docx, .xlsx, .pdf, and plain text that says so.
 * A bomb, a broken or an encrypted one costs no more than a glance.
 */
export async function textOfFile(
  bytes: Uint8Array,
  { name, type }: { readonly name: string; readonly type: string },
): Promise<FileText | NoText> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const head = buffer.subarray(0, 4).toString('hex')
  if (head === '504b0304') return textOfDocx(buffer) ?? textOfXlsx(buffer) ?? 'notText'
  if (head === CFB) return buffer.includes(ENCRYPTED_PACKAGE) ? 'lockedFile' : 'oldFormat'
  if (buffer.subarray(0, 1_024).includes('%PDF-')) {
    return unpacksToTooMuch(buffer) ? 'fileTooLarge' : ((await textOfPdf(buffer)) ?? 'damagedFile')
  }
  if (!TEXT_TYPE.test(type) && !TEXT_NAME.test(name)) return 'notText'
  const { text } = decodePage(buffer, type)
  if (NO_TEXT.test(text.slice(0, 4_096))) return 'notText'
  return { text: text.slice(0, MOST_TEXT).replaceAll(',', '\t'), isCut: text.length > MOST_TEXT }
}
