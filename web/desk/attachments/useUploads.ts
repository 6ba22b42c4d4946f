import { onScopeDispose, shallowReactive } from 'vue'
import { MAX_ATTACHMENT_BYTES, MAX_ATTACHMENTS } from '../../../shared/desk/attachments/attachments-rules.ts'
import { kindOfName } from '../../../shared/people/files/files-rules.ts'
import { useWords } from '../../base/i18n.ts'
import { upload } from './upload.ts'

/** A file on its way to the server, or one that did not get there. */
export interface Upload {
  readonly key: number
  readonly file: File
  /** 0 to 1. */
  readonly share: number
  /** Why it was refused; null while it is under way. */
  readonly refusal: string | null
  readonly mayRetry: boolean
}

/** Sends files one after another; what is plainly too large or of another kind is not sent at all. */
export function useUploads(rectificationId: () => number, done: () => unknown) {
  const { t } = useWords()
  const uploads = shallowReactive(new Map<number, Upload>())
  let serial = 0
  let queue = Promise.resolve()
  let isGone = false
  onScopeDispose(() => {
    isGone = true
  })

  function set(key: number, change: Partial<Upload>): void {
    const before = uploads.get(key)
    if (before) uploads.set(key, { ...before, ...change })
  }

  function refuse(file: File, count: number): string | null {
    if (count >= MAX_ATTACHMENTS) return t('attachments.full', { n: MAX_ATTACHMENTS })
    if (file.size > MAX_ATTACHMENT_BYTES) return t('attachments.tooLarge')
    return kindOfName(file.name) === null ? t('attachments.wrongKind') : null
  }

  async function send(key: number): Promise<void> {
    const one = uploads.get(key)
    if (!one || isGone) return
    const answer = await upload(rectificationId(), one.file, (share) => set(key, { share }))
    if ('attachment' in answer) {
      uploads.delete(key)
      await done()
    } else {
      set(key, { refusal: answer.refusal ?? t('attachments.failed'), mayRetry: answer.refusal === null })
    }
  }

  const enqueue = (key: number) => {
    queue = queue.then(() => send(key))
  }

  return {
    uploads,
    /** @param count how many attachments there are already. */
    add(files: Iterable<File>, count: number): void {
      let total = count
      for (const file of files) {
        serial += 1
        const refusal = refuse(file, total)
        uploads.set(serial, { key: serial, file, share: 0, refusal, mayRetry: false })
        if (refusal !== null) continue
        total += 1
        enqueue(serial)
      }
    },
    retry(key: number): void {
      set(key, { refusal: null, share: 0 })
      enqueue(key)
    },
    dismiss: (key: number) => uploads.delete(key),
  }
}
