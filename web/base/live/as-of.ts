import { computed, hasInjectionContext, type InjectionKey, inject, type Ref } from 'vue'

/** The instant that a page stands at (epoch ms), where that is not now. */
export const AS_OF: InjectionKey<Readonly<Ref<number>>> = Symbol('as of')
const NOW: Readonly<Ref<null>> = computed(() => null)

/** The past instant that this part of the screen shows; null: it shows now. Nothing is done on the strength of the past. */
export function useAsOf(): Readonly<Ref<number | null>> {
  return (hasInjectionContext() ? inject(AS_OF, null) : null) ?? NOW
}
