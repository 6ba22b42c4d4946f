import { ref } from 'vue'

/** Whether this browser can speak Chinese; its voices may come late. */
export const hasVoice = ref(findVoice() !== undefined)
globalThis.speechSynthesis?.addEventListener?.('voiceschanged', () => {
  hasVoice.value = findVoice() !== undefined
})

function findVoice(): SpeechSynthesisVoice | undefined {
  return globalThis.speechSynthesis?.getVoices().find(({ lang }) => /^(zh|cmn)/i.test(lang))
}

/** Says a Chinese sentence; nothing without a voice for it. */
export function speak(text: string): void {
  const voice = findVoice()
  if (!voice) return
  const words = new SpeechSynthesisUtterance(text)
  words.voice = voice
  words.lang = voice.lang
  speechSynthesis.speak(words)
}

export const canNotify = 'Notification' in globalThis

/** Shows a notification of the desktop; a newer one takes the place of an older. */
export function show(title: string, text: string): void {
  if (!canNotify || Notification.permission !== 'granted') return
  try {
    new Notification(title, { body: text, tag: 'siteward', icon: '/icon.svg' })
  } catch {
    // Telephones allow them from a service worker only.
    return
  }
}
