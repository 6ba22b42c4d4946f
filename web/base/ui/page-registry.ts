import { type ComputedRef, computed, onBeforeUnmount, onMounted, shallowReactive } from 'vue'

/** What the parts of a page give to something that stands above all pages, while they are open. */
export interface PageRegistry<T> {
  readonly all: ComputedRef<readonly T[]>
  /** Gives these from when the part is there until it has gone. */
  use(source: () => readonly T[]): void
}

export function makePageRegistry<T>(): PageRegistry<T> {
  const sources = shallowReactive(new Set<() => readonly T[]>())
  return {
    all: computed(() => [...sources].flatMap((source) => source())),
    use(source) {
      onMounted(() => sources.add(source))
      onBeforeUnmount(() => sources.delete(source))
    },
  }
}
