import { alarm } from '../../desk/notifications/alarm/preferences.ts'
import { signal, useSoundGate } from '../../desk/notifications/alarm/sound.ts'
import { worstOf } from '../../desk/notifications/alarm/tones.ts'
import { useNewAlerts } from '../../desk/notifications/alarm/useNewAlerts.ts'

/** Sounds the signal of new alerts on the wall, if its screen was told to. */
export function useWallSignal(): void {
  useSoundGate()
  useNewAlerts(
    () => alarm.sound,
    (alerts) => {
      const worst = worstOf(alerts)
      if (worst) void signal(worst)
    },
  )
}
