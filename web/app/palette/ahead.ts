import { h } from 'vue'
import { isComposing, isPaletteOpen, typedAhead } from './open.ts'

/** Stands in the place of the palette while that is being fetched, and takes what is typed, which is no key of the page. */
export const PaletteAhead = () =>
  h('dialog', { class: 'pop ahead', open: true }, [
    h('input', {
      class: 'control',
      maxlength: 100,
      onVnodeMounted({ el }) {
        typedAhead.value = ''
        isComposing.value = false
        el?.focus()
      },
      onInput: ({ target }: Event) => {
        typedAhead.value = (target as HTMLInputElement).value
      },
      onCompositionstart: () => {
        isComposing.value = true
      },
      onCompositionend: () => {
        isComposing.value = false
      },
      onKeydown: ({ key }: KeyboardEvent) => {
        if (key === 'Escape') isPaletteOpen.value = false
      },
    }),
  ])
