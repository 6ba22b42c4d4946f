import { describe, expect, it } from 'vitest'
import {
  crossChecks,
  type Imprint,
  type Registered,
} from '../../../shared/monitor/imprints/imprints-rules.ts'

const REGISTER: Registered = {
  ...{ code: '4401060012', name: '天河区教育局', unit: '天河区教育局', url: 'http://jy.thnet.gov.cn/' },
  ...{ redirectUrl: null, icp: '粤ICP备05000001号', police: '粤公网安备 44010602000001号' },
  phones: ['020-87654321', '13800000000'],
}
const PAGE: Imprint = {
  ...{ title: '天河区教育局 - 首页', codes: ['4401060012'], icp: ['粤ICP备05000001号-3'] },
  ...{ police: ['粤公网安备44010602000001号'], units: ['广州市天河区教育局'], phones: ['（020）8765 4321'] },
  ...{ leadsToContact: false, unseen: null },
}
const URL = 'https://www.jy.thnet.gov.cn/portal/index.html?t=1'
const of = (page: Partial<Imprint>, register: Partial<Registered> = {}, url: string | null = URL) =>
  new Map(crossChecks({ ...REGISTER, ...register }, { ...PAGE, ...page }, url).map((one) => [one.check, one]))

describe('a page held against the register', () => {
  it('agrees however numbers, names and addresses are written', () => {
    expect([...of({}).values()].map(({ check, outcome }) => [check, outcome])).toEqual([
      ['code', 'agrees'],
      ['icp', 'agrees'],
      ['police', 'agrees'],
      ['unit', 'agrees'],
      ['contact', 'agrees'],
      ['name', 'agrees'],
      ['address', 'agrees'],
    ])
  })

  it('agrees where one of them leaves out that a government is the people’s', () => {
    const [full, short] = ['天河区人民政府办公室', '天河区政府办公室']
    for (const [page, unit] of [
      [short, full],
      [full, short],
      [`广州市${short}`, full],
    ] as const)
      expect(of({ units: [page] }, { unit }).get('unit')).toMatchObject({ outcome: 'agrees' })
    expect(of({ units: ['越秀区政府办公室'] }, { unit: full }).get('unit')).toMatchObject({
      outcome: 'differs',
    })
  })

  it('differs with what each says', () => {
    const page = { codes: ['4401060013', '4401060014'], title: '首页', units: ['天河区体育局'] }
    const found = of(page, {}, 'http://other.gov.cn/a')
    expect(found.get('code')).toMatchObject({ register: '4401060012', page: '4401060013 / 4401060014' })
    expect(found.get('name')).toMatchObject({ outcome: 'differs', register: '天河区教育局', page: '首页' })
    expect(found.get('unit')).toMatchObject({ outcome: 'differs', page: '天河区体育局' })
    expect(found.get('address')).toMatchObject({
      ...{ outcome: 'differs', register: 'http://jy.thnet.gov.cn/', page: 'http://other.gov.cn/a' },
    })
  })

  it('differs where the page was seen whole and says nothing, or the register has nothing', () => {
    expect(of({ icp: [] }).get('icp')).toMatchObject({ outcome: 'differs', page: null })
    expect(of({}, { police: null }).get('police')).toMatchObject({ outcome: 'differs', register: null })
    expect(of({ phones: [] }).get('contact')).toMatchObject({ outcome: 'differs', page: null })
  })

  it('was not measured, with the reason, where something was not seen: never a pass, never a fault', () => {
    expect(of({ codes: [], unseen: 'script' }).get('code')).toMatchObject({
      ...{ outcome: 'unmeasured', register: '4401060012', page: null, reason: 'script' },
    })
    expect(of({ phones: [], leadsToContact: true }).get('contact')).toMatchObject({ reason: 'elsewhere' })
    expect(of({ police: [] }, { police: null }).get('police')).toMatchObject({ reason: 'neither' })
    expect(crossChecks(REGISTER, null, null).map(({ reason }) => reason)).toEqual(Array(7).fill('unread'))
  })

  it('one of several on the page is enough, and an address that the register says it redirects to', () => {
    expect(of({ codes: ['4401060099', '4401060012'] }).get('code')).toMatchObject({ outcome: 'agrees' })
    const moved = of({}, { redirectUrl: 'http://new.gov.cn/' }, 'http://new.gov.cn/index.html')
    expect(moved.get('address')).toMatchObject({ outcome: 'agrees' })
  })

  it('a unit is the same whichever of the two names the divisions before it, and no other', () => {
    const unit = (said: string, unit: string) => of({ units: [said] }, { unit }).get('unit')?.outcome
    expect(unit('天河区教育局', '广州市天河区教育局')).toBe('agrees')
    expect(unit('教育局', '广州市天河区教育局')).toBe('agrees')
    expect(unit('广州市天河区教育局', '天河区教育局')).toBe('agrees')
    expect(unit('越秀区教育局', '广州市天河区教育局')).toBe('differs')
    expect(unit('办公室', '天河区人民政府办公室')).toBe('differs')
    expect(unit('育局', '天河区教育局')).toBe('differs')
  })

  it('never tells the telephones of the register', () => {
    const wrong = crossChecks(REGISTER, { ...PAGE, phones: ['020-11112222'] }, URL)
    expect(wrong.find(({ check }) => check === 'contact')).toMatchObject({
      outcome: 'differs',
      register: null,
    })
    expect(JSON.stringify(wrong)).not.toContain('87654321')
  })
})
