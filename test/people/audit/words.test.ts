import { createPinia, setActivePinia } from 'pinia'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Locale } from '../../../shared/base/words/locales.ts'
import type { AuditAction, AuditEntity, AuditEntry } from '../../../shared/people/audit/audit.ts'
import { fetchEverywhere, i18n } from '../../../web/base/i18n.ts'
import { useAuditWords } from '../../../web/people/audit/useAuditWords.ts'

/* An operator reads what was done without knowing a code of the program. */

beforeAll(() => Promise.all([fetchEverywhere('desk'), fetchEverywhere('manage')]))
beforeEach(() => setActivePinia(createPinia()))

const speak = (language: Locale) => {
  i18n.global.locale.value = language
}
const entry = (action: AuditAction, entity: AuditEntity, detail: AuditEntry['detail'], entityId = 7) =>
  ({ id: 1, at: '2026-11-28T00:00:00Z', actor: null, action, entity, entityId, detail }) as const

const SAID = [
  [
    entry('rectification.raised', 'rectification', {
      ...{ rule: 'DOWN', source: 'hotline', problem: '首页打不开', siteIds: [97, 98], reference: null },
    }),
    '问题 打不开 · 来源 热线 · 问题描述 首页打不开 · 网站 #97、#98',
    'problem Cannot be reached · source Hotline · in words 首页打不开 · sites #97, #98',
  ],
  [
    entry('rectification.refused', 'rectification', { grant: false, reason: '请安排他人办理' }),
    '同意 否 · 理由 请安排他人办理',
    'granted no · reason 请安排他人办理',
  ],
  [
    entry('rectification.asked', 'rectification', { kind: 'extend', until: '2027-01-12' }),
    '方式 延期 · 至 2027-01-12',
    'how more time · until 2027-01-12',
  ],
  [
    entry('pause.filed', 'pause', { kind: 'platform', from: '2026-12-01T14:00:00Z', sites: 8 }),
    '方式 平台 · 自 2026-12-01 22:00:00 · 网站数 8',
    'how Platform · from 2026-12-01 22:00:00 · sites 8',
  ],
  [
    entry('user.changed', 'user', { role: 'vendor', before: { role: 'viewer', disabled: true } }),
    '角色 第三方监测 · 原为（角色 只读、停用 是）',
    'role Third-party monitor · was (role Viewer, disabled yes)',
  ],
  [entry('filing.filed', 'filing', { ask: 'moved', note: '' }), '变更为 迁移', 'to be Moved'],
] as const

describe('what the audit keeps is said in words', () => {
  it.each(SAID)('%#', (one, zh, en) => {
    speak('zh-CN')
    expect(useAuditWords().detail(one)).toBe(zh)
    speak('en')
    expect(useAuditWords().detail(one)).toBe(en)
  })

  it('says the noun where there is one of many, and not a second time where the action says it', () => {
    speak('zh-CN')
    const say = useAuditWords()
    expect(say.object(entry('alert.seen', 'alert', {}, 4509))).toBe('告警 #4509')
    expect(say.object({ ...entry('session.opened', 'session', {}), entityId: null })).toBe('')
  })

  it('leaves a code of a newer server as it is', () => {
    speak('zh-CN')
    const say = useAuditWords()
    expect(say.detail(entry('rectification.raised', 'rectification', { source: 'satellite' }))).toBe(
      '来源 satellite',
    )
  })
})
