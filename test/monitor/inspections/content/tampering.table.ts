import { atOnce } from '../../../../server/base/slices.ts'
import { foreignWords } from '../../../../server/monitor/inspections/content/foreign-words.ts'
import { shownBesides } from '../../../../server/monitor/inspections/content/site-rules.ts'
import { parsePage } from '../../../../server/monitor/inspections/page/parsed.ts'
import { retrieved, SITE, said } from '../pages.ts'
import { tableOf } from '../planted-table.ts'

export const page = (title: string, metas: Record<string, string> = {}, body = '<p>天河区人民政府</p>') =>
  `<html><head><meta charset="utf-8"><title>${title}</title>${Object.entries(metas)
    .map(([name, content]) => `<meta name="${name}" content="${content}">`)
    .join('')}</head><body>${body}</body></html>`

export const TAMPERED: readonly string[] = [
  page('澳门新葡京官网_百家乐在线'),
  page('百 家 乐 - 天河区人民政府'),
  page('&#30334;&#23478;&#20048;'),
  page('時時彩平台_注册送彩金'),
  page('bet365体育投注'),
  page('ｂｅｔ３６５官网'),
  page('爱游戏体育(中国)官方网站'),
  page('开云体育app下载'),
  page('亚博体育-首页'),
  page('六合彩开奖结果'),
  page('北京赛车pk10直播'),
  page('成人视频免费观看'),
  page('日本av无码高清'),
  page('同城约炮裸聊'),
  page('代开发票加微信'),
  page('迷药购买 听话水'),
  page('天河区人民政府', { keywords: '百家乐,真人视讯' }),
  page('天河区人民政府', { description: '澳门金沙娱乐注册送彩金' }),
  page('天河区人民政府', { Keywords: '太阳城娱乐,网上赌场' }),
  page('皇冠体育官网'),
  page('威尼斯人娱乐城'),
  page('老虎机游戏平台'),
  page('百·家·樂'),
  page('体育投注-天河区教育局'),
  ...['PC28开奖走势', 'BET 365 手机版', 'pk10计划群投注', 'm88体育官网', 'W88娱乐'].map((title) =>
    page(title),
  ),
  // Made to be found, it stands on the page as well.
  ...['澳门新葡京官网_百家乐在线', '百家乐在线开户', '线上赌场注册送彩金'].map((title) =>
    page(title, {}, `<h1>${title}</h1><p>${title}，欢迎光临。</p>`),
  ),
]

const BETTING = '澳门新葡京真人荷官在线，百家乐、老虎机、时时彩投注，注册送彩金，六合彩开奖。'
/** An article put in among those of an office, or one that only looks like news. */
export const FILLED: readonly string[] = [
  page('关于我们', {}, `<h1>关于我们</h1><p>${BETTING.repeat(20)}</p>`),
  page(
    '揭开百家乐平台为什么这样红火的面纱',
    {},
    `<h1>揭开百家乐平台为什么这样红火的面纱</h1><p>${'百家乐平台首选，百家乐天天有礼。'.repeat(30)}</p>`,
  ),
  // What an office has above each of its pages warns of nothing.
  ...[
    '<ul><li>首页</li><li>通知通告</li><li>政务公开</li></ul>',
    '<p>来源：区委宣传部</p>',
    '<p>首页>信息公开目录</p>',
  ].map((above) => page('首页', {}, `${above}<p>${BETTING.repeat(20)}</p>`)),
]

/** As they call themselves today, on a page that goes on as ever. */
export const TODAY = [
  ...['開雲體育app下載_開雲·官網', 'BET 365 体育在线(官方)网站', '金年会·jinnianhui(中国)官方网站-APP下载'],
  ...['星空(中国)体育官方网站-登录入口', '九游(jy)官方网站-登录入口', '2026新澳门今晚开奖结果查询'],
  ...['云海体育-官方网站|APP下载', '聚星娱乐|官方网站-登录入口', '聚星娱乐平台|官方网站-登录入口'],
  ...['云海棋牌大众版官网-APP下载', '金年会(中国)官方网站-全民参与APP下载'],
  ...[
    '新葡的京集团35222vip·(中国)官方网站',
    '太阳集团tyc5997·(中国)官方网站',
    'beat365正版唯一官网',
    '必一运动(中国)官方',
  ],
  '香蕉视频app-茄子视频app',
  ...['泛亚电竞官网-APP下载', '日博365官网', '匹克体育·(中国)官网入口'],
  ...['新奥天天免费资料大全_777778888精准跑狗图', '国产精品视频_免费在线观看', '澳門賭場_娛樂城開戶'],
]

