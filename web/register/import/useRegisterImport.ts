import { computed, ref, shallowRef } from 'vue'
import type { Answers, RegisterImport } from '../../../shared/register/import/imports.ts'
import { call } from '../../base/call.ts'
import { useSubmit } from '../../base/ui/dialogs/useSubmit.ts'

/** The steps of loading a register: a file is checked, what it leaves open is answered, and then it is loaded. */
export function useRegisterImport() {
  const result = shallowRef<RegisterImport | null>(null)
  const answers = ref<Answers>({})
  /** Code of the place whose register it is said to be; empty: of that which it was checked for. */
  const area = ref('')
  const skipBad = ref(false)

  const rows = computed(() => {
    const { counts } = result.value ?? {}
    return counts ? counts.new + counts.changed + counts.same : 0
  })
  /** Another place is only taken by a check, which may ask other questions. */
  const isOfArea = computed(() => area.value === '' || area.value === result.value?.area?.code)
  /** Closing or moving sites is something to do, too, where every row is the same. */
  const mayApply = computed(
    () =>
      result.value?.state === 'checked' &&
      result.value.demo === 0 &&
      isOfArea.value &&
      (rows.value > 0 || Object.keys(answers.value).length > 0) &&
      (result.value.counts.wrong === 0 || skipBad.value),
  )

  const {
    isBusy,
    refusal,
    submit: run,
    forget,
  } = useSubmit(async (work: () => Promise<RegisterImport>) => {
    result.value = await work()
  })
  /** Another file begins anew; of one that is too large there is nothing. */
  async function choose(chosen: File, isTaken: boolean): Promise<void> {
    result.value = null
    answers.value = {}
    area.value = ''
    skipBad.value = false
    forget()
    const query = { dryRun: 'true', name: chosen.name } as const
    if (isTaken) await run(() => call('importRegister', { query, file: chosen }))
  }
  async function checkAgain(): Promise<void> {
    const { id } = result.value ?? {}
    if (id === undefined) return
    const body = { answers: answers.value, ...(area.value && { area: area.value }) }
    await run(() => call('answerImport', { params: { id }, body }))
  }
  async function apply(): Promise<void> {
    const { id } = result.value ?? {}
    if (id === undefined) return
    const body = { answers: answers.value, skipBad: skipBad.value }
    await run(() => call('applyImport', { params: { id }, body }))
  }
  return { result, answers, area, skipBad, isOfArea, mayApply, isBusy, refusal, choose, checkAgain, apply }
}
