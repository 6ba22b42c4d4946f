import { CallError } from '../../../call.ts'
import { useDrafts } from '../../../drafts/useDrafts.ts'
import { toastError } from '../toasts.ts'
import { type Submit, useSubmit } from '../useSubmit.ts'
import type { Versioned } from './useActions.ts'

export interface StepFormOptions<T extends Versioned, I> {
  /** What the draft of it is called. */
  readonly draft: string
  /** As they were when the form was opened. */
  readonly things: readonly T[]
  /** Takes the step, and says so. @returns undefined when it was not begun. */
  send(input: I): Promise<unknown>
  /** The version of a thing by now; undefined when it is gone. */
  versionOf(id: number): number | undefined
  /** Whether the step is one with a version of the thing; without it, always. */
  readonly isOfVersion?: (input: I) => boolean
  close(): void
}

/**
 * The form of a step with one thing or with many. What was typed is kept until the step is taken; a refusal is said
 * in the form, where it can be sent again, unless the thing is another by now.
 */
export function useStepForm<T extends Versioned, I>({
  draft,
  things,
  send,
  versionOf,
  isOfVersion = () => true,
  close,
}: StepFormOptions<T, I>): Submit<[input: I]> {
  const drafts = useDrafts(draft)
  const [only] = things.length === 1 ? things : []
  const isOvertaken = (input: I) =>
    only !== undefined && isOfVersion(input) && versionOf(only.id) !== only.version
  return useSubmit(async (input: I) => {
    try {
      if ((await send(input)) === undefined) return
    } catch (error) {
      if (!(error instanceof CallError) || !isOvertaken(input)) throw error
      toastError(error)
      close()
      return
    }
    drafts.clear()
    close()
  })
}
