import { signal, useSoundGate } from '../notifications/sound.ts'
import { worstOf } from '../notifications/tones.ts'
import { useNewAlerts } from '../notifications/useNewAlerts.ts'
import { preferences } from '../preferences.ts'

/** Sounds the signal of new alerts on the wall, if its screen was told to. */
export function useWallSignal(): void {
  useSoundGate()
  useNewAlerts(
    () => preferences.alarm.sound,
    (alerts) => {
      const worst = worstOf(alerts)
      if (worst) void signal(worst)
    },
  )
}
