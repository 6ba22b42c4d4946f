import { shallowRef } from 'vue'

/** Whether the help about keys is open, on whatever page. */
export const isHelpOpen = shallowRef(false)
