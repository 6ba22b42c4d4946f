import { personalData } from '../../../../server/monitor/inspections/content/personal-data.ts'
import { said } from '../pages.ts'
import type { PlantedCase, PlantedTable } from '../planted-table.ts'
import { card, grouped, identity, wide } from './numbers.ts'
import { CONTACTS, NO_CONTACTS } from './personal/contacts.ts'
import { list, page } from './personal/forms.ts'
import { NOTICES_OF_OFFICES, NOTICES_OF_PERSONS } from './personal/notices.ts'

export const ID = identity()
export const OTHER = identity('430102', '19991231', '004')
const CHILD = identity('440105', '20150601', '012')
/** It ends in an X. */
const WITH_X =
  Array.from({ length: 99 }, (_, at) => identity('440105', '19850312', String(100 + at))).find((one) =>
    one.endsWith('X'),
  ) ?? ''
export const CARD = card()
const LIKE_CARD = card('621700', 19, '1290')
/** A picture in an attribute, with digits as they come. */
const PICTURE = `data:image/png;base64,${'iVBORw0KGgo12345678901Zq9+'.repeat(16_000)}`

/** A number of what an office did on a day, which has the right check digit by chance. */
export const SERIAL = identity('440105', '20211012', '001')
/** The numbers of a day, in whose order they were given: one in eleven has the right check digit. */
export const serials = (count: number, day = '20211012') =>
  Array.from({ length: count }, (_, at) => `440105${day}${String(at + 1).padStart(4, '0')}`)
/** Columns of serials, as offices head them. */
export const SERIAL_HEADS = [
  ...['受理号', '许可证编号', '案件编号', '工单号', '准考证号', '办件编号', '决定书文号', '登记证号'],
  ...['施工许可证编号', '信访件编号', '网上申请号', '商品房预售许可证号', '业务流水', '收件回执'],
]

/** Persons as notices, lists and old programs write them. */
export const WRITTEN: readonly (readonly [string, string])[] = [
  [
    '<p>当事人：张三，男，汉族，1985年3月12日出生，住址：广州市天河区龙洞街道龙洞路1号，工作单位：某某厂，联系电话：13812345678</p>',
    'mobile',
  ],
  ['<p>当事人：买买提·艾力，男，住址：天河区龙洞路1号，联系电话：13812345678</p>', 'mobile'],
  ['<p>申请人：张三，住天河区龙洞路1号，联系电话13812345678。</p>', 'mobile'],
  ['<p>来信人：张三，来信时间：2026-11-01，联系电话：13812345678</p>', 'mobile'],
  ['<p>经查，张三（男，35岁，电话：13812345678）</p>', 'mobile'],
  ...['tel', '☎', '——'].map((by) => [`<p>张三${by}13812345678</p>`, 'mobile'] as const),
  ['<p>张三 电话（微信同号）：13812345678</p>', 'mobile'],
  ...['仝卓', '买买提·艾力', '萨仁高娃'].map(
    (name) => [list(['序号', '姓名', '联系电话'], ['1', name, '13812345678']), 'mobile'] as const,
  ),
  ...['ID', 'SFZ', '#', '身份证:#'].map((before) => [`<p>${before}${ID}</p>`, 'identity'] as const),
  [`<p>${ID}a</p>`, 'identity'],
  [list(['姓名', '身份证号码'], ['张三', ID.slice(0, 9), ID.slice(9)]), 'identity'],
  [`<p>张三${ID}13812345678</p>`, 'identity'],
  [`<p>13812345678${WITH_X}</p>`, 'identity'],
  [`<p>${WITH_X}13812345678</p>`, 'identity'],
]

/** Identity numbers that are called numbers of something else, of somebody who is named there. */
export const CALLED_OTHER: readonly string[] = [
  `<p>姓名：李丽 编号：${ID}</p>`,
  `<p>李丽 档案编号 ${ID}</p>`,
  `<p>李丽，证书编号${ID}</p>`,
  list(['序号', '姓名', '编号'], ['1', '李丽', ID], ['2', '王强', OTHER]),
  list(['序号', '相对人名称', '相对人代码'], ['1', '李丽', ID], ['2', '王强', OTHER]),
]

