import { computed } from 'vue'
import { MINUTE } from '../../../../shared/base/time.ts'
import { now } from '../../clock.ts'

/** The current minute (epoch ms): for lists that the clock can re-order, which need not think each second. */
export const minute = computed(() => Math.floor(now.value / MINUTE) * MINUTE)
