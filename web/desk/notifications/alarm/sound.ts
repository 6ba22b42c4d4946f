import { onScopeDispose, type Ref, readonly, ref, watch } from 'vue'
import type { Severity } from '../../../../shared/desk/alerts/alerts.ts'
import { alarm } from './preferences.ts'
import { SIGNALS } from './tones.ts'

/** Signals are made by the browser itself: no voice, no file and no network are needed. */
export const canSound = 'AudioContext' in globalThis

/** A browser lets no page sound before somebody has pressed something in it, unless it was told to. */
const blocked = ref(false)
export const isBlocked: Readonly<Ref<boolean>> = readonly(blocked)

/** A browser that wants a press first leaves the question open for ever. */
const ANSWER_MS = 500
let context: AudioContext | null = null

/** Asks whether this page may sound. */
async function open(): Promise<AudioContext | null> {
  if (!canSound) return null
  context ??= new AudioContext()
  if (context.state !== 'running') {
    await Promise.race([context.resume(), new Promise((resolve) => setTimeout(resolve, ANSWER_MS))])
  }
  blocked.value = context.state !== 'running'
  return blocked.value ? null : context
}

/** Sounds the signal of a severity. @returns whether it was heard, as far as a browser knows. */
export async function signal(severity: Severity): Promise<boolean> {
  const audio = await open()
  if (!audio) return false
  for (const { at, length, pitch, gain } of SIGNALS[severity]) {
    const begin = audio.currentTime + at
    const voice = new OscillatorNode(audio, { type: 'triangle', frequency: pitch })
    const loudness = new GainNode(audio, { gain: 0 })
    // Up and down in a hundredth of a second: a note that is cut off clicks.
    loudness.gain.setValueAtTime(0, begin)
    loudness.gain.linearRampToValueAtTime(gain, begin + 0.01)
    loudness.gain.setValueAtTime(gain, begin + length - 0.01)
    loudness.gain.linearRampToValueAtTime(0, begin + length)
    voice.connect(loudness).connect(audio.destination)
    voice.start(begin)
    voice.stop(begin + length)
  }
  return true
}

/** Keeps the page able to sound while it is wished: asks at once, and again at each press until it may. */
export function useSoundGate(): void {
  const ask = (): void => {
    if (alarm.sound && (context === null || context.state !== 'running')) void open()
  }
  watch(() => alarm.sound, ask, { immediate: true })
  const presses = ['pointerdown', 'keydown'] as const
  for (const press of presses) window.addEventListener(press, ask)
  onScopeDispose(() => {
    for (const press of presses) window.removeEventListener(press, ask)
  })
}