/** As sites publish them, and kinds that are to be told. */
const PUBLISHED: readonly (readonly [string, string])[] = [
  [`<p>申请人：王小明，身份证号：${ID}</p>`, 'identity'],
  [
    `<p>身份证号码${ID.slice(0, 17)}x</p>`.replace(
      `${ID.slice(0, 17)}x`,
      identity('440106', '19900101', '016').replace('X', 'x'),
    ),
    'identity',
  ],
  [list(['序号', '姓名', '身份证号'], ['1', '李丽', ID], ['2', '张建国', OTHER]), 'identity'],
  [`<p>${grouped(ID, [6, 8, 4])}</p>`, 'identity'],
  [`<p>${grouped(ID, [6, 4, 4, 4], '-')}</p>`, 'identity'],
  [`<p>证件号码：${wide(ID)}</p>`, 'identity'],
  [`<p>${[...ID].join(' ')}</p>`, 'identity'],
  [`<p>身份证<b>${ID.slice(0, 6)}</b><b>${ID.slice(6, 14)}</b><b>${ID.slice(14)}</b></p>`, 'identity'],
  [`<p>${ID.slice(0, 6)}&#8203;${ID.slice(6)}</p>`, 'identity'],
  [`<p>${ID.slice(0, 14)}&nbsp;${ID.slice(14)}</p>`, 'identity'],
  [`<p>身份证号：440106850612123</p>`, 'identity'],
  [list(['姓名', '身份证号码'], ['陈大文', '440106850612123'], ['黄小燕', '440106790115004']), 'identity'],
  [`<ul><li>拟录用：何志强（${ID}）</li></ul>`, 'identity'],
  [`<p>残疾人证号 ${ID}43 对应身份证 ${OTHER}</p>`, 'identity'],
  [list(['姓名', '手机'], ['李丽', '13800138000'], ['张建国', '13922223333']), 'mobile'],
  [
    list(
      ['序号', '户主', '金额', '联系电话'],
      ['1', '欧阳春', '500', '136 0013 8000'],
      ['2', '梁 辉', '500', '137-1234-5678'],
    ),
    'mobile',
  ],
  ['<p>联系人：王小明 13800138000</p>', 'mobile'],
  ['<p>联系人：王小明，联系电话：138-0013-8000。</p>', 'mobile'],
  ['<p>请与陈大文联系，手机13800138000</p>', 'mobile'],
  [`<p>李丽（${wide('13800138000')}）</p>`, 'mobile'],
  ['<p>13800138000（张建国）</p>', 'mobile'],
  ['<p>黄小燕 +86 138 0013 8000</p>', 'mobile'],
  ['<p>家长：何志强 手机号码：1 3 8 0 0 1 3 8 0 0 0</p>', 'mobile'],
  [
    list(
      ['姓名', '开户银行', '银行账号'],
      ['李丽', '工商银行', CARD],
      ['张建国', '建设银行', card('621700', 19, '1290')],
    ),
    'card',
  ],
  [`<p>收款人：李丽，卡号：${grouped(CARD, [4, 4, 4, 4, 3])}</p>`, 'card'],
  [`<p>${card('622848', 19, '0401')}</p>`, 'card'],
  [`<p>惠农一卡通账号 ${card('621785', 19, '7000')}</p>`, 'card'],
  [`<p>银行卡 ${card('623299', 19, '4105')}</p>`, 'card'],
  // Whoever has the page has what it does not show.
  [`<a href="/x?id=${ID}">查看</a>`, 'identity'],
  [`<div style="display:none">${ID}</div>`, 'identity'],
  [`<script>var id = "${ID}"</script><p>公告</p>`, 'identity'],
  [`<p data-bankcard="${CARD}">李丽</p>`, 'card'],
  [`<p title="李丽 ${CARD}">李丽</p>`, 'card'],
  [`<img src="${PICTURE}"><p data-x="王小明 ${ID}">x</p>`, 'identity'],
  ...WRITTEN,
  ...CALLED_OTHER.map((body) => [body, 'identity'] as const),
  ...NO_CONTACTS.map((body) => [body, 'mobile'] as const),
  // Where somebody works makes nobody an office.
  [list(['姓名', '单位', '电话'], ['李丽', '天河区某某公司', '13800138000']), 'mobile'],
  ['<p>天河区教育局公示</p><p>学生：李丽，联系人：李丽 13800138000</p>', 'mobile'],
  // Of children, too, and beside serials of the same office.
  [`<p>身份证编号：${CHILD}</p>`, 'identity'],
  [`<p>统一社会信用代码/身份证号：${ID}</p>`, 'identity'],
  [list(['学生', '备注'], ['李丽', CHILD]), 'identity'],
  [`<p>李丽，女，${CHILD}。</p>`, 'identity'],
  [`<input type="hidden" name="idCard" value="${CHILD}">`, 'identity'],
  [
    list(
      ['受理号', '姓名', '证件'],
      ...serials(12).map((serial, at) => [serial, `李${'丽明华强'[at % 4]}`, at % 2 ? ID : OTHER]),
    ),
    'identity',
  ],
]

