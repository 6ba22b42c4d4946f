import { describe, expect, test } from 'vitest'
import { LOCALES } from '../../../shared/base/words/locales.ts'
import { ALERT_RULES, CERT_WARN_DAYS } from '../../../shared/desk/alerts/alerts-rules.ts'
import { HAND_RULES } from '../../../shared/desk/rectifications/hand-rules.ts'
import { LINK_RULES } from '../../../shared/monitor/links/links-rules.ts'
import { BUILT_IN } from '../../../shared/register/rule-editions/built-in.ts'
import { rulesNamed } from '../../../shared/register/rule-editions/editions-rules.ts'
import { flatten, wordsOf } from '../../support/words.ts'

/* Whoever does not know a rule presses its name, wherever it stands, and is told what it says. */

const ALL = [...new Set<string>([...ALERT_RULES, ...HAND_RULES])]

describe.each(Object.values(BUILT_IN))('by the edition $code', ({ rules }) => {
  test.each(LOCALES)(
    'the name of every rule of an alert or a rectification says what is meant, in %s',
    (locale) => {
      const words = new Map(flatten(wordsOf(locale, 'editions')))
      const own = ALL.filter((rule) => words.has(`editions.help.own.${rule}`))
      expect(ALL.filter((rule) => !own.includes(rule) && rulesNamed(rules, rule).length === 0)).toEqual([])
      expect(
        own.filter((rule) => rulesNamed(rules, rule).length > 0),
        'said once',
      ).toEqual([])
    },
  )

  test('a rule is itself, a veto in parts all of them, and broken links those of every place', () => {
    const ids = (name: string) => rulesNamed(rules, name).map(({ id }) => id)
    expect(ids('V1')).toEqual(['V1'])
    expect(ids('V3')).toEqual(['V3a', 'V3b', 'V3c'])
    expect(ids('V3b')).toEqual(['V3b'])
    expect(ids('S1'), 'not S10').toEqual(['S1'])
    expect(ids('LINKS')).toEqual([...LINK_RULES])
    expect(ids('V9')).toEqual([])
  })
})

test.each(LOCALES)(
  'what is said of certificates in %s names the days at which they are warned of',
  (locale) => {
    const text = new Map(flatten(wordsOf(locale, 'editions'))).get('editions.help.own.CERT') ?? ''
    const named = [...text.matchAll(/(?<!V)\d+/g)].map(([n]) => Number(n))
    expect(named).toEqual([...CERT_WARN_DAYS].reverse())
  },
)
