import { foreignWords } from '../../../../../server/monitor/inspections/content/foreign-words.ts'
import { said } from '../../pages.ts'
import { tableOf } from '../../planted-table.ts'

/* A third round: other places that search engines read, and titles of trades that the page itself knows nothing of. */

const NEWS =
  '<ul><li>全市防汛工作会议召开，部署今冬明春水利建设</li><li>北江堤围加固工程开工，计划明年汛前完工</li><li>关于印发节约用水行动方案的通知</li><li>关于调整城市公交线路的通知</li></ul><p>主办：清远市水务局 网站标识码 联系电话 网站地图</p>'
const page = (title: string, head = '', body = NEWS) =>
  `<html><head><meta charset="utf-8"><title>${title}</title>${head}</head><body>${body}</body></html>`
const OWN = '清远市水务局'
const meta = (name: string, content: string) => page(OWN, `<meta name="${name}" content="${content}">`)
const script = (text: string) => page(OWN, `<script>${text}</script>`)

const BLIND: readonly string[] = [
  script(
    'if(/spider/i.test(navigator.userAgent)){document.title="博彩公司大全_足球外围投注_bet365备用网址";}',
  ),
  meta('ColumnDescription', '太阳城集团申博开户，百家乐龙虎斗在线投注'),
  meta('ColumnKeywords', '太阳城,申博sunbet,百家乐'),
  page('武宁搬家公司_长短途搬家_家具拆装电话-顺达搬家'),
  page('专业管道疏通 马桶疏通 挖掘机出租 24小时上门'),
  page('星辰影院-最新电影免费在线观看-高清电视剧大全'),
  page('白石男科医院哪家好_割包皮多少钱_早泄治疗_在线预约'),
  page('aomen duchang guanwang | liuhecai tema | bocai wang'),
  page('星空体育官方网站-星空xk体育'),
  page(
    OWN,
    '<script type="application/ld+json">{"@type":"WebSite","name":"星空体育官方网站","description":"足球竞猜、真人娱乐"}</script>',
  ),
  page('USDT跑分平台-承兑商招募-洗码返佣日结'),
  page('代孕公司_三代试管包生男孩_供卵代怀中心'),
  page(OWN, '<meta name="description" content="专业股票配资平台，十倍杠杆炒股，期货配资开户，免息体验。">'),
  page('Hacked By Dr.Shadow ~ TeamGhost'),
]

/** More of each kind. */
export const MORE: readonly (readonly [kind: string, page: string])[] = [
  ['meta', meta('ArticleTitle', '澳门百家乐开户')],
  ['meta', meta('Subject', '六合彩特码资料')],
  ['meta', meta('twitter:description', '裸聊直播 同城约炮')],
  [
    'meta',
    page(
      OWN,
      '<meta name="keywords" content="水务,防汛"><meta name="keywords" content="百家乐,时时彩,老虎机">',
    ),
  ],
  ['meta', page(OWN, '<meta itemprop="name" content="bet365体育投注官网">')],
  ['title', page(OWN, '<title>澳门百家乐</title>')],
  ['script', script('document["title"]="百家乐在线开户"')],
  ['script', script('$("title").text("六合彩开奖直播")')],
  ['script', script('document.getElementsByTagName("title")[0].innerHTML="老虎机 送彩金"')],
  ['script', script('var t="\\u767e\\u5bb6\\u4e50";document.title="\\u767e\\u5bb6\\u4e50\\u5f00\\u6237"')],
  ['script', script('document.title=String.fromCharCode(30334,23478,20048)+" 官网"')],
  [
    'data',
    page(OWN, '<script type="application/ld+json">{"@graph":[{"headline":"澳门百家乐官网"}]}</script>'),
  ],
  [
    'data',
    page(OWN, '<script type="application/ld+json">{"name":"\\u65f6\\u65f6\\u5f69\\u5e73\\u53f0"}</script>'),
  ],
  ['data', page(OWN, '', `<div itemscope><meta itemprop="headline" content="六合彩资料大全"></div>${NEWS}`)],
  ['data', page(OWN, '<meta property="article:tag" content="澳门赌场">')],
  ['data', page(OWN, '<meta property="og:site_name" content="开云体育官网入口">')],
  ['trade', page('开锁公司电话_24小时上门开锁_换锁芯多少钱')],
  ['trade', page('二手车回收价格-高价上门收车-报废车哪家好')],
  ['trade', page('不锈钢水箱厂家_玻璃钢水箱价格_批发报价')],
  ['trade', page('热门小说全文免费阅读_笔趣阁最新章节无弹窗')],
  ['trade', page('植发多少钱一根_发际线种植哪家医院好_在线咨询')],
  ['trade', page('空调维修电话-家电清洗上门服务-附近维修点')],
  ['pinyin', page('baijiale guanwang | wangshang duchang')],
  ['pinyin', page('shishicai pingtai zhuce - laohuji')],
  ['pinyin', page('Aomen Liuhecai Kaijiang Jieguo')],
  ['pinyin', page('zuixin bocai wang | zhenren baijiale')],
  ['pinyin', page('Liu-He-Cai te ma')],
  ['shady', page('短信轰炸机在线网页版_呼死你平台')],
  ['shady', page('开房记录查询_通话清单代查')],
  ['shady', page('助孕机构_供卵试管_代怀包成功')],
  ['shady', page('股票配资公司_十倍杠杆配资开户')],
  ['shady', page('四方支付通道_跑分项目_码商招募')],
  ['signature', page('HACKED BY r00t & friends')],
  ['signature', page('[ Defaced by N0body ]')],
  ['signature', page('H4ck3d by Team - 清远市水务局')],
  ['signature', page('本站已被黑 请联系管理员')],
  ['signature', page('Owned by Anon :: your security is low')],
]

