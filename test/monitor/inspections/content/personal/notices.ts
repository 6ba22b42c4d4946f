import { card, identity } from '../numbers.ts'
import { list } from './forms.ts'

/* Whole notices as sites have them, first thought of by somebody who had not read the rule. */

const A = identity('330106', '19550612', '003')
const K = card('622848')

const LINES = `<p>各有关企业：</p><p>现将有关事项通知如下：</p>${[
  ...['一、时间：11月20日。', '二、地点：某某路1号三楼。', '三、内容：电商直播技能。'],
  ...['四、对象：返乡青年。', '五、费用：免费，食宿自理。', '六、请于11月15日前报名。'],
]
  .map((line) => `<p>${line}</p>`)
  .join('')}`

/** A page of a site, with what stands around its article. */
const page = (title: string, body: string) =>
  `<html><head><meta charset="utf-8"><title>${title}-某某市人民政府</title></head><body><div class="nav"><a href="/">首页</a><a href="/zw">政务公开</a></div><div class="pos">当前位置：首页 > 政务公开 > 通知公告</div><h1>${title}</h1><div class="info">发布日期：2026-11-03 来源：某某市商务局 浏览次数：12</div><div class="con">${body}</div><p>分享到：</p><div class="foot">主办单位：某某市人民政府办公室 联系电话：0571-85251234 网站标识码：3301000001</div></body></html>`
const course = (contact: string) => page('关于举办电商培训班的通知', `${LINES}<p>${contact}</p>`)

export const NOTICES_OF_PERSONS: readonly string[] = [
  page('来信选登', '<p>来信人：张建国，电话13812345678。反映：我家低保没了。</p>'),
  page('来信选登', '<p>网友留言：我是张建国，电话13812345678，我家低保没了，请领导关心</p>'),
  page('高龄津贴发放名单', list(['姓名', '年龄', '电话'], ['张建国', '82', '13812345678'])),
  page('入学录取名单', list(['姓名', '学校', '家长电话'], ['张小明', '实验小学', '13812345678'])),
  page('补助公示', list(['序号', '户主', '身份证号', '补助金额'], ['1', '张建国', A, '500'])),
  page('宅基地审批公告', `<p>张建国（${A}）：你户宅基地申请已批准</p>`),
  page(
    '高龄津贴发放名单',
    list(
      ['姓名', '性别', '出生年月', '联系电话', '家庭住址'],
      ['张建国', '男', '1955.06', '13812345678', '东山村3组'],
    ),
  ),
  page('行政处罚决定书', `<p>被处罚人：张建国，男，身份证号码：${A}，住址：某村</p>`),
  page('稻谷补贴发放表', list(['姓名', '社保卡账号', '金额'], ['张建国', K, '1200'])),
]

export const NOTICES_OF_OFFICES: readonly string[] = [
  course('（联系人：商贸流通科张建国，13812345678）</p><p>某某市商务局'),
  course('联系人：市商务局电商科 张建国 13812345678'),
  page('停电通知', '<p>抢修负责人张建国13812345678</p>'),
  page('征地补偿公告', '<p>联系人：张建国（东山镇国土所）13812345678</p>'),
  page('课题申报', '<p>受理科室：市农业农村局种植业管理科</p><p>联系人：张建国 13812345678</p>'),
  page('失物招领', '<p>请失主与值班室联系 13812345678</p>'),
]
