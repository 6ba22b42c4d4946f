import { type HomeLimits, judgeHome } from '../../../../server/monitor/inspections/content/home/judge.ts'
import { printOf } from '../../../../server/monitor/inspections/content/home/print.ts'
import { parsePage } from '../../../../server/monitor/inspections/page/parsed.ts'
import { inspectionRule } from '../../../../shared/monitor/inspections/catalogue.ts'
import { SITE } from '../pages.ts'
import { tableOf } from '../planted-table.ts'

export const page = (title: string, body: string) =>
  `<html><head><meta charset="utf-8"><title>${title}</title></head><body><section class="hero">${body}</section></body></html>`
const parsed = (html: string) =>
  parsePage(new TextEncoder().encode(html), 'text/html; charset=utf-8', SITE.url)
const items = (name: string, n: number) =>
  Array.from({ length: n }, (_, at) => `<li class="item">${name}第${at}条工作动态</li>`).join('')
const HOME = `<html><head><title>天河区人民政府门户网站</title></head><body><div class="nav menu"><ul>${items('政务公开', 40)}</ul></div><div class="list news"><ul>${items('天河要闻', 60)}</ul></div><div class="foot">主办单位：天河区人民政府办公室 网站标识码4401060001</div></body></html>`
const HISTORY = [printOf(parsed(HOME))]
const LIMITS = inspectionRule('home-replaced')?.limits as unknown as HomeLimits
export const isReplaced = (html: string) =>
  judgeHome(parsed(html), SITE, HISTORY, LIMITS).verdict === 'replaced'

const LONG = '欢迎光临，本平台提供全天服务，信誉保证，手机电脑均可使用，立即加入享受更多优惠。'
/** What those leave who take a home page over: their trade, or their name. */
const REPLACED: readonly string[] = [
  ...[
    '澳门新葡京官网_百家乐在线',
    '百 家 乐',
    '&#30334;&#23478;&#20048;',
    '時時彩平台_注册送彩金',
    'bet365体育投注',
    'ｂｅｔ３６５官网',
    '爱游戏体育(中国)官方网站',
    '开云体育app下载',
    '亚博体育-首页',
    '六合彩开奖结果',
    '北京赛车pk10直播',
    '成人视频免费观看',
    '日本av无码高清',
    '同城约炮裸聊',
    '皇冠体育官网',
    '威尼斯人娱乐城',
  ].map((title) => page(title, LONG)),
  page('首页', `真人视讯 老虎机 ${LONG}`),
  page('', `<h1>线上赌场</h1>${LONG}`),
  ...[
    'Hacked by Team X. Your security is nothing, admin. We are everywhere.',
    'Owned by a crew from nowhere. Sleep well, dear administrator of this box.',
    'Defaced by the phantom. All your files are still there, only your index has gone.',
    'Pwned by a child. Patch your system, and see you next time around.',
    'You have been hacked! Nothing was deleted. Contact us to learn how we got in.',
    'Greetz to all our friends on the net: one, two, three, four and five.',
    'Some Cyber Army - we do not forgive, we do not forget, expect us tomorrow.',
    '入侵成功！管理员请注意修补漏洞，本次仅为友情检测，没有删除任何文件。',
    '黑客到此一游，管理员的口令太简单了，请尽快修改，后会有期，祝工作顺利。',
    '你的网站被黑了，联系我们修复漏洞，费用面议，三天之内不联系后果自负。',
  ].map((said) => page('index', said)),
]

/** The same, above a foot that was left as it was. */
const FOOT = '<div class="foot">主办单位：天河区人民政府办公室 网站标识码4401060001</div>'
const WITH_FOOT: readonly string[] = [
  ...[
    ['开云体育官网', '百家乐、真人荷官在线，注册送彩金'],
    ['澳门新葡京_天河区人民政府', '老虎机 时时彩 体育投注'],
    ['成人视频免费观看', '国产av无码，同城约炮'],
  ].map(([title = '', said]) => page(title, `<p>${said}。${LONG}</p>${FOOT}`)),
  page('首页', `<p>${'百家乐 老虎机 时时彩 真人荷官 六合彩 '.repeat(12)}</p>${FOOT}`),
]

/** Kinds of fraud and of betting, as offices list them for a week of warnings, above the foot of their own. */
export const WARNING: readonly string[] = [
  [
    '反诈宣传',
    '<h2>十大高发案件类型</h2><p>一、刷单返利类，先给小利</p><p>二、裸聊类，先加好友</p><p>三、贷款类，以不看征信、贷款秒批为名</p><p>四、游戏类，出售游戏外挂</p><p>五、代写论文类，先收定金</p>',
  ],
  [
    '专题',
    '<h1>网络赌博的常见套路</h1><p>百家乐、老虎机、时时彩、六合彩、德州扑克、炸金花，都由后台控制。</p>',
  ],
  ['首页', '<div>赌具类型</div><div>百家乐</div><div>老虎机</div><div>时时彩</div><div>六合彩</div>'],
].map(([title = '', said]) => page(title, `${said}${FOOT}`))

