import {
  type ComputedRef,
  computed,
  type Ref,
  ref,
  type ShallowRef,
  shallowReadonly,
  shallowRef,
  watch,
} from 'vue'

export interface Edited<S, T> {
  /** What is being changed; null until what is stored is there. */
  readonly form: Ref<T | null>
  /** What it was made from: sent back with it, so that a change of somebody else's meanwhile is not lost. */
  readonly from: Readonly<ShallowRef<S | null>>
  readonly isChanged: ComputedRef<boolean>
  /** Begins anew from what is stored now. */
  reset(): void
  /** Goes on from what was stored just now. */
  show(stored: S): void
}

/**
 * Something stored that a page lets people change in place. What others change meanwhile is shown at once, but does not
 * take away what is being typed.
 * @param of makes what is edited.
 * @param normal what of it counts as a change; all of it unless told.
 */
export function useEdited<S, T>(
  stored: () => S | undefined,
  of: (stored: S) => T,
  normal: (form: T) => unknown = (form) => form,
): Edited<S, T> {
  const form = ref(null) as Ref<T | null>
  const from = shallowRef<S | null>(null)
  const textOf = (one: T) => JSON.stringify(normal(one))
  const isChanged = computed(
    () => from.value !== null && form.value !== null && textOf(form.value) !== textOf(of(from.value)),
  )
  function show(now: S): void {
    from.value = now
    form.value = JSON.parse(JSON.stringify(of(now)))
  }
  function reset(): void {
    const now = stored()
    if (now !== undefined) show(now)
  }
  watch(stored, () => isChanged.value || reset(), { immediate: true })
  return { form, from: shallowReadonly(from), isChanged, reset, show }
}
