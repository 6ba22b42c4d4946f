import { reactive, watch } from 'vue'
import type { Severity } from '../../../../shared/desk/alerts/alerts.ts'
import { SEVERITIES } from '../../../../shared/desk/alerts/alerts-rules.ts'
import { keep, kept } from '../../../base/preferences.ts'

/** How a browser tells of new alerts. */
export interface Alarm {
  notify: boolean
  speech: boolean
  /** Signals, which need no voice. */
  sound: boolean
  severities: Severity[]
}

/** As this browser has chosen. */
export const alarm = reactive<Alarm>(pick(kept().alarm))
watch(alarm, (chosen) => keep({ alarm: chosen }))

/** Off, and of critical alerts only, unless this browser has chosen otherwise. */
function pick(stored: unknown): Alarm {
  const { notify, speech, sound, severities } = (stored ?? {}) as Record<keyof Alarm, unknown>
  const chosen = Array.isArray(severities) ? SEVERITIES.filter((one) => severities.includes(one)) : []
  return {
    notify: notify === true,
    speech: speech === true,
    sound: sound === true,
    severities: chosen.length > 0 ? chosen : ['critical'],
  }
}