/** Doors and calls in titles of offices, and of what they offer. */
export const DOORS_OF_OFFICES = [
  ...['粤省事app下载_官方网站', '天河区统一身份认证登录入口-官方网站', '天河智慧停车APP下载 官方入口'],
  ...['防汛水利云平台官网-登录入口', '电影频道_免费在线观看', '水利建设注册登录_官网'],
  // Their pages say it in other words.
  ...['个税APP官方下载步骤图解', '医保服务平台APP官方下载渠道', '统一身份认证登录入口-官方网站'],
  ...['学籍系统注册入口及官网', '学习强国登录入口官网', '浙里办官网登录入口', '随申办APP下载_官方网站'],
  ...['国家体育锻炼达标APP下载-官方入口', '阳光体育官方APP下载', '小鱼视讯会议APP下载_官网'],
  ...['文化娱乐场所登记系统官网登录入口', '火狐浏览器官方下载-APP', '棋牌裁判员考试报名入口_官网'],
  ...[
    '皇冠假日酒店APP官方下载',
    '天博物流APP官方下载',
    '千赢国际贸易有限公司供应商登记',
    '扫雷竞技赛报名入口',
    '扫雷竞技APP',
    '快乐竞体育官方报名',
    '阳山水蜜桃 Available now',
    '水蜜桃AVI',
    '预约茶上门',
    '广佛同城约茶话会',
    '所谓伊人，久久不能忘怀',
    '泛亚电竞产业园开工',
    '草莓视频 污水处理视频',
    '男子用快连VPN下载境外软件',
    '欧易App，下载后就被套牢',
    '务虚会：恒大、阳城集团',
  ],
]

const FORBIDDEN =
  '仿真枪、枪支配件、窃听器、复制手机卡、迷药、听话水、催情药、壮阳药、代开发票、办理假证、代写论文、游戏外挂'
const GAMES = ['百家乐', '老虎机', '时时彩', '六合彩', '德州扑克', '炸金花']
const MENU = '<ul><li>首页</li><li>机构概况</li><li>政务公开</li><li>政务服务</li><li>互动交流</li></ul>'
/** Lists of what must not be sold, and of kinds of fraud. */
export const LISTED: readonly string[] = [
  ['网络交易平台禁限售商品信息目录', `<p>${FORBIDDEN}</p>`],
  ['网络交易平台信息', `<h1>禁限售商品</h1><p>成人视频、裸聊、${GAMES.join('、')}、${FORBIDDEN}</p>`],
  ['常见手法', `<p>${GAMES.join('、')}</p>`],
  ['首页', `<div>网络游戏的类型</div>${GAMES.map((one) => `<div>${one}</div>`).join('')}`],
].map(([title = '', body]) => page(title, {}, `${MENU}${body}<p>主办：天河区人民政府办公室</p>`))

/** Titles of an office's articles that have a word of betting or shams among others, as their pages have them again. */
export const REPEATED: readonly string[] = [
  ...['关于处置公务用车粤M88123的公告', '采购小松PC28挖掘机成交公告', '天河区皇冠娱乐会所行政处罚决定书'],
  ...['关于注销天河区金沙娱乐城娱乐经营许可证的决定', '广州市金沙娱乐有限公司卫生许可公示'],
  ...['鱼类催情产卵技术要点', '关于论文代写入刑建议的答复', '人民日报评论：论文代写亟待根治'],
  ...[
    'G105线PK10+500路段封闭施工',
    '开发票加盖公章有关事项',
    '数字人民币与A货币供应量',
    'XE-M88型水泵采购公告',
  ],
  ...[
    '小松 PC28 挖掘机租赁',
    '澳门立法会讨论博彩新规',
    '记者走进拉斯维加斯赌场后台',
    '柬埔寨西港赌场街人去楼空',
  ],
]

const COLUMNS =
  '<ul><li>全市防汛工作会议召开，部署今冬明春水利建设</li><li>北江堤围加固工程开工，计划明年汛前完工</li></ul>'
