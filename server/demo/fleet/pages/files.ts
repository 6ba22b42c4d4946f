import { zipSync } from 'fflate'
import { chance } from '../../cast/random.ts'

const text = (words: string) => Buffer.from(words)
const PDF = text('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n')
const ZIP = Buffer.from(zipSync({ 'form.txt': text('表格') }))
const SECTOR = 512

/** An office file of before 2007: a container of sectors whose directory is in the second. */
function container(): Buffer {
  const bytes = Buffer.alloc(5 * SECTOR)
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(bytes)
  bytes.writeUInt16LE(9, 30)
  bytes.writeUInt32LE(1, 48)
  return bytes
}

const FILES: Readonly<Record<string, { readonly type: string; readonly body: Buffer }>> = {
  doc: { type: 'application/msword', body: container() },
  xls: { type: 'application/vnd.ms-excel', body: container() },
  pdf: { type: 'application/pdf', body: PDF },
  zip: { type: 'application/zip', body: ZIP },
}
const PAGE = text(
  '<!DOCTYPE html><html><head><title>提示</title></head><body>文件不存在或已删除</body></html>',
)

/** What is wrong with a form of a site: of one in 25 a page comes in the place of a file, of another half of a file is missing. */
export function formFault(n: number, ending: string, salt: number): 'html' | 'truncated' | null {
  if (n === 3 && chance(salt, 102) < 0.04) return 'html'
  return n === 4 && ending === 'zip' && chance(salt, 103) < 0.04 ? 'truncated' : null
}

/** A form that is there, by its address; null for any other address. */
export function formFile(
  path: string,
  salt: number,
): { readonly type: string; readonly body: Buffer } | null {
  const [, n = '', ending = ''] = /^\/files\/form-([1-8])\.(\w{3})$/.exec(path) ?? []
  const file = FILES[ending]
  if (!file) return null
  const fault = formFault(Number(n), ending, salt)
  if (fault === 'html') return { ...file, body: PAGE }
  return fault === 'truncated' ? { ...file, body: file.body.subarray(0, file.body.length / 2) } : file
}
