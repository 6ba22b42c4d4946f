import { endpoints } from 'virtual:endpoints'
import type { Problem } from '../../../shared/base/errors.ts'
import type { Attachment } from '../../../shared/desk/attachments/attachments.ts'
import { addressOf } from '../../base/call.ts'
import { locale } from '../../base/i18n.ts'

/** What came of an upload: the attachment, or a sentence that says why not (null: the network). */
export type Uploaded = { readonly attachment: Attachment } | { readonly refusal: string | null }

/** So long without a byte sent or an answer, and the upload is given up. */
const SILENCE_MS = 60_000

/**
 * Sends a file to a rectification. By XMLHttpRequest, as `fetch` does not tell how far it is.
 * @param progress called with the share that is sent, 0 to 1.
 */
export function upload(
  rectificationId: number,
  file: File,
  progress: (share: number) => void,
): Promise<Uploaded> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    const query = { name: file.name, type: file.type }
    request.open(
      endpoints.attach.method,
      addressOf(endpoints.attach.path, { params: { id: rectificationId }, query }),
    )
    request.setRequestHeader('accept', 'application/json')
    request.setRequestHeader('accept-language', locale.value)
    request.setRequestHeader('content-type', endpoints.attach.takes)
    request.onload = () => resolve(read(request))
    // Of a large file on a slow line only silence tells: each piece that is sent begins the wait anew.
    let silence = setTimeout(() => request.abort(), SILENCE_MS)
    request.upload.onprogress = ({ loaded, total }) => {
      clearTimeout(silence)
      silence = setTimeout(() => request.abort(), SILENCE_MS)
      progress(total > 0 ? loaded / total : 0)
    }
    request.onloadend = () => clearTimeout(silence)
    request.onerror = () => resolve({ refusal: null })
    request.onabort = () => resolve({ refusal: null })
    request.send(file)
  })
}

function read(request: XMLHttpRequest): Uploaded {
  try {
    const answer: unknown = JSON.parse(request.responseText)
    if (request.status === 200) return { attachment: answer as Attachment }
    return { refusal: (answer as Problem).detail }
  } catch {
    return { refusal: null }
  }
}
