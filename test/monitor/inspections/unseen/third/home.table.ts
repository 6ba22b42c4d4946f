import { isReplaced, page } from '../../content/home.table.ts'
import { tableOf } from '../../planted-table.ts'

/* A third round: domains that have other masters, pages of next to no words, and shells that were kept. */

const items = (some: readonly string[]) =>
  some.map((one, at) => `<li class="item"><a href="/b/${at}.html">${one}</a></li>`).join('')
const BETS = [
  '澳门百家乐必胜打法',
  '欧洲杯买球app推荐',
  'PG电子试玩平台',
  '开云体育官方下载',
  '六合彩免费资料大全',
  '真钱棋牌提现秒到账',
  '皇冠足球投注开户',
]
/** The build of the home page, and what it says of itself at its foot, with other things in its columns. */
const shell = (title: string, some: readonly string[]) =>
  `<html><head><title>${title}</title></head><body><div class="nav menu"><ul><li class="item">政务公开</li></ul></div><div class="list news"><ul>${items(some)}</ul></div><div class="foot">主办单位：天河区人民政府办公室 网站标识码4401060001</div></body></html>`
const goods = ['Replica Jordan 1', 'UA Yeezy 350', 'Fake Rolex Submariner']
  .map((one) => `<h3>${one}</h3><p>$49.99 Free shipping worldwide</p><button>Add to cart</button>`)
  .join('')

const BLIND: readonly string[] = [
  page(
    'www.x.example',
    '<h1>www.x.example</h1><p>Related Searches: Cheap Flights, Car Insurance</p><p>This domain is parked free, courtesy of ParkDomain. The Sponsored Listings displayed above are served automatically.</p>',
  ),
  page(
    '该域名正在出售',
    '<h1>您正在访问的域名可以转让！</h1><h2>This domain name is for sale. 一口价：￥28,000</h2><p>平台担保交易，安全快捷</p>',
  ),
  '<html><head><title>加载中...</title></head><body><iframe src="https://www.kaiyun99.example/" style="width:100%;height:100%"></iframe></body></html>',
  page(
    '康健男科医院_专业男科门诊',
    '<h1>康健男科医院</h1><p>24小时在线咨询，挂号免费，专家亲诊。</p><p>前列腺炎，立即体验。</p><p>早泄治疗，立即体验。</p><p>来院路线：火车站乘12路公交直达。</p>',
  ),
  '<html><head><title>./Mr.Z3r0 was here</title></head><body><img src="z.jpg" alt="Hacked by Mr.Z3r0"></body></html>',
  shell('博天堂918-娱乐旗舰厅', BETS),
  page('Cheap Jordan Shoes Outlet Store', `<h1>Outlet Online Store – 80% OFF</h1>${goods}`),
]

/** More of each kind. */
export const MORE: readonly (readonly [kind: string, page: string])[] = [
  [
    'parked',
    page(
      'example.com',
      '<p>This domain may be for sale. Make an offer on this domain. Buy now or contact the broker.</p>',
    ),
  ],
  [
    'parked',
    page(
      '域名停放',
      '<p>本页面由域名停放平台提供，域名待售，欢迎报价洽谈，平台担保交易，支持分期付款，过户迅速。</p>',
    ),
  ],
  [
    'parked',
    page(
      '',
      '<p>Sponsored Listings. Related Searches: loans, hotels, flights. The domain owner parked this domain with us today.</p>',
    ),
  ],
  [
    'parked',
    page(
      '此域名可出售',
      '<p>此域名可出售，有意购买此域名者请与经纪人联系，电话微信同号，诚心出售，价格可议，欢迎咨询。</p>',
    ),
  ],
  [
    'parked',
    page(
      'HugeDomains',
      '<p>x is for sale. Buy this domain for $2,895. Start payment plan, 30-day money back guarantee, own it today.</p>',
    ),
  ],
  [
    'frame',
    '<html><head><title></title></head><frameset rows="100%,*"><frame src="http://www.bet365.example/"></frameset></html>',
  ],
  [
    'frame',
    '<html><head><meta http-equiv="refresh" content="0;url=http://www.yabo66.example/"></head><body></body></html>',
  ],
  [
    'frame',
    '<html><head><script>window.location.href="https://m.leyu88.example/";</script></head><body></body></html>',
  ],
  [
    'frame',
    '<html><body><script>location.replace("http://vip.casino.example/?"+Date.now())</script></body></html>',
  ],
  ['frame', '<html><body><embed src="http://www.pujing.example/" width="100%" height="100%"></body></html>'],
  ['picture', '<html><head><title>hacked by zero</title></head><body><img src="a.png"></body></html>'],
  [
    'picture',
    '<html><head><title>index</title></head><body><img src="a.png" alt="H4ck3d by crew"></body></html>',
  ],
  ['picture', '<html><head><title>百家乐</title></head><body><img src="a.png" alt="立即进入"></body></html>'],
  [
    'picture',
    '<html><head><title></title></head><body><img src="a.png" title="澳门百家乐 注册送彩金"></body></html>',
  ],
  [
    'picture',
    '<html><head><title>:)</title></head><body bgcolor=black><img src="x.gif" alt="你的网站被黑了"></body></html>',
  ],
  ['shell', shell('天河区人民政府门户网站', BETS)],
  ['shell', shell('百家乐官网_老虎机', ['百家乐', '老虎机攻略', '时时彩计划', ...BETS])],
  [
    'shell',
    shell('天河区人民政府', ['国产av在线', '裸聊直播', '同城约炮', '日韩无码高清', '成人视频', '91视频']),
  ],
  ['shell', shell('ag真人-天河区人民政府', BETS)],
  [
    'shell',
    shell('天河区人民政府门户网站', [
      '代开发票',
      '代办文凭',
      '办理假证',
      '枪支专卖',
      '迷药购买',
      '复制手机卡',
    ]),
  ],
  [
    'trade',
    page(
      '顺达搬家',
      '<h1>顺达搬家公司</h1><p>价格优惠，24小时上门服务，欢迎来电咨询，免费报价，满意付款，加微信立减五十元。</p>',
    ),
  ],
  [
    'trade',
    page(
      'Luxury Watches',
      '<h1>Best Replica Watches</h1><p>Free shipping. Add to cart. 50% OFF. Money back guarantee. Checkout now with all cards.</p>',
    ),
  ],
  [
    'trade',
    page(
      '星辰影院',
      '<p>最新电影免费在线观看，高清电视剧大全，会员限时优惠，立即播放，下载客户端观看更多精彩内容。</p>',
    ),
  ],
  [
    'trade',
    page(
      '热门小说',
      '<p>全文免费阅读，最新章节无弹窗，立即下载客户端，充值优惠，加入书架，热销榜单，人气推荐小说。</p>',
    ),
  ],
  [
    'trade',
    page(
      '美容整形',
      '<p>在线咨询，免费预约，限时优惠价，专家一对一，立即预约享受折扣，分期付款，来院立减五百元整。</p>',
    ),
  ],
]