/** The page of an office, which says what it offers. */
const LONG = `${COLUMNS.repeat(6)}<p>天河区智慧停车、粤省事扫码使用</p>`
export const ofOffice = (title: string) => page(title, {}, LONG)
const HONEST: readonly string[] = [
  // What a page shows is drawn by scripts, below a long menu.
  ...[
    '今日菜篮子批发价格-蔬菜报价',
    '免费观看 在线观看 天河公益电影',
    '专家挂号_在线预约_免费电话',
    '澳门旅游攻略：威尼斯人、新濠天地、澳门银河',
    'Casino fire kills four',
    'Population by Age and Sex (2025)',
    'Sex Composition',
    'Sex Ratio at Birth',
  ].map((title) => page(title, {}, COLUMNS.repeat(3))),
  ...[
    '天河区人民政府门户网站',
    '严厉打击网络赌博违法犯罪',
    '关于查处网上投注案件的通报',
    '警惕“百家乐”等网络赌博陷阱',
    '广东省体育彩票管理中心',
    '中国福利彩票双色球公益金使用情况',
    '打击六合彩专项行动',
    '扫黄打非 清理色情网站',
    '关于防范跨境赌博的提示',
    '成人教育学院招生简章',
    '成人高考报名公告',
    '全区体育工作会议召开',
    '娱乐场所管理条例',
    '游艺娱乐场所审批',
    '天河区体育局',
    '打击非法代开发票行为',
    '打击制售假药犯罪',
    '毕业证书遗失补办指南',
    '禁毒宣传：远离迷药',
    '关于整治老虎机等赌博机的通告',
    '棋牌室安全检查',
    '老年人棋牌比赛',
    '太阳城社区卫生服务中心',
    '皇冠酒店消防检查',
    '金沙街道办事处',
    '威尼斯水城消防演练',
    '银河烈士陵园',
    '永利村村务公开',
    '开云镇人民政府',
    '乐鱼镇',
    '美高梅酒店安全生产检查',
    '世界杯足球比赛期间安全提示',
    '体育赛事活动管理办法',
    '福彩开奖公告',
    '竞彩业务监管',
    '国产大飞机',
    '欧美同学会',
    '激情广场大家唱',
    '黄色预警信号',
    '黄色粘虫板发放',
  ].map((title) => page(title)),
  page('天河区人民政府', { keywords: '天河,政府,政务公开', description: '天河区人民政府门户网站' }),
]

const scripted = (script: string) =>
  page('天河区人民政府', {}, `<p>天河区人民政府</p><script>${script}</script>`)
const codesOf = (text: string) => [...text].map((sign) => sign.charCodeAt(0)).join(',')
/** Scripts that put another title together. */
const SCRIPTED: readonly string[] = [
  scripted(`var t=String.fromCharCode(${codesOf('澳门新葡京')});document.title=t`),
  scripted("var a='澳门';var b='新葡京';document.title=a+b+'官网'"),
  scripted("document.title=['澳门','新葡京'].join('')"),
  scripted("let c='百';const d=['家','乐'];document.title=[c,'家乐'].join('')"),
  scripted('document.title="&#28595;&#38376;&#26032;&#33889;&#20140;"'),
  scripted('document.title="&#x6fb3;&#x95e8;&#x65b0;&#x8461;&#x4eac;"'),
  scripted(`eval(String.fromCharCode(${codesOf('document.title="澳门新葡京"')}))`),
]
const NAMED: readonly string[] = [
  scripted("var t='天河区人民政府';document.title=t+' - 首页'"),
  scripted("var t='警惕“百家乐”等网络赌博陷阱';document.title=t"),
  scripted("var t='百家乐';var u='天河区人民政府';document.title=u"),
  scripted("var t='百家乐';function f(t){document.title=t.name}"),
  scripted('eval("var t=1");document.title="&#22825;&#27827;"'),
]

export const REPORTED: readonly string[] = [
  ...REPEATED.map((title) =>
    page(
      `${title}-天河区人民政府`,
      { description: `${title}。现将有关情况说明如下` },
      `<h1>${title}</h1><p>${title}。现将有关情况说明如下。</p>${COLUMNS.repeat(3)}`,
    ),
  ),
]

export const FOREIGN = tableOf(
  'foreign-words',
  [...TAMPERED, ...FILLED, ...SCRIPTED, ...TODAY.map(ofOffice)],
  [...HONEST, ...REPORTED, ...NAMED, ...LISTED, ...DOORS_OF_OFFICES.map(ofOffice)],
  async (html) => (await said(foreignWords, html)).outcome,
)

export const parsed = (html: string) =>
  parsePage(new TextEncoder().encode(html), 'text/html; charset=utf-8', SITE.url)
export const shown = (html: string) => ({
  page: retrieved(html, { depth: 0, url: SITE.url }),
  parsed: parsed(html),
})
const PEOPLE = shown(page('天河区人民政府'))

/** What only search robots are shown. */
export const ROBOTS = tableOf('shown-to-robots', TAMPERED, HONEST, (html) =>
  atOnce(shownBesides(PEOPLE, shown(html), SITE)) === null ? 'clear' : 'found',
)
