import { describe, expect, it } from 'vitest'
import { castOf } from '../../../server/demo/cast/cast.ts'
import { imprintOf } from '../../../server/demo/cast/imprint.ts'
import { demoRegister } from '../../../server/demo/cast/register.ts'
import { homePage } from '../../../server/demo/fleet/pages/pages.ts'
import { behaviourAt, DEFAULT_SEED } from '../../../server/demo/fleet/script.ts'
import { readImprint } from '../../../server/monitor/imprints/read.ts'
import { readWhole } from '../../../server/monitor/read/read.ts'
import { imprintSeen } from '../../../server/monitor/visit/reading/page-seen.ts'
import { TUESDAY } from '../../support/clock.ts'

const read = (...htmls: string[]) => readImprint(htmls, { title: ' 天河区 政府 ', unseen: null })

describe('what a page says of itself', () => {
  it('is read from its foot, whatever elements stand between label and value', () => {
    const page =
      read(`<p>主办单位：<a href="/">天河区教育局</a>　承办：信息中心　<b>联系电话</b>：020-8765 4321</p>
      <a href="https://beian.miit.gov.cn/">粤ICP备05000001号-1</a>
      <a href="http://www.beian.gov.cn/portal/registerSystemInfo?recordcode=44010602000001"><img src="b.png">粤公网安备 44010602000001号</a>
      <span>网站标识码&nbsp;：&nbsp;<em>4401060012</em></span>`)
    expect(page).toEqual({
      title: '天河区 政府',
      codes: ['4401060012'],
      icp: ['粤ICP备05000001号-1'],
      police: ['粤公网安备 44010602000001号'],
      units: ['天河区教育局'],
      phones: ['020-8765 4321'],
      leadsToContact: false,
      marks: [],
      unseen: null,
    })
  })

  it('is found in full-width digits, in the address of the button 找错, in ministries and in pages within the page', () => {
    expect(read('标识码：４４０１０６００１２').codes).toEqual(['4401060012'])
    expect(
      read('<a href="http://x/exposure/jiucuo.html?a=1&amp;site_code=4401060012">找错</a>').codes,
    ).toEqual(['4401060012'])
    expect(read('网站标识码：BM55000001').codes).toEqual(['bm55000001'])
    expect(read('<html>', '网站标识码：4401060012').codes).toEqual(['4401060012'])
  })

  it('is not what nobody sees, nor a number that only begins alike', () => {
    expect(read('<!-- 网站标识码：4401060012 --> <p>联系我们</p>')).toMatchObject({
      codes: [],
      leadsToContact: true,
      marks: [],
    })
    expect(read('网站标识码：44010600123').codes).toEqual([])
    expect(read('承办单位：某某公司').units).toEqual([])
  })

  it('takes nothing from rubbish, and is soon done with it', () => {
    for (const piece of ['<!--', '电话', '主办单位：', '<', '粤 ', '网站标识码']) {
      expect(read(piece.repeat(200_000)).codes).toEqual([])
    }
    expect(read('主办单位：\ud83d'.padEnd(500, '\ud83d')).units[0]?.isWellFormed() ?? true).toBe(true)
  })
})

it('of every home page of the demo it is what the made-up office wrote there', () => {
  const { sites } = castOf(DEFAULT_SEED)
  for (const site of demoRegister().filter((_, n) => n % 16 === 0)) {
    const behaviour = behaviourAt(site, TUESDAY)
    const { code, icp, police, unit, phone, title } = imprintOf(site, sites, behaviour.publisher.salt)
    const html = homePage({ site, behaviour, atMs: TUESDAY })
    const reading = readWhole({ bytes: Buffer.from(html), kind: 'home', ref: '2026-03-10' })
    const some = (one: string | null) => (one === null ? [] : [one])
    expect(imprintSeen(reading), site.name).toMatchObject({
      ...{ title, codes: some(code), icp: some(icp), police: some(police), units: [unit] },
      phones: some(phone),
    })
  }
})
