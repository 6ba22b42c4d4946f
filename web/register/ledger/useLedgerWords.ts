import {
  type FieldValue,
  KIN_KEYS,
  LEDGER_GROUPS,
  type LedgerField,
} from '../../../shared/register/ledger/ledger-rules.ts'
import { useWords } from '../../base/i18n.ts'
import { useAreaName, useDistrictName } from '../../base/live/names.ts'
import { useCity } from '../../base/live/store.ts'
import { useFields } from './fields.ts'

/** What the fields of the register are called and what they say, in the reader's language. */
export function useLedgerWords() {
  const { t, wordOf, locale } = useWords()
  const city = useCity()
  const known = useFields()
  const districtName = useDistrictName()
  const areaName = useAreaName()
  const inWords = ({ zh, en }: LedgerField['label']): string => (locale.value === 'zh-CN' ? zh : en)

  /** A field's name; of one that is not known, of a newer server, its key. */
  const nameOf = (key: string): string => {
    const field = known.of(key)
    const kin = KIN_KEYS.find((one) => one === key)
    if (kin) return t(`ledger.kin.${kin}`)
    if (!field) return key
    const name = inWords(field.label)
    return field.retired ? t('ownFields.retiredOf', { name }) : name
  }

  const placeName = (code: string): string =>
    (code === city.area?.code && areaName.value) || districtName(code)

  /** What a field says; '' where it says nothing. */
  function say(key: string, value: FieldValue | undefined): string {
    const field = known.of(key)
    if (value === null || value === undefined || value === '') return ''
    if (Array.isArray(value)) return value.join(t('ledger.nameJoin'))
    if (typeof value === 'boolean') return t(value ? 'ledger.yes' : 'ledger.no')
    if (field?.type === 'level') return wordOf('level', String(value))
    if (field?.type === 'place') return placeName(String(value))
    if (field?.type === 'seconds') return t('ledger.seconds', { n: Number(value) })
    const choice = field?.choices?.find((one) => one.value === value)
    return choice ? inWords(choice.label) : String(value)
  }

  /** The groups with those of the fields that are in them. */
  const groupsOf = (isWanted: (field: LedgerField) => boolean = () => true) =>
    LEDGER_GROUPS.map(({ key, label }) => ({
      key,
      label: inWords(label),
      fields: known.all.filter((field) => field.group === key && isWanted(field)),
    })).filter(({ fields }) => fields.length > 0)

  return { inWords, nameOf, say, groupsOf }
}
