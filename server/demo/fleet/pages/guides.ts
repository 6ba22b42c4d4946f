import { servicesOf } from '../../cast/services.ts'
import type { Scene } from './pages.ts'

/** A class of element, what its label says, and what stands behind it. */
const PARTS = [
  ['basis', '设定依据', '《广东省行政许可监督管理条例》及本单位权责清单。'],
  ['conditions', '申请条件', '在本辖区居住或者登记，符合办理条件的个人和单位。'],
  ['papers', '办理材料', '申请表一份；申请人身份证明原件及复印件；其他证明材料。'],
  ['place', '办理地点', '本单位政务服务中心一楼综合窗口。'],
  ['hours', '办理时间', '周一至周五 9:00—12:00，13:00—17:00（法定节假日除外）。'],
  ['phone', '联系电话', '020-00001234'],
  ['procedure', '办理流程', '申请—受理—审核—办结—领取结果。'],
] as const

/** A guide to a service, as one of three templates has it: a table, a list of terms, headings. */
export function guideText({ behaviour: { publisher } }: Pick<Scene, 'behaviour'>, name: string): string {
  const { guideLacks } = servicesOf(publisher.salt)
  const parts = PARTS.filter(([key]) => !guideLacks.includes(key))
  const head = `<h2>${name}办事指南</h2>`
  const kind = publisher.salt % 3
  if (kind === 0) {
    const rows = parts.map(([, label, text]) => `<tr><th>${label}</th><td>${text}</td></tr>`)
    return `${head}<table class="zn"><tr><th>事项名称</th><td>${name}</td></tr>${rows.join('\n')}</table>`
  }
  if (kind === 1) {
    const lines = parts.map(
      ([, label, text], at) => `<p><strong>${'二三四五六七八'[at]}、${label}：</strong>${text}</p>`,
    )
    return `${head}<p><strong>一、事项名称：</strong>${name}</p>${lines.join('\n')}`
  }
  const terms = parts.map(([, label, text]) => `<h4>${label}</h4><div>${text}</div>`)
  return `${head}<h4>事项名称</h4><div>${name}</div>${terms.join('\n')}`
}
