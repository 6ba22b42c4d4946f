import { computed, type Ref, ref, type ShallowRef, watch } from 'vue'

/** Something written by hand, and what it means. */
export interface Typed {
  readonly typed: Ref<string>
  /** Why its form is not sent; '' while nothing is wrong. */
  readonly fault: Readonly<Ref<string>>
  /** Says what it means so far. */
  tell(): void
  /** Writes out what was understood, and says it. */
  finish(): void
}

/**
 * A field that is typed into freely and means one of a kind: a day, a time.
 * @param value what it means; '' while that is nothing.
 * @param parse null where a text is none of the kind; @param faultOf what is wrong with a text that is not empty.
 * @param shown how a meaning is written in the field.
 */
export function useTyped(
  value: Ref<string>,
  field: Readonly<ShallowRef<HTMLInputElement | null>>,
  {
    parse,
    faultOf,
    shown = (text) => text,
  }: {
    parse: (text: string) => string | null
    faultOf: (found: string | null) => string
    shown?: (text: string) => string
  },
): Typed {
  const typed = ref(shown(value.value))
  const fault = computed(() => (typed.value.trim() === '' ? '' : faultOf(parse(typed.value))))
  watch(value, (next) => {
    // What is being typed stays as it is while it means the same.
    if (next !== (parse(typed.value) ?? '')) typed.value = shown(next)
  })
  watch([fault, field], () => field.value?.setCustomValidity(fault.value), { flush: 'post' })
  function tell(): void {
    value.value = parse(typed.value) ?? ''
  }
  function finish(): void {
    const found = parse(typed.value)
    if (found !== null) typed.value = shown(found)
    tell()
  }
  return { typed, fault, tell, finish }
}
