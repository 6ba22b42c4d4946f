import { shallowRef } from 'vue'
import { useSubmit } from '../useSubmit.ts'

/**
 * A spreadsheet that is looked at first and loaded when somebody says so.
 * @param load sends it: `isDry` to be looked at only.
 * @param then after it was looked at or loaded.
 */
export function useSheet<Result>(
  load: (file: File, isDry: boolean) => Promise<Result>,
  then: (result: Result) => void,
) {
  const file = shallowRef<File | null>(null)
  const result = shallowRef<Result | null>(null)
  const { isBusy, refusal, submit } = useSubmit(async (isDry: boolean) => {
    if (!file.value) return
    try {
      result.value = await load(file.value, isDry)
    } catch (error) {
      // What was said of another state of things holds no longer.
      result.value = null
      throw error
    }
    then(result.value)
  })
  /** @param isTaken whether it is a file that may be sent at all. */
  function choose(chosen: File, isTaken: boolean): void {
    file.value = chosen
    result.value = null
    if (isTaken) void submit(true)
  }
  return { file, result, isBusy, refusal, submit, choose }
}