const SOUND: readonly string[] = [
  ...[
    '澳门新葡京酒店项目考察团来访座谈',
    '美高梅酒店集团招聘公告',
    '澳门金沙度假区旅游推介会',
    '新葡京酒店旅客须知',
    'Police crack online casino and gambling rings',
    'Court sentences 12 over illegal online casino',
    'Crackdown on baccarat dens: 37 arrested',
    'Cảnh báo: công an bắt nhóm tổ chức cá cược trái phép',
    'Полиция пресекла работу незаконного казино',
    '경찰, 불법 카지노 단속',
    '搬家公司合同示范文本（征求意见稿）',
    '管道疏通施工招标公告',
    '挖掘机租赁服务采购中标公告',
    '男科医院虚假广告行政处罚决定书',
    '空调维修项目比选公告',
    '电影免费放映活动安排',
    '预约挂号服务电话和价格公示',
    '家电以旧换新政策问答：价格多少钱、怎么预约',
    '防范“跑分”洗钱风险提示',
    '警惕场外配资骗局',
    '短信轰炸软件案告破',
    '严打非法供卵代怀',
    '清远市不动产登记中心 预约电话 在线咨询 收费价格',
    '农机购置补贴产品价格和厂家公示',
    'Chen Bocai elected vice mayor of Qingyuan',
    'How local firms were hacked: a police warning',
    '清远市人民政府官方网站',
    '首页',
    '全民健身中心免费开放预约电话',
    '开锁业特种行业备案公司名单',
    '停车收费价格公司一览',
    '殡葬服务价格和电话',
    '专业技术职称考试大全',
    '新冠疫苗接种点电话大全',
    '公司注销 24小时自助打印',
    '三甲医院专家门诊时间',
  ].map((title) => page(title)),
  page('清远市水务局', '<meta name="ColumnDescription" content="打击网络赌博、百家乐等违法犯罪">'),
  page('清远市水务局', '<script type="application/ld+json">{"headline":"中国体育彩票销售管理"}</script>'),
  script('document.title="清远市水务局-"+name'),
  script('if(document.title=="百家乐")report()'),
  page(
    '清远长途汽车客运站 购票电话 在线订票',
    '',
    `<p>清远长途汽车客运站位于城东，购票电话和在线订票方法如下，班次以车站公布为准，请旅客提前到站候车，注意随身物品。</p>${NEWS}`,
  ),
]

export const FOREIGN_THIRD = tableOf(
  'foreign-words',
  [...BLIND, ...MORE.map(([, one]) => one)],
  SOUND,
  async (html) => (await said(foreignWords, html)).outcome,
)
