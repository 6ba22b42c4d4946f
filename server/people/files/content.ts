import { fileTypeFromBuffer } from 'file-type'
import { cut, storable } from '../../../shared/base/text.ts'
import { FILE_KINDS, kindOfName } from '../../../shared/people/files/files-rules.ts'
import { Refusal } from '../../base/refusal.ts'

/** What somebody says that a file is. */
export interface Claim {
  readonly name: string
  /** As the browser has it; empty where it does not know. */
  readonly type: string
}

/** What a file is: a clean name and the type that it is served as. */
export interface Checked {
  readonly name: string
  readonly type: string
}

/**
 * Makes sure that a file is what it says it is: its name, the type given with it and its content have to agree.
 * @throws Refusal invalid, with what does not fit.
 */
export async function checkContent(bytes: Buffer, claim: Claim): Promise<Checked> {
  const name = cleanName(claim.name)
  const end = kindOfName(name)
  if (end === null) {
    const ends = Object.keys(FILE_KINDS)
    throw new Refusal('invalid', 'attachments.kindFileNotTaken', { values: { name, ends } })
  }
  if (bytes.length === 0) {
    throw new Refusal('invalid', 'attachments.fileEmpty', { values: { name } })
  }
  const { type, content } = FILE_KINDS[end]
  const found = await contentOf(bytes)
  if (found !== content) {
    throw found === 'unknown'
      ? new Refusal('invalid', 'attachments.contentUnknown', { values: { name } })
      : new Refusal('invalid', 'attachments.contentIsOther', { values: { name, found } })
  }
  if (!agrees(claim.type, type, content)) {
    throw new Refusal('invalid', 'attachments.typeGiven', { values: { name, type: claim.type } })
  }
  return { name, type }
}

/** What a file's content is: a media type, `text`, or `unknown`. */
export async function contentOf(bytes: Buffer): Promise<string> {
  const found = await fileTypeFromBuffer(bytes)
  if (found) return found.mime
  return isText(bytes) ? 'text' : 'unknown'
}

/** Systems without an office program call its files anything, if only nothing else that is taken. */
function agrees(claimed: string, type: string, content: string): boolean {
  const plain = claimed.split(';')[0]?.trim().toLowerCase() ?? ''
  if (plain === '' || plain === 'application/octet-stream' || plain === type) return true
  if (content === 'text') return plain.startsWith('text/') || plain === 'application/vnd.ms-excel'
  if (content === 'application/x-cfb') return plain.startsWith('application/') && plain !== 'application/pdf'
  return false
}

/** No name of a folder, no control characters, no marks that turn the direction of reading and so hide the end of a name. */
export function cleanName(name: string): string {
  const last = name.split(/[/\\]/).at(-1) ?? ''
  const clean = last.replace(/[\p{Cc}\p{Cf}]/gu, '').trim()
  if (clean.length <= 120) return storable(clean)
  const end = cut(clean.slice(clean.lastIndexOf('.')), 10)
  return cut(clean, 120 - end.length) + end
}

/** Text in UTF-8, UTF-16 with its mark, or GBK: it has no control characters but those of lines and tabs. */
function isText(bytes: Buffer): boolean {
  const isUtf16 = bytes.length >= 2 && [0xfffe, 0xfeff].includes(bytes.readUInt16BE(0))
  const encodings = isUtf16 ? ['utf-16le', 'utf-16be'] : ['utf-8', 'gb18030']
  return encodings.some((encoding) => {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      return !/[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]/.test(text)
    } catch {
      return false
    }
  })
}
