/** Names that the demonstration register is composed of: `name label`, most important first. No real site is meant. */
const DEPARTMENTS =
  '发展和改革委员会 fgw,工业和信息化委员会 gxw,教育局 jyj,科技创新委员会 kcw,民族宗教事务局 mzzj,公安局 gaj,' +
  '民政局 mzj,司法局 sfj,财政局 czj,人力资源和社会保障局 rsj,国土资源和规划委员会 gtgh,环境保护局 hbj,' +
  '住房和城乡建设委员会 zjw,交通委员会 jtw,水务局 swj,农业局 nyj,林业和园林局 lyylj,商务委员会 sww,' +
  '文化广电新闻出版局 wgxj,卫生和计划生育委员会 wjw,审计局 sjj,国有资产监督管理委员会 gzw,外事办公室 wsb,' +
  '工商行政管理局 gsj,质量技术监督局 zjj,食品药品监督管理局 syj,安全生产监督管理局 ajj,统计局 tjj,体育局 tyj,' +
  '知识产权局 zscq,旅游局 lyj,城市管理委员会 cgw,城市管理综合执法局 cgzf,侨务办公室 qwb,法制办公室 fzb,' +
  '金融工作局 jrj,协作办公室 xzb,口岸办公室 kab,信访局 xfj,机关事务管理局 jgsw,城市更新局 csgx,' +
  '来穗人员服务管理局 lsj,政务管理办公室 zwb,应急管理办公室 yjb,民防办公室 mfb,档案局 daj,地震局 dzj,气象局 qxj,' +
  '国家税务局 gsw,地方税务局 dsj,供销合作总社 gxs,住房公积金管理中心 gjj,社会保险基金管理中心 sbj,' +
  '医疗保险服务管理局 ybj,公共资源交易中心 ggzy,交通警察支队 jjzd,公安消防局 xfz,港务局 gwj,空港经济区管理委员会 kgw,' +
  '投资促进局 tzj,残疾人联合会 dpf,科学技术协会 kx,红十字会 hsz,社会科学院 sky,农业科学研究院 nky,' +
  '疾病预防控制中心 cdc,招生考试委员会办公室 zkb,图书馆 tsg,博物馆 bwg,少年儿童图书馆 setsg,文化馆 whg,救助管理站 jzz,' +
  '动物卫生监督所 dws,劳动保障监察支队 ldjc,公路管理局 glj,客运交通管理处 kgc,航务管理局 hwj,环境监测中心站 hjjc,' +
  '排水管理中心 psg,房地产交易登记中心 fdc,人才服务中心 rcfw,就业服务管理中心 jyfw,老龄工作委员会办公室 llb,' +
  '科技馆 kjg,血液中心 xyzx,急救医疗指挥中心 jjzx,殡葬服务中心 bzfw,儿童福利院 etfl,老年病院 lnby,城市规划展览中心 ghzl,' +
  '节能监察中心 jnjc,计量检测技术研究院 jly,标准化研究院 bzy,食品检验所 spjy,公园管理中心 gygl'

/** Offices of a district; a third word is the label of the office that owns the site of a public institution. */
const OFFICES =
  '教育局 jyj,发展和改革局 fgj,公安分局 gafj,人力资源和社会保障局 rsj,民政局 mzj,财政局 czj,司法局 sfj,' +
  '科技工业和信息化局 kgxj,卫生和计划生育局 wjj,住房和建设水务局 zjsw,环境保护局 hbj,国土资源和规划局 gtgh,' +
  '安全生产监督管理局 ajj,食品药品监督管理局 syj,工商行政管理局 gsj,质量技术监督局 zjj,城市管理局 cgj,' +
  '城市管理综合执法局 cgzf,文化广电新闻出版局 wgxj,商务局 swj,农业局 nyj,审计局 sjj,统计局 tjj,国家税务局 gsw,' +
  '地方税务局 dsj,档案局 daj,信访局 xfj,政务管理办公室 zwb,来穗人员服务管理局 lsj,法制办公室 fzb,民防办公室 mfb,' +
  '残疾人联合会 dpf,体育局 tyj,旅游局 lyj,科学技术协会 kx,图书馆 tsg wgxj,文化馆 whg wgxj,疾病预防控制中心 cdc wjj,' +
  '就业服务中心 jyfw rsj,社会保险基金管理中心 sbj rsj,公共资源交易中心 ggzy zwb,投资促进局 tzj,城市更新局 csgx'

export interface Unit {
  name: string
  label: string
  /** Label of the unit that answers for this one's site, where it is another. */
  owner?: string
}

/** The 95 municipal departments and institutions managed like them. */
export const departments: readonly Unit[] = parseUnits(DEPARTMENTS)

/** Up to 43 offices and institutions of a district. */
export const offices: readonly Unit[] = parseUnits(OFFICES)

function parseUnits(text: string): Unit[] {
  return text.split(',').map((entry) => {
    const [name = '', label = '', owner] = entry.split(' ')
    return owner ? { name, label, owner } : { name, label }
  })
}
