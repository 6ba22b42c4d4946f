import { fileTypeFromBuffer } from 'file-type'

/**
 * What is wrong with a file that is offered for download. `html`: a page comes in its place; `otherType`: it is no file of the kind that
 * its name says; `servedAsText`: it is sent as text or a page, so that browsers show it instead of saving it.
 */
export const FILE_FAULTS = ['empty', 'html', 'otherType', 'truncated', 'servedAsText'] as const
export type FileFault = (typeof FILE_FAULTS)[number]

export interface OfferedFile {
  /** The last part of its address. */
  readonly name: string
  readonly contentType: string
  /** Browsers are told to believe that type. */
  readonly isNosniff?: boolean
  readonly bytes: Uint8Array
  /** Only its beginning was fetched. */
  readonly isCut: boolean
}

export type FileVerdict =
  | { readonly fault: FileFault; readonly is: string }
  | { readonly fault: null; readonly is: string; readonly isEncrypted: boolean }

/** Kinds of content that a name may stand for; files of one office program open in it whatever their ending is. */
const WORD = ['cfb', 'docx', 'rtf', 'docm', 'dotx']
const SHEET = ['cfb', 'xlsx', 'xlsm', 'xltx']
const SLIDES = ['cfb', 'pptx', 'pptm', 'ppsx']
const ZIPPED = ['zip', 'docx', 'xlsx', 'pptx', 'apk', 'jar', 'epub', 'odt', 'ods', 'odp']
const KINDS: Readonly<Record<string, readonly string[]>> = {
  ...{ doc: WORD, docx: WORD, wps: WORD, rtf: WORD },
  ...{ xls: SHEET, xlsx: SHEET, et: SHEET },
  ...{ ppt: SLIDES, pptx: SLIDES, dps: SLIDES },
  ...{ pdf: ['pdf'], ofd: ZIPPED, zip: ZIPPED, apk: ZIPPED },
  ...{ rar: ['rar'], '7z': ['7z'], gz: ['gz', 'tar.gz'] },
  ...{
    mp3: ['mp3'],
    mp4: ['mp4', 'm4v', 'mov'],
    wmv: ['asf', 'wmv'],
    flv: ['flv'],
    avi: ['avi'],
    exe: ['exe'],
  },
}
/** A page with its pictures in one file, which they save and open too. */
const ONE_FILE_PAGE = /^\s*MIME-Version:/i
const TEXTS = new Set(['txt', 'csv'])
/** Word and Excel save pages under their own endings, and open them. */
const OFFICE_PAGE =
  /urn:schemas-microsoft-com:office|<\?mso-application\s|ProgId\s*content=["']?(?:Word|Excel)/i
/**
 * A table and nothing else, as programs of offices export them under the ending of Excel, which asks and then opens it. What an error is
 * told by, a title, a heading or a link, stands in none.
 */
const EXPORTED =
  /^\s*(?:(?:<\/?(?:html|head|body|meta)\b[^>]*>|<style\b[^>]*>[^<]*<\/style>)\s*)*<table\b(?![\s\S]*<(?:a|h\d|script|form|iframe)\b)/i
const PAGE =
  /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->)[\s\S]){0,2000}-->\s*)*<(?:!doctype\s+html|html|head|body|title|script|meta)\b/i
const AS_TEXT = /^\s*(?:text\/(?:html|plain|xml)|application\/xhtml)/i
const LOOKED_AT = 4_096
/**
 * The types that old servers send of whatever they do not know (MIME Sniffing 5.1): browsers find out whether such a file is text by the
 * bytes that stand in none (7.2), and save it if it is not.
 */
const GUESSED_AS_TEXT = /^text\/plain(?:; charset=(?:ISO-8859-1|iso-8859-1|UTF-8))?$/
/** Below the blank the signs that texts have: tab, ends of lines and pages, escape. */
const IN_TEXTS: ReadonlySet<number> = new Set([9, 10, 12, 13, 27])
const SNIFFED = 1_445
const END_OF_PDF = 2_048
const END_OF_ZIP = 65_557

/** Excel and WPS open a page under these, and refuse it under the endings of packed files. */
const OLD_SHEETS = new Set(['xls', 'et'])
/** A cell alone is a notice in a frame of its own. */
const LEAST_CELLS = 2
const CELL = /<t[dh]\b/gi
const isExported = (head: string, bytes: number): boolean =>
  // What does not end here has more of them.
  EXPORTED.test(head) && (bytes > LOOKED_AT || (head.match(CELL)?.length ?? 0) >= LEAST_CELLS)

const extensionOf = (name: string): string => /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase() ?? ''

