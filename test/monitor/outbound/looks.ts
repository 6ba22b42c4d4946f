import type { Cause } from '../../../shared/monitor/visit/probes.ts'

/* Hosts as they were met: taken over, for sale, and those that only look like it. */

export interface LookedAt {
  readonly asked?: string
  readonly host?: string
  readonly title?: string
  readonly head?: string
  readonly body?: string
  readonly cause?: Cause | null
  readonly before?: LookedAt
}

const WAS = { title: '岭南旅游网' }

export const HIJACKED: readonly LookedAt[] = [
  { title: '澳门新葡京官网_真人荷官在线' },
  { title: '澳門新葡京-開戶送彩金' },
  { title: '澳-门-新-葡-京' },
  { title: '真　人　荷　官｜百 家 乐' },
  { title: '博彩网站大全' },
  { title: '菠菜网导航' },
  { title: '時時彩計劃 北京賽車PK10' },
  { title: 'ｂｅｔ３６５ 体育在线' },
  { title: 'b e t 3 6 5' },
  { title: 'Bеt365 mobile' },
  { title: '岭南旅游网', head: '亚博体育app下载,乐鱼体育官网' },
  { title: '首页', head: '老虎机 电子游艺 注册送彩金' },
  { title: '百\u200b家\u200b乐技巧' },
  { title: '六合彩开奖结果' },
  { title: '岭南旅游网', host: 'www.yabo88.com', asked: 'www.lingnan.cn', body: '欢迎光临' },
  { title: '', host: 'bet365-vip.net', asked: 'www.lingnan.cn' },
  { title: '欢迎', body: '百家乐 老虎机 体育投注 充值返水', before: WAS },
  { title: '线路检测中', host: 'www.a1b2.xyz', asked: 'www.lingnan.cn', body: '皇冠体育 时时彩 请选择线路' },
  { title: '成人视频在线观看' },
  { title: '成 人 影 院' },
  { title: '国产AV 无码高清' },
  { title: 'Free Porn Videos' },
  { title: '欢迎', body: '色情视频 裸聊 约炮', before: WAS },
  { title: '私服发布网' },
  { title: '办证刻章 代开发票' },
  { title: '彩票投注 下注 提现' },
  { title: '新闻', host: 'news.th.gov.cn', asked: 'news.th.gov.cn', head: '百家乐 老虎机' },
]

export const PARKED: readonly LookedAt[] = [
  { title: 'lingnan.cn 域名出售' },
  { title: '該域名正在出售', body: '域名轉讓' },
  { title: 'lingnan.cn is for sale', body: 'Buy this domain. The owner offers it.' },
  { title: 'Lander', host: 'www.dan.com', asked: 'www.lingnan.cn' },
  { title: '', host: 'lp.sedoparking.com', asked: 'www.lingnan.cn' },
  { title: 'lingnan.cn', body: '此域名已过期，请联系注册商续费。' },
  { title: 'Welcome', body: 'This domain has expired. Related searches: travel, hotel' },
]

/** Look-alikes: what may be said, and what is ordinary. */
export const CLEAN: readonly LookedAt[] = [
  { title: '中国体育彩票' },
  { title: '中国福利彩票发行管理中心 - 开奖公告' },
  { title: '广东省体育彩票中心', body: '体育彩票投注技巧 开奖 派奖' },
  { title: '警方打击网络赌博 捣毁博彩窝点' },
  { title: '扫黄打非网：查处色情网站一批' },
  { title: '公安机关通报六合彩案件' },
  { title: '严禁赌博：百家乐等网络赌博的危害' },
  { title: '法院判处开设线上赌场者' },
  { title: '成人高考报名' },
  { title: '成人教育学院' },
  { title: '成人礼 - 第一中学' },
  { title: '学校建成 人民满意' },
  { title: '支援交通建设' },
  { title: '做爱国者 做爱心人' },
  { title: '同城约车服务' },
  { title: '一夜情满中秋' },
  { title: '健康中国 - 卫生健康委员会' },
  { title: '岭南旅游网', body: '新闻：警方打击博彩网站' },
  { title: '珠江新闻 2026年11月29日 第18204期', before: { title: '珠江新闻 2026年11月28日 第18203期' } },
  { title: '卫生健康委员会', host: 'wjw.gz.gov.cn', asked: 'www.gzwsj.gov.cn', before: { title: '卫生局' } },
  { title: '市政府', host: 'example.cn', asked: 'www.example.cn' },
  { title: '市政府', host: 'm.example.cn', asked: 'www.example.cn' },
  { title: '中国互联网络信息中心', body: '域名注册 域名管理办法' },
  { title: '域名注册服务机构' },
  { title: '棋牌室整治行动' },
  { title: '美术馆 - 性感与诱惑：二十世纪肖像' },
  { title: '财政局政府采购网', body: '投标 开标 中标结果 提现' },
  { title: '高尔夫球赛奖金返还' },
  { title: 'Sussex University' },
  { title: 'Essex Council' },
  { title: 'Scunthorpe United' },
  { title: 'Seychelles Tourism', host: 'www.seychelleyabout.com', asked: 'www.seychelles.com' },
  { title: 'Poker Flat Research Range' },
  { title: 'Department for Betterment' },
  { title: '澳门特别行政区政府', host: 'www.gov.mo', asked: 'www.gov.mo' },
  { title: '税务局：发票代开网点' },
  { title: '公安局：居住证办证指引' },
  { title: '赌石与玉器鉴赏' },
  { title: '南方电网' },
  { title: '皇冠幼儿园' },
  { title: '太阳城社区居委会' },
  { title: '银河系与宇宙 - 科学馆' },
  { title: '金沙洲街道办事处' },
  { title: '', body: '' },
  { title: '下载中心 - 打击治理电信网络诈骗 反赌宣传', head: '网络赌博平台 如何识破' },
]
