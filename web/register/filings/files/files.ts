import { endpoints } from 'virtual:endpoints'
import { isImage } from '../../../../shared/people/files/files-rules.ts'
import type { FilingFile } from '../../../../shared/register/filings/filings.ts'
import { MOST_FILING_FILE_BYTES } from '../../../../shared/register/filings/filings-rules.ts'
import { addressOf, CallError, call } from '../../../base/call.ts'
import { t } from '../../../base/i18n.ts'

/** Where a document is: a picture is shown, all else saved. */
export const addressOfFile = (file: FilingFile): string =>
  addressOf(endpoints.filingFile.path, {
    params: { id: file.id },
    query: isImage(file) ? { inline: 'true' } : {},
  })

/** Sends documents to a filing, one after the other. @returns why one was not taken, which ends it; null: all are there */
export async function sendFiles(filingId: number, files: readonly File[]): Promise<string | null> {
  for (const file of files) {
    if (file.size > MOST_FILING_FILE_BYTES) return t('filings.fileLarge', { name: file.name })
    try {
      const query = { name: file.name, type: file.type }
      await call('addFilingFile', { params: { id: filingId }, query, body: undefined, file })
    } catch (error) {
      if (error instanceof CallError) return error.message
      throw error
    }
  }
  return null
}