const MORE = '请您稍后再来，给您带来的不便敬请谅解，感谢您的理解与支持，如有疑问请致电咨询。'
/** What else may stand where a home page was: a notice, what a server shows, a new design, a page for a day. */
const CLEAN: readonly string[] = [
  ...[
    '系统升级维护公告',
    '网站改版公告',
    '本站已关停',
    '网站迁移通知',
    '网站正在建设中',
    '服务器维护中',
    '网站整合迁移，请访问新的地址',
    '暂停服务通知',
    '网站已永久下线',
    '节日期间网站暂停服务',
    '因机房断电网站暂停访问',
    '受台风影响暂停对外服务',
  ].map((title) => page(title, `${title}。${MORE}`)),
  page('Welcome to nginx!', 'If you see this page, the nginx web server is successfully installed.'),
  page('IIS7', 'Internet Information Services. Welcome, bienvenue, 欢迎使用 Microsoft 互联网信息服务。'),
  page(
    'Apache Tomcat/8.5',
    'If you are seeing this, you have successfully installed Tomcat. Congratulations!',
  ),
  page(
    'It works!',
    'It works! This is the default web page for this server. No content has been added, yet.',
  ),
  page('404 Not Found', 'The requested URL / was not found on this server. Please check what you typed.'),
  page('403 Forbidden', 'You do not have permission to access this resource on this server at this time.'),
  page(
    '502 Bad Gateway',
    'The server returned an invalid or incomplete response. Try again in some minutes.',
  ),
  page('Coming soon', 'Our new site is under construction and will be here soon. Please come back later.'),
  page(
    'Directory listing',
    'Index of / Name Last modified Size Description Parent Directory index.bak css js',
  ),
  page('本域名出售', '本域名正在出售，价格面议，有意者请与我们联系，域名续费请登录管理后台办理手续。'),
  page('安全验证', '为了您的访问安全，请完成验证后继续，请依次点击图中的文字，验证通过后将自动返回页面。'),
  page('请求被拦截', '您的请求疑似攻击行为，已被网站防火墙拦截，如有疑问请联系网站管理员并提供事件编号。'),
  page('登录', '用户登录 用户名 密码 验证码 记住我 忘记密码 统一身份认证平台 请使用谷歌浏览器访问本系统'),
  page('导航', '请选择要进入的网站：政务公开、政务服务、互动交流、走进本区、专题专栏、无障碍浏览版。'),
  page('English', 'Welcome to the official web site. News, services, about the district, contact us, map.'),
  page('沉痛哀悼', '沉痛悼念在地震灾害中遇难的同胞，向在救援中牺牲的同志致敬，愿逝者安息，生者坚强。'),
  page('新春快乐', '恭祝全区人民新春快乐，阖家幸福，万事如意。点击进入网站首页，祝您在新的一年工作顺利。'),
  page('国家公祭日', '铭记历史、缅怀先烈、珍爱和平、开创未来。点击进入网站，浏览更多工作信息与通知公告。'),
  page('严厉打击网络赌博', '严厉打击网络赌博违法犯罪，警惕“百家乐”等网络赌博陷阱，发现线索请拨打电话举报。'),
  page('扫黄打非', '清理色情网站，整治网络环境，扫黄打非专项行动正在进行，请广大群众积极提供线索线报。'),
  page(
    '网络安全宣传周',
    '网络安全为人民，网络安全靠人民。谨防钓鱼网站，定期更换口令，及时修补系统安全漏洞。',
  ),
  page('体育局', '广东省体育彩票管理中心公告：体育彩票公益金使用情况公示，全民健身活动正在各街道开展。'),
  page(
    '天河区人民政府',
    '全新改版上线，版式、栏目与以往全然不同，欢迎体验并提出意见和建议，以便继续改进完善。',
  ),
  page('首页', '天河区人民政府办公室主办，全新版式上线，字体更大，颜色更清楚，欢迎提出宝贵意见建议。'),
  page('首页', '全新版式上线，字体更大，颜色更清楚，欢迎提出意见。网站标识码：4401060001 版权所有'),
  page('天 河 区 人 民 政 府', '全新版式上线，字体更大，颜色更清楚，欢迎大家提出意见和建议，以便继续改进。'),
  page('天河区人民政府', '区人民政府通报：真人视讯、百家乐等网站骗局，某团伙成员已被抓获，受害群众请登记。'),
  page('首页', '<div id="app"></div>'),
  page('', '<noscript>请启用浏览器的脚本功能后再访问本网站，或者更换其他浏览器重新访问本页面</noscript>'),
  HOME,
  HOME.replaceAll('第1', '第9'),
  HOME.replaceAll('天河要闻', '今日要闻'),
  HOME.replace('</ul></div><div class="foot"', `${items('新增栏目', 30)}</ul></div><div class="foot"`),
  HOME.replaceAll('class="item"', 'class="row"'),
]

/** What somebody leaves who takes a home page over; a notice, a server's own page, a new design or a page for a day is none. */
export const HOMES = tableOf('home-replaced', [...REPLACED, ...WITH_FOOT], [...CLEAN, ...WARNING], (html) =>
  isReplaced(html) ? 'found' : 'clear',
)