/** What is no personal datum, or is masked. */
const CLEAN: readonly string[] = [
  `<p>身份证号：${ID.slice(0, 6)}********${ID.slice(14)}</p>`,
  `<p>身份证号：440***********12${ID.slice(17)}</p>`,
  `<p>身份证号：${ID.slice(0, 10)}XXXX${ID.slice(14)}</p>`,
  '<p>李丽 138****8000</p>',
  list(['姓名', '手机'], ['李丽', '138****8000'], ['张建国', '139****3333']),
  list(['姓名', '账号'], ['李丽', '622202*********1234']),
  list(['单位', '联系人', '账号'], ['某某公司', '李主任', CARD]),
  '<p>联系电话：13800138000</p>',
  '<p>值班手机：13800138000（24小时）</p>',
  '<p>服务热线：13800138000，监督电话：020-12345678</p>',
  '<p>联系人：王小明 13800138000，020-85551234，邮箱：bgs@gz.gov.cn</p>',
  '<p>举报电话：13800138000 联系人：王小明</p>',
  list(['村', '河长', '联系电话'], ['李家庄', '王小明', '13800138000'], ['张村', '陈大文', '13922223333']),
  list(
    ['单位', '地址', '电话'],
    ['高新区', '白云路1号', '13800138000'],
    ['黄埔区', '金融街2号', '13922223333'],
  ),
  list(['镇街', '值班电话'], ['石井街', '13800138000'], ['江高镇', '13922223333']),
  '<h3>河长制公示牌</h3><p>河长：张建国 电话：13800138000</p>',
  '<p>统一社会信用代码：12440100455345123X</p>',
  '<p>统一社会信用代码 914401017459876543</p>',
  `<p>纳税人识别号：${ID}</p>`,
  '<p>招标编号：440106198506121230</p>',
  '<p>项目代码 2020-440106-48-01-012345</p>',
  '<p>订单号：201906121234567890</p>',
  '<p>440106198506121231</p>'.replace(
    '440106198506121231',
    `${ID.slice(0, 17)}${ID[17] === '1' ? '2' : '1'}`,
  ),
  `<p>${identity('990106')}</p>`,
  `<p>${identity('440106', '19851312')}</p>`,
  `<p>${identity('440106', '20990612')}</p>`,
  `<p>${identity('440106', '18500612')}</p>`,
  '<p>填写示例：身份证号 11010519491231002X</p>',
  `<p>例如：${ID}</p>`,
  `<p>邮编510000 电话020-85510000 传真020-85510001</p>`,
  '<p>粤ICP备05070829号 粤公网安备44010602000001号</p>',
  '<p>网站标识码：4401060001</p>',
  '<p>440106850612123</p>',
  '<p>流水号 440106850612123</p>',
  `<p>${CARD.slice(0, 18)}${(Number(CARD[18]) + 1) % 10}</p>`,
  '<p>开户单位：广州市天河区财政局 账号：3602012909001234567</p>',
  `<p>收款单位：天河区教育局 账号：${card('622202', 19, '7711')}</p>`,
  '<p>1234567890123456</p>',
  '<p>4000123456789012</p>',
  '<p>穗府〔2020〕12号 发布日期：2020-12-28 08:30 来源：13800</p>',
  '<p>今天是 2026年11月29日 星期日 13:45:30.123</p>',
  '<table><tr><th>年份</th><th>2019</th><th>2020</th></tr><tr><td>收入</td><td>13800138000</td><td>13922223333</td></tr></table>',
  '<p>总投资13800138000元，建筑面积 13922 平方米</p>',
  '<p>不动产单元号 440106003001GB00012F00010001</p>',
  '<p>ISBN 9787302511625</p>',
  '<p>QQ群：1380013800012</p>',
  '<p>卡号格式：6222 0200 0000 0000 000</p>',
  '<p>快递单号 SF1380013800012</p>',
  '<p>王小明 010-13800138</p>',
  // Numbers of programs.
  ...[
    'data-id="N"',
    'onclick="open(\'N\')"',
    'href="/a?id=N"',
    'href="#/detail/N"',
    'href="javascript:show(\'N\')"',
  ].map((one) => `<a ${one.replace('N', LIKE_CARD)}>公告</a>`),
  `<script>var list=[{"gid":${LIKE_CARD},"t":"公告"}],o={orderNo:"${LIKE_CARD}"}</script>`,
  `<!-- ${LIKE_CARD} -->`,
  '<input value="请输入姓名 如：张三 13812345678">',
  '<li>李家村 警务室 民警 张建国 <a href="tel:13812345678">一键报警</a></li>',
  '<li>民警 张建国 <a href="tel:13812345678">一键报警</a></li>',
  ...CONTACTS,
  '<p>被处罚人：某某公司，法定代表人：张三，联系电话：13812345678</p>',
  list(['姓名', '电话'], ['合计', '13812345678'], ['办公室', '13812345678'], ['门卫', '13812345678']),
  // Serials of offices, which are made as identity numbers are.
  ...SERIAL_HEADS.map((head) =>
    list([head, '事项', '日期'], ...serials(20).map((serial) => [serial, '设立登记', '2021-10-12'])),
  ),
  ...['业务编号', '宗地编号', '档案号', '税号', '报名序号', '消防备案凭证文号', '中奖号码', '统计代码'].map(
    (label) => `<p>${label}：${SERIAL}</p>`,
  ),
  list(['社会信用代码/注册号', '企业名称'], [SERIAL, '某某商行']),
  `<p>申请人：李丽 受理编号：${SERIAL}</p>`,
  ...['data-id="N"', 'onclick="openDoc(\'N\')"', 'href="/art/2021/10/12/N.html"'].map(
    (one) => `<a ${one.replace('N', SERIAL)}>某公告</a>`,
  ),
  `<input type="hidden" name="articleId" value="${SERIAL}">`,
  `<script>var docId="${SERIAL}"</script>`,
  `<ul>${serials(40)
    .map((serial) => `<li><a onclick="openDoc('${serial}')">公告</a></li>`)
    .join('')}</ul>`,
  `<script>var list=${JSON.stringify(serials(40).map((id) => ({ id, title: '公告' })))}</script>`,
]

const found = (body: string) => foundOn(page(body))
const foundOn = async (html: string) => {
  const outcome = await said(personalData, html)
  return outcome.outcome === 'found' ? outcome.problems.map(({ detail }) => detail.kind) : []
}

const isFound = (is: boolean) => (is ? 'found' : 'clear')
/** A page with its title and what stands around its article. */
const whole = (html: string): PlantedCase => ({
  name: html,
  says: async () => isFound((await foundOn(html)).length > 0),
})

export const PERSONAL: PlantedTable = {
  rule: 'personal-data',
  faulty: [
    ...PUBLISHED.map(([body, kind]) => ({
      name: `${kind}: ${body}`,
      says: async () => isFound((await found(body)).includes(kind)),
    })),
    ...NOTICES_OF_PERSONS.map(whole),
  ],
  sound: [
    ...CLEAN.map((body) => ({ name: body, says: async () => isFound((await found(body)).length > 0) })),
    ...NOTICES_OF_OFFICES.map(whole),
  ],
}
