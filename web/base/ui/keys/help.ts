import { shallowRef } from 'vue'
import { onLeave } from '../../forget.ts'

/** Whether the help about keys is open, on whatever page. */
export const isHelpOpen = shallowRef(false)
onLeave(() => {
  isHelpOpen.value = false
})
