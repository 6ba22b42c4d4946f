import { t } from '../../i18n.ts'

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement
const isField = (target: EventTarget | null): target is Field =>
  target instanceof HTMLInputElement ||
  target instanceof HTMLSelectElement ||
  target instanceof HTMLTextAreaElement

/** Why a field keeps its form from being sent, in the language of the page. */
function faultOf(field: Field): string {
  const { validity, type } = field
  if (validity.valueMissing) {
    if (field instanceof HTMLSelectElement || type === 'radio') return t('field.choose')
    return t(type === 'checkbox' ? 'field.tick' : 'field.missing')
  }
  if (validity.tooShort && 'minLength' in field) return t('field.short', { n: field.minLength })
  if (!(field instanceof HTMLInputElement)) return t('field.form')
  if (validity.badInput) return t('field.number')
  if (validity.rangeUnderflow) return t('field.least', { n: field.min })
  if (validity.rangeOverflow) return t('field.most', { n: field.max })
  if (validity.typeMismatch && type === 'email') return t('field.email')
  if (validity.typeMismatch && type === 'url') return t('field.address')
  // What form it has to have, the field says itself.
  return [t('field.form'), field.title].filter(Boolean).join(' ')
}

/**
 * A browser says what is wrong with a field in its own language; from here on in the page's. What is said is taken back when
 * somebody presses or types again: the field may be filled by then, also by the page itself.
 */
export function sayFaultsInWords(): void {
  document.addEventListener(
    'invalid',
    ({ target: field }) => {
      // What a field says of itself is in the page's words.
      if (!isField(field) || field.validity.customError) return
      field.setCustomValidity(faultOf(field))
      const leave = new AbortController()
      const takeBack = () => {
        leave.abort()
        field.setCustomValidity('')
      }
      for (const name of ['pointerdown', 'keydown', 'input']) {
        document.addEventListener(name, takeBack, { capture: true, signal: leave.signal })
      }
    },
    { capture: true },
  )
}