const NOTE = '给您带来的不便，敬请谅解。咨询可拨打政务服务热线，或者到办事大厅窗口现场办理有关事项。'
const SOUND: readonly string[] = [
  ...[
    '系统维护公告',
    '网站迁移通知',
    '网站关停公告',
    '域名到期暂停访问',
    '安全检查',
    '502 Bad Gateway',
    '正在跳转',
    '网站升级，数据迁移进度60%',
  ].map((title) => page(title, `<p>${title}</p><p>${NOTE}</p>`)),
  page(
    '域名已过期',
    '<p>该域名已过期，请域名所有者尽快到注册商处续费，续费以后将自动恢复解析，感谢您的理解与支持。</p>',
  ),
  page(
    '全民健康信息平台',
    '<p>预约挂号、免费体检、在线咨询，市卫生健康委员会主办，免费为群众服务，请立即预约接种疫苗。</p>',
  ),
  page(
    '公共就业服务',
    '<p>免费发布招聘，在线咨询，立即报名，下载客户端。主办：人力资源和社会保障局，免费服务热线12333。</p>',
  ),
  page(
    '打击跨境赌博宣传专题',
    '<p>打击网络赌博，远离百家乐、老虎机，警方提醒：逢赌必输。举报电话12389，天下无赌，共建平安。</p>',
  ),
  '<html><head><title>加载中</title></head><body><iframe src="http://www.thnet.gov.cn/new/"></iframe></body></html>',
  '<html><head><meta http-equiv="refresh" content="0;url=/index/index.html"></head><body></body></html>',
  '<html><head><title>天河区人民政府</title></head><body><script>location.href="/portal/"</script></body></html>',
  '<html><head><title></title></head><body><img src="/splash.jpg" alt="进入网站"></body></html>',
  '<html><head><title></title></head><body><iframe src="https://cloud.vendor.example/site/440106"></iframe></body></html>',
  shell('天河区人民政府门户网站', [
    '警方打击网络赌博',
    '百家乐骗局揭秘',
    '查处老虎机窝点',
    '防范裸聊诈骗',
    '六合彩案宣判',
    '时时彩诈骗案告破',
    '严打代开发票',
  ]),
  shell('体育彩票管理中心', [
    '体育彩票公益金公示',
    '福利彩票销售',
    '中国体育彩票开奖公告',
    '竞彩合规宣传',
    '即开型彩票管理',
    '彩票站点公示',
  ]),
  page(
    '爱心商城',
    '<p>消费帮扶馆：优惠价格，免费配送，立即购买，加入购物车。主办单位：乡村振兴局，农产品助农专区。</p>',
  ),
]

export const HOMES_THIRD = tableOf(
  'home-replaced',
  [...BLIND, ...MORE.map(([, one]) => one)],
  SOUND,
  (html) => (isReplaced(html) ? 'found' : 'clear'),
)