/** Says whether a file opens and is what its name and type say, by its bytes. Never throws, whatever is in them. */
export async function judgeFile(file: OfferedFile): Promise<FileVerdict> {
  const { name, bytes, isCut } = file
  if (bytes.length === 0) return { fault: 'empty', is: '' }
  const extension = extensionOf(name)
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const head = beginningOf(buffer)
  const is = (await typeOf(buffer, head)) ?? (PAGE.test(head) ? 'html' : 'text')
  const wanted = KINDS[extension]
  const isOfOffice = wanted === WORD || wanted === SHEET
  if (isOfOffice && ((is === 'xml' && OFFICE_PAGE.test(head)) || ONE_FILE_PAGE.test(head))) return well(is)
  if (OLD_SHEETS.has(extension) && isExported(head, bytes.length)) return well('html')
  if (is === 'html' || (is === 'xml' && PAGE.test(head))) {
    return (isOfOffice && OFFICE_PAGE.test(head)) || TEXTS.has(extension)
      ? well('html')
      : { fault: 'html', is: 'html' }
  }
  if (wanted && !wanted.includes(is)) return { fault: 'otherType', is }
  if (TEXTS.has(extension))
    return buffer.subarray(0, LOOKED_AT).includes(0) && !isWide(buffer)
      ? { fault: 'otherType', is }
      : well(is)
  if (isEncrypted(buffer, is)) return { fault: null, is, isEncrypted: true }
  if (!isCut && isTruncated(buffer, is)) return { fault: 'truncated', is }
  if (wanted && isShown(file, buffer)) return { fault: 'servedAsText', is }
  return well(is)
}

/** Browsers show it as a text or a page. */
function isShown({ contentType, isNosniff = false }: OfferedFile, buffer: Buffer): boolean {
  if (isNosniff || !GUESSED_AS_TEXT.test(contentType.trim())) return AS_TEXT.test(contentType)
  return (
    isWide(buffer) ||
    hasMark(buffer) ||
    !buffer.subarray(0, SNIFFED).some((byte) => byte < 0x20 && !IN_TEXTS.has(byte))
  )
}

const well = (is: string): FileVerdict => ({ fault: null, is, isEncrypted: false })

async function typeOf(buffer: Buffer, head: string): Promise<string | null> {
  // Readers look for it in the first 1,024 bytes; a page may speak of it there, but has not its end.
  const hasPdf = buffer.subarray(0, 1_024).includes('%PDF-')
  if (hasPdf && (!PAGE.test(head) || !isTruncated(buffer, 'pdf'))) return 'pdf'
  try {
    return (await fileTypeFromBuffer(buffer))?.ext ?? null
  } catch {
    // What cannot even be told apart is told by its first bytes alone.
    return buffer.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004' ? 'zip' : null
  }
}

/** In the encodings that pages come in; of UTF-16 every second byte says nothing. */
function beginningOf(buffer: Buffer): string {
  const head = buffer.subarray(0, LOOKED_AT)
  return (isWide(buffer) ? head.toString('utf16le') : head.toString('latin1')).replace(/^(?:\ufeff|ï»¿)/, '')
}

const isWide = (buffer: Buffer): boolean =>
  (buffer[0] === 0xff && buffer[1] === 0xfe) || (buffer[0] === 0xfe && buffer[1] === 0xff)

const hasMark = (buffer: Buffer): boolean => buffer[0] === 0xef && buffer[1] === 0xbb && buffer[2] === 0xbf

const isZip = (is: string): boolean => ZIPPED.includes(is) || /^(?:doc|xls|ppt)[xm]$/.test(is)

/** Said and not judged: what is in it nobody can see. An office file with a password is a container of another kind. */
function isEncrypted(buffer: Buffer, is: string): boolean {
  if (is === 'pdf') return /\/Encrypt\b/.test(buffer.toString('latin1', Math.max(0, buffer.length - 65_536)))
  if (is === 'cfb') return buffer.includes(Buffer.from('EncryptedPackage', 'utf16le'))
  return isZip(is) && buffer.length > 8 && (buffer.readUInt16LE(6) & 1) === 1
}

/** The end that a whole file has is not there. */
function isTruncated(buffer: Buffer, is: string): boolean {
  if (is === 'pdf') return !withoutBlanks(buffer).subarray(-END_OF_PDF).includes('%%EOF')
  if (isZip(is)) return !buffer.subarray(-END_OF_ZIP).includes('PK\u0005\u0006')
  if (is === 'cfb') return isCutContainer(buffer)
  if (is === '7z')
    return (
      buffer.length < 32 ||
      buffer.length < 32 + Number(buffer.readBigUInt64LE(12) + buffer.readBigUInt64LE(20))
    )
  return false
}

/** Without what servers and disks fill a file up with behind its end. */
function withoutBlanks(buffer: Buffer): Buffer {
  let end = buffer.length
  while (end > 0 && BLANKS.has(buffer[end - 1] ?? 0)) end--
  return buffer.subarray(0, end)
}

const BLANKS: ReadonlySet<number> = new Set([0, 9, 10, 12, 13, 32])

/** MS-CFB 2.2: size of its sectors, and the sector in which its directory begins. */
function isCutContainer(buffer: Buffer): boolean {
  if (buffer.length < 512) return true
  const shift = buffer.readUInt16LE(30)
  if (shift !== 9 && shift !== 12) return false
  const sector = 1 << shift
  return (buffer.readUInt32LE(48) + 2) * sector > buffer.length + sector - 1
}
