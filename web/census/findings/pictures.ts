import { endpoints } from 'virtual:endpoints'
import { MOST_PICTURE_BYTES, PICTURE_ENDS } from '../../../shared/census/findings/findings-rules.ts'
import { addressOf, CallError, call } from '../../base/call.ts'
import { t } from '../../base/i18n.ts'

/** What a file dialog offers. */
export const ACCEPTED = PICTURE_ENDS.map((end) => `.${end}`).join()

export const addressOfPicture = (id: number): string => addressOf(endpoints.picture.path, { params: { id } })

/** Sends screenshots to a finding, one after the other. @returns why one was not taken, which ends it; null: all are there */
export async function sendPictures(findingId: number, files: readonly File[]): Promise<string | null> {
  for (const file of files) {
    if (file.size > MOST_PICTURE_BYTES) return t('findings.pictureLarge', { name: file.name })
    try {
      const query = { name: file.name, type: file.type }
      await call('addPicture', { params: { id: findingId }, query, body: undefined, file })
    } catch (error) {
      if (error instanceof CallError) return error.message
      throw error
    }
  }
  return null
}
