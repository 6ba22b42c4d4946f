import { type InjectionKey, inject, provide, type Ref, ref, type ShallowRef, shallowRef, watch } from 'vue'
import { readDraft, writeDraft } from './store.ts'

/** What is being written in one form and not sent yet. */
export interface Drafts {
  /** A field whose value is kept while it differs from `initial`; any JSON. Never one that holds a secret. */
  field<T>(key: string, initial: T): Ref<T>
  /** Some fields begin with what was written before a reload or a closed form. */
  readonly isRestored: Readonly<ShallowRef<boolean>>
  /** Begins anew: it was sent, or is not wanted. */
  clear(): void
}

const DRAFTS: InjectionKey<Drafts> = Symbol('drafts')

/**
 * Keeps what is written in a form until it is sent, per person and tab: through restarts of the server, reloads and
 * an accidental press on Escape. The forms within it find it by `useDraftField`.
 * @param name what is written about, as in `alert.12.comment`: two forms of one name share a draft.
 */
export function useDrafts(name: string): Drafts {
  const isRestored = shallowRef(false)
  const kept: Record<string, unknown> = { ...readDraft(name) }
  const resets: (() => void)[] = []
  const drafts: Drafts = {
    isRestored,
    field<T>(key: string, initial: T) {
      const wasKept = Object.hasOwn(kept, key)
      if (wasKept) isRestored.value = true
      const field = ref(wasKept ? kept[key] : initial) as Ref<T>
      const first = JSON.stringify(initial)
      watch(
        field,
        (value) => {
          if (JSON.stringify(value) === first) delete kept[key]
          else kept[key] = value
          writeDraft(name, kept)
        },
        { deep: true, flush: 'sync' },
      )
      resets.push(() => {
        field.value = first === undefined ? initial : (JSON.parse(first) as T)
      })
      return field
    },
    clear() {
      for (const reset of resets) reset()
      for (const key of Object.keys(kept)) delete kept[key]
      writeDraft(name, kept)
      isRestored.value = false
    },
  }
  provide(DRAFTS, drafts)
  return drafts
}

/** A field of the draft that the form belongs to; where it belongs to none, one that lives as long as the form. */
export function useDraftField<T>(key: string, initial: T): Ref<T> {
  return inject(DRAFTS, null)?.field(key, initial) ?? (ref(initial) as Ref<T>)
}

/** The draft that the part belongs to, if any. */
export function useDraft(): Drafts | null {
  return inject(DRAFTS, null)
}
